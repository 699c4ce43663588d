-- The only place where the as-of date is defined. Scores are computed for some dates before the kept
-- history too: for what a row says of the date before it, and what a stable band looks back on.
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

lookbacks as (
    select max(metric_settings.hysteresis_lookback_days) + max(score_bands.dwell_days) - 2 as days_back
    from {{ ref('int_metric_settings') }} as metric_settings
    cross join {{ ref('stg_settings__score_bands') }} as score_bands
),

periods as (
    select cast(generated_number - 1 as integer) as periods_back
    from ({{ whole_numbers(var('history_periods') + 2 * most_lookback_days()) }}) as numbers
),

history as (
    select
        {{ date_plus('-periods_back', 'latest.as_of_date', var('history_grain')) }} as as_of_date,
        periods.periods_back,
        cast(null as {{ dbt.type_string() }}) as comparison
    from latest
    cross join periods
    where latest.as_of_date is not null
),

-- What the stable bands of a date and of the one before it are told from: the last date that is old
-- enough for a whole dwell before the look-back, and all that follow.
reaches as (
    select
        history.as_of_date,
        previous.as_of_date as previous_as_of_date,
        max(earlier.as_of_date) as bands_read_from
    from history
    inner join history as previous on history.periods_back + 1 = previous.periods_back
    cross join lookbacks
    inner join history as earlier on earlier.as_of_date <= {{ date_plus('-lookbacks.days_back', 'previous.as_of_date') }}
    where history.periods_back < {{ var('history_periods') }}
    group by history.as_of_date, previous.as_of_date
),

earliest as (
    select min(bands_read_from) as scored_from
    from reaches
),

scored as (
    select history.as_of_date, history.periods_back, history.comparison
    from history
    inner join earliest on history.as_of_date >= earliest.scored_from
),

comparisons as (
    select as_of_date, cast(null as integer) as periods_back, 'latest' as comparison
    from latest
    where as_of_date is not null
    {% for comparison, part, units in [('7 days before', 'day', -7), ('30 days before', 'day', -30), ('1 year before', 'year', -1)] -%}
    union all
    select
        {{ date_plus(units, 'as_of_date', part) }} as as_of_date,
        cast(null as integer) as periods_back,
        '{{ comparison }}' as comparison
    from latest
    where as_of_date is not null
    {% endfor %}
),

all_dates as (
    select as_of_date, periods_back, comparison from scored
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
    dates.periods_back is not null as is_in_history,
    dates.periods_back is not null or dates.as_of_date >= latest.data_starts_on as is_scored,
    reaches.previous_as_of_date,
    reaches.bands_read_from,
    latest.data_starts_on,
    max(loads.latest_loaded_at) as data_loaded_until
from dates
cross join latest
left join reaches on dates.as_of_date = reaches.as_of_date
left join loads on dates.as_of_date >= loads.event_date
group by
    dates.as_of_date,
    dates.comparison,
    dates.periods_back,
    reaches.previous_as_of_date,
    reaches.bands_read_from,
    latest.data_starts_on
