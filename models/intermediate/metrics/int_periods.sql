{{ config(materialized=shared_step()) }}
-- Weeks start on Monday. Days are needed for the youngest cohorts only; a hundred years of weeks and
-- months are more than any data, and what lies before the data is left out.
{%- set kept = {'day': 60, 'week': 5200, 'month': 1200} %}
with latest as (
    select as_of_date, data_starts_on
    from {{ ref('int_as_of_dates') }}
    where is_latest
),

settings as (
    select warm_up_days
    from {{ ref('int_metric_settings') }}
),

numbers as (
    select cast(generated_number - 1 as integer) as periods_back
    from ({{ whole_numbers(5200) }}) as numbers_from_one
),

periods as (
    {% for grain in ['day', 'week', 'month'] -%}
    {%- set current_start = dbt.date_trunc(grain, 'latest.as_of_date') -%}
    select
        '{{ grain }}' as period_grain,
        numbers.periods_back,
        {{ date_plus('-numbers.periods_back - 1', current_start, grain) }} as previous_period_start,
        {{ date_plus('-numbers.periods_back', current_start, grain) }} as period_start,
        {{ date_plus('1 - numbers.periods_back', current_start, grain) }} as next_period_start
    from latest
    inner join numbers on numbers.periods_back < {{ kept[grain] }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    periods.period_grain,
    periods.periods_back,
    periods.period_start,
    periods.next_period_start <= {{ date_plus(1, 'latest.as_of_date') }} as is_complete,
    periods.period_start >= latest.data_starts_on as is_whole,
    periods.previous_period_start >= latest.data_starts_on as has_previous,
    periods.period_start >= {{ date_plus('settings.warm_up_days', 'latest.data_starts_on') }} as is_after_warm_up
from periods
cross join latest
cross join settings
where periods.next_period_start > latest.data_starts_on
