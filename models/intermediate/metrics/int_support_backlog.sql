{{ config(materialized=shared_step()) }}
-- The tickets open at the end of a date are the sum of all changes up to it; its windows share them.
with windows as (
    select as_of_date, window_days
    from {{ ref('int_metric_windows') }}
    where mart = 'support_metrics'
),

tickets as (
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
),

days as (
    {{ by_dimension('changes', ['changed_on'], ['ticket_change'], ['plan', 'country']) }}
)

select
    windows.as_of_date,
    windows.window_days,
    days.dimension,
    days.dimension_value,
    sum(days.ticket_change) as open_tickets
from windows
inner join days on windows.as_of_date >= days.changed_on
group by windows.as_of_date, windows.window_days, days.dimension, days.dimension_value
