{{ config(materialized='view') }}
-- Apart from int_event_date_versions, so that an edit of the catalogue or of the timeout cuts the
-- sessions anew and leaves the interactions alone. Only dates that have a row to build are listed.
with event_types as (
    select event_type, is_conversion, counts_as
    from {{ ref('stg_settings__event_types') }}
    where channel = 'web'
),

catalogue as (
    select {{ rows_as_text(['event_type', 'is_conversion', 'counts_as']) }} as catalogue_version
    from event_types
),

event_dates as (
    select event_days.event_date, event_days.inputs_version
    from {{ ref('int_customer_event_days') }} as event_days
    inner join event_types on event_days.event_type = event_types.event_type
    where event_days.event_count > 0
    union all
    select never_identified.event_date, never_identified.inputs_version
    from {{ ref('int_rejected_interactions') }} as never_identified
    inner join event_types on never_identified.event_type = event_types.event_type
    where never_identified.rejection_reason = 'never_identified' and not coalesce(never_identified.is_bot, false)
),

dates as (
    select event_date, max(inputs_version) as events_version
    from event_dates
    group by event_date
)

select
    dates.event_date as partition_date,
    {{ version_hash(
        row_as_text(['events_version'], 'dates') ~ " || catalogue.catalogue_version || '"
        ~ var('session_timeout_minutes') ~ '|' ~ models_version(['int_web_session_parts']) ~ "'"
    ) }} as inputs_version
from dates
cross join catalogue
