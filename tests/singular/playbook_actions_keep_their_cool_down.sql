-- A customer gets a playbook's action once in a cool-down period, which lies between two dates, and once for
-- a renewal; each action is an occasion on its own date, and the queue starts at 1 without a gap.
with actions as (
    select * from {{ ref('playbook_actions') }}
),

occasions as (
    select as_of_date, action_id
    from {{ ref('playbook_occasions') }}
),

queue as (
    select action_id, queue_rank, row_number() over (order by queue_rank, action_id) as place
    from {{ ref('playbook_queue') }}
)

select 'two for an occasion' as what, min(action_id) as action_id
from actions
group by playbook, customer_id, occasion, coalesce(renewal_date, begins_on), case when occasion = 'crossing' then expires_on end
having count(*) > 1
union all
select 'outside its period' as what, action_id
from actions
where occurred_on > expires_on or (occasion = 'crossing' and occurred_on < begins_on)
union all
select 'not an occasion' as what, actions.action_id
from actions
left join occasions on actions.action_id = occasions.action_id and actions.occurred_on = occasions.as_of_date
where occasions.action_id is null
union all
select 'a gap in the queue' as what, action_id
from queue
where queue_rank <> place
