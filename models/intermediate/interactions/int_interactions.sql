{{ config(**partitioned_by('event_date', 'int_event_date_versions')) }}
-- An id that comes back on another date is a second interaction, not a duplicate. Only the few rows
-- whose id stands twice are put in order; the door is read by name each time, since an engine that
-- keeps a shared CTE would keep every column of every row.
{%- set dates_to_build = partitions_to_build(partition_date(), 'int_event_date_versions', done_in='int_interaction_counts') %}
{%- set accepted %}
    select judged.*, dates_to_build.inputs_version
    from {{ ref('int_judged_interactions') }} as judged
    inner join (
        {{ dates_to_build }}
    ) as dates_to_build on judged.event_date = dates_to_build.partition_date
    where
        judged.rejection_reason is null
        and {{ of_dates_to_build(partition_date(), 'int_event_date_versions', done_in='int_interaction_counts') }}
{%- endset %}
{%- set same_id %}
            accepted.event_date = repeated_ids.event_date
            and accepted.interaction_id = repeated_ids.interaction_id
            and accepted.source = repeated_ids.source
{%- endset %}

with repeated_ids as (
    select source, event_date, interaction_id, count(*) as rows_of_id
    from ({{ accepted }}) as accepted
    group by source, event_date, interaction_id
    having count(*) > 1
),

ranked as (
    select
        accepted.*,
        cast(repeated_ids.rows_of_id - 1 as integer) as duplicate_count,
        row_number() over (
            partition by accepted.source, accepted.event_date, accepted.interaction_id
            order by {{ first_load_first('accepted') }}
        ) as load_rank
    from ({{ accepted }}) as accepted
    inner join repeated_ids
        on {{ same_id }}
),

deduplicated as (
    select accepted.*, 0 as duplicate_count, 1 as load_rank
    from ({{ accepted }}) as accepted
    left join repeated_ids
        on {{ same_id }}
    where repeated_ids.rows_of_id is null
    union all
    select *
    from ranked
    where load_rank = 1
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
    duplicate_count,
    inputs_version
from deduplicated
