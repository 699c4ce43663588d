-- The only place where the as-of date is defined. One period before the kept history is computed
-- too, so that what a row says of the date before it doesn't depend on where the history starts.
with loads as (
    select event_date, max(latest_loaded_at) as latest_loaded_at
    from {{ ref('int_interaction_counts') }}
    where accepted_count > 0
    group by event_date
),

latest as (
    select
        {% if var('as_of_date') -%}
        cast('{{ var("as_of_date") }}' as date)
        {%- else -%}
        {{ date_plus(-1, reporting_date('max(latest_loaded_at)')) }}
        {%- endif %} as as_of_date,
        min(event_date) as data_starts_on
    from loads
),

periods as (
    select cast(generated_number - 1 as integer) as periods_back
    from ({{ dbt.generate_series(var('history_periods') + 1) }}) as numbers
),

history as (
    select
        cast({{ dbt.dateadd(var('history_grain'), '-periods_back', 'latest.as_of_date') }} as date) as as_of_date,
        periods.periods_back,
        cast(null as {{ dbt.type_string() }}) as comparison
    from latest
    cross join periods
    where latest.as_of_date is not null
),

comparisons as (
    select as_of_date, cast(null as integer) as periods_back, 'latest' as comparison
    from latest
    where as_of_date is not null
    {% for comparison, part, units in [('7 days before', 'day', -7), ('30 days before', 'day', -30), ('1 year before', 'year', -1)] -%}
    union all
    select
        cast({{ dbt.dateadd(part, units, 'as_of_date') }} as date) as as_of_date,
        cast(null as integer) as periods_back,
        '{{ comparison }}' as comparison
    from latest
    where as_of_date is not null
    {% endfor %}
),

all_dates as (
    select as_of_date, periods_back, comparison from history
    union all
    select as_of_date, periods_back, comparison from comparisons
),

dates as (
    select
        as_of_date,
        max(comparison) as comparison,
        min(periods_back) as periods_back
    from all_dates
    group by as_of_date
)

select
    dates.as_of_date,
    dates.comparison,
    coalesce(dates.comparison = 'latest', false) as is_latest,
    coalesce(dates.periods_back < {{ var('history_periods') }}, false) as is_kept,
    dates.periods_back is not null as is_scored,
    latest.data_starts_on,
    max(loads.latest_loaded_at) as data_loaded_until
from dates
cross join latest
left join loads on dates.as_of_date >= loads.event_date
group by dates.as_of_date, dates.comparison, dates.periods_back, latest.data_starts_on
