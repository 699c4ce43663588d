{{ config(**partitioned_by('as_of_date', 'int_playbook_versions', 'playbook_queue')) }}
-- What is due comes first, then what matters most: the playbook's priority, the renewal that is next, the
-- customer with the most engagement to lose.
with latest as (
    {{ partitions_to_build('as_of_date', 'int_playbook_versions', 'playbook_queue') }}
),

actions as (
    select * from {{ ref('playbook_actions') }}
    where not is_held_out
)

select
    actions.as_of_date,
    actions.action_id,
    cast(row_number() over (
        order by
            case when actions.is_due then 0 else 1 end asc,
            actions.priority asc,
            actions.renewal_date asc nulls last,
            actions.engagement_index desc nulls last,
            actions.customer_id asc,
            actions.action_id asc
    ) as integer) as queue_rank,
    actions.is_due,
    actions.playbook,
    actions.customer_id,
    actions.account_id,
    actions.action,
    actions.channel,
    actions.priority,
    actions.reason,
    actions.occurred_on,
    actions.expires_on,
    actions.renewal_date,
    actions.engagement_index,
    {{ json_object([
        'actions.action_id', 'actions.playbook', 'actions.customer_id', 'actions.account_id', 'actions.action', 'actions.channel',
        'actions.reason', 'actions.occurred_on', 'actions.expires_on', 'actions.renewal_date',
    ], numbers=['actions.priority']) }} as payload,
    latest.inputs_version
from actions
inner join latest on actions.as_of_date = latest.partition_date
