{{ config(enabled=channel_is_on('survey')) }}
-- Promoters, passives and detractors together are the distinct customers with a score in the window.
with metrics as (
    select
        as_of_date,
        window_days,
        {{ read_from('as_of_date', 'window_days') }} as window_start,
        promoters + passives + detractors as respondents,
        respondents as respondents_of_mart
    from {{ ref('survey_metrics') }}
    where dimension = 'all'
),

scores as (
    select distinct interactions.event_date, interactions.customer_id
    from {{ ref('int_interactions') }} as interactions
    inner join {{ ref('stg_settings__event_types') }} as event_types on interactions.event_type = event_types.event_type
    where
        event_types.counts_as = 'survey_answered'
        and not interactions.is_machine
        and interactions.quantity in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
),

-- Outer rows are joined by equal keys alone: by a range, the embedded engine crashed at five million events.
counted as (
    select metrics.as_of_date, metrics.window_days, count(distinct scores.customer_id) as customers
    from metrics
    inner join scores on scores.event_date between metrics.window_start and metrics.as_of_date
    group by metrics.as_of_date, metrics.window_days
)

select
    metrics.as_of_date,
    metrics.window_days,
    metrics.respondents,
    metrics.respondents_of_mart,
    counted.customers
from metrics
left join counted on metrics.as_of_date = counted.as_of_date and metrics.window_days = counted.window_days
where metrics.respondents <> coalesce(counted.customers, 0) or metrics.respondents <> metrics.respondents_of_mart
