-- An id that comes back on another date is a second interaction, not a duplicate.
with judged as (
    select * from {{ ref('int_judged_interactions') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by source, event_date, interaction_id order by {{ first_load_first() }}
        ) as load_rank,
        count(*) over (partition by source, event_date, interaction_id) as rows_of_id
    from judged
    where rejection_reason is null
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
    cast(rows_of_id - 1 as integer) as duplicate_count
from ranked
where load_rank = 1
