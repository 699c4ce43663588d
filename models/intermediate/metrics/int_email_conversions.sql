{{ config(materialized=shared_step()) }}
-- Only the first conversion after a delivery matters: it is the earliest one met when a customer's
-- deliveries and conversions are walked from the last to the first.
with windows as (
    select mart, min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'email_metrics'
    group by mart
),

settings as (
    select conversion_lookback_days
    from {{ ref('int_metric_settings') }}
),

event_types as (
    select event_type
    from {{ ref('stg_settings__event_types') }}
    where is_conversion
),

interactions as (
    select customer_id, event_type, event_date, occurred_at, is_machine
    from {{ ref('int_interactions') }}
),

moments as (
    select customer_id, message_id, sent_at as happened_at, cast(null as timestamp) as converted_at
    from {{ ref('int_email_messages') }}
    where outcome = 'email_delivered'
    union all
    select
        interactions.customer_id,
        cast(null as {{ dbt.type_string() }}) as message_id,
        interactions.occurred_at as happened_at,
        interactions.occurred_at as converted_at
    from interactions
    inner join event_types on interactions.event_type = event_types.event_type
    inner join windows on interactions.event_date between windows.reads_from and windows.reads_to
    where not interactions.is_machine
),

-- At the same instant a delivery comes first on this way back, so that the conversion isn't after it.
walked as (
    select
        customer_id,
        message_id,
        happened_at,
        min(converted_at) over (
            partition by customer_id
            order by happened_at desc, case when message_id is null then 1 else 0 end asc, message_id asc
            rows between unbounded preceding and current row
        ) as next_converted_at
    from moments
)

select
    walked.customer_id,
    walked.message_id,
    {{ reporting_date('walked.next_converted_at') }} as converted_on
from walked
cross join settings
where
    walked.message_id is not null
    and walked.next_converted_at <= {{ time_plus('day', 'settings.conversion_lookback_days', 'walked.happened_at') }}
