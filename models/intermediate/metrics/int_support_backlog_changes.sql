{{ config(enabled=channel_is_on('support'), materialized='ephemeral') }}
with tickets as (
    select plan, country, opened_on
    from {{ ref('int_support_tickets') }}
),

resolutions as (
    select plan, country, resolved_on, reopened_on
    from {{ ref('int_support_resolutions') }}
),

changes as (
    select opened_on as changed_on, plan, country, 1 as ticket_change
    from tickets
    union all
    select resolved_on as changed_on, plan, country, -1 as ticket_change
    from resolutions
    union all
    select reopened_on as changed_on, plan, country, 1 as ticket_change
    from resolutions
    where reopened_on is not null
)

select
    changed_on,
    plan,
    country,
    sum(ticket_change) as ticket_change
from changes
group by changed_on, plan, country
