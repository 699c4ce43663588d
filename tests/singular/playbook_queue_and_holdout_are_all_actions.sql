-- Every action is either in the queue or held out, and each playbook's actions are counted once in its results.
with actions as (
    select as_of_date, action_id, playbook, is_held_out
    from {{ ref('playbook_actions') }}
),

queue as (
    select as_of_date, action_id
    from {{ ref('playbook_queue') }}
),

counted as (
    select playbook, count(*) as actions
    from actions
    group by playbook
),

results as (
    select playbook, treated_actions + held_out_actions as actions
    from {{ ref('playbook_results') }}
)

select 'queue' as what, coalesce(actions.action_id, queue.action_id) as row_key
from actions
full outer join queue on actions.action_id = queue.action_id and actions.as_of_date = queue.as_of_date
where actions.action_id is null or actions.is_held_out = (queue.action_id is not null)
union all
select 'results' as what, counted.playbook as row_key
from counted
left join results on counted.playbook = results.playbook
where counted.actions <> coalesce(results.actions, 0)
