{{ config(**partitioned_by('event_date', 'int_event_date_versions')) }}
-- An id that comes back on another date is a second interaction, not a duplicate.
with judged as (
    select * from {{ ref('int_judged_interactions') }}
),

dates_to_build as (
    {{ partitions_to_build('event_date', 'int_event_date_versions') }}
),

ranked as (
    select
        judged.*,
        dates_to_build.inputs_version,
        row_number() over (
            partition by judged.source, judged.event_date, judged.interaction_id
            order by {{ first_load_first() }}
        ) as load_rank,
        count(*) over (
            partition by judged.source, judged.event_date, judged.interaction_id
        ) as rows_of_id
    from judged
    inner join dates_to_build on judged.event_date = dates_to_build.partition_date
    where judged.rejection_reason is null
)

select
    source,
    event_date,
    interaction_id,
    customer_id,
    event_type,
    occurred_at,
    loaded_at,
    anonymous_id,
    session_id,
    account_id,
    quantity,
    amount,
    currency,
    content_id,
    campaign_id,
    coalesce(is_bot, false) as is_machine,
    cast(rows_of_id - 1 as integer) as duplicate_count,
    inputs_version
from ranked
where load_rank = 1
