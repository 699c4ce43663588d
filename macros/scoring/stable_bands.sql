{#-
  The band of every customer on some as-of dates, and what may confirm it.

  Args:
    dates (str): the CTE with `as_of_date` and `day_number` (a date as a number).
    who (str): a column of `dates` that stands for a customer, who is read on those dates only; default:
      all customers, by `customer_number`, which is cheaper to sort by than a text.
  Returns: SQL, a query: one row an as-of date and customer with `day_number`, `band_rank` (0 is
    unscored), `dwell_days`, and `is_inside`: far enough from the band's edges; on a date on which a
    source of the customer's score model is stale, nothing confirms a band, and both say so.
-#}
{% macro banded_scores(dates, who='customer_number') %}
with score_bands as (
    select * from {{ ref('stg_settings__score_bands') }}
),

levels as (
    select
        levels.as_of_date,
        levels.score_model,
        levels.raw_score,
        levels.band_rank,
        score_bands.dwell_days,
        {{ customer_engagement.is_inside_band('coalesce(levels.engagement_index, levels.raw_score)', 'score_bands') }} as is_inside
    from {{ ref('int_score_levels') }} as levels
    left join score_bands
        on
            levels.band_rank = score_bands.band_rank
            and {{ customer_engagement.in_force('score_bands', 'levels.as_of_date') }}
),

incomplete as (
    select as_of_date, score_model
    from {{ ref('int_score_coverage') }}
    where data_coverage < 1
)

select
    dates.day_number,
    {{ 'customers' if who == 'customer_number' else 'dates' }}.{{ who }},
    coalesce(levels.band_rank, 0) as band_rank,
    case when incomplete.as_of_date is null then levels.dwell_days end as dwell_days,
    coalesce(levels.is_inside, true) and incomplete.as_of_date is null as is_inside
from {{ ref('int_customer_scores') }} as scores
inner join {{ dates }} as dates
    on
        scores.as_of_date = dates.as_of_date
        {%- if who != 'customer_number' %}
        and scores.customer_id = dates.customer_id
        {%- else %}
inner join {{ ref('int_customers') }} as customers on scores.customer_id = customers.customer_id
        {%- endif %}
left join levels
    on
        scores.as_of_date = levels.as_of_date
        and scores.score_model = levels.score_model
        and case when scores.score_status = 'scored' then scores.raw_score end = levels.raw_score
left join incomplete
    on
        scores.as_of_date = incomplete.as_of_date
        and scores.score_model = incomplete.score_model
{% endmacro %}


{#-
  Hysteresis, computed from the bands of some dates in a row: the stable band of each is the last
  confirmed one of the look-back that ends on it, else the band itself.

  Days are numbers here, and a day and a band one number, so that the latest of several is their maximum.
  A customer stays in a band for many days, and what decides is the same for all of them: it is summed up
  once a stay.

  Args:
    banded (str): the CTE with `day_number`, `band_rank`, `dwell_days` and `is_inside` of each date; it
      reaches back a look-back and a dwell before the first date that matters.
    who (str): the column that tells customers apart.
  Returns: SQL, a query: one row a date and customer with `stable_rank`, `oldest_day` (the first of its
    look-back), `departure`: the last confirmed day of another stable band, times 100, and that band;
    `previous_day`, `previous_rank` and `previous_stable_rank` of the date before, null on the first; and
    `confirmed_before`: the last confirmed day before the stay, times 100, and its band.
-#}
{% macro stable_bands(banded, who='customer_number') %}
with lookback as (
    select hysteresis_lookback_days - 1 as days_before
    from {{ ref('int_metric_settings') }}
),

followed as (
    select
        *,
        lag(band_rank) over (partition by {{ who }} order by day_number) as previous_rank,
        lag(day_number) over (partition by {{ who }} order by day_number) as previous_day
    from {{ banded }}
),

stays as (
    select
        *,
        max(case when band_rank = previous_rank then null else day_number end) over (
            partition by {{ who }} order by day_number rows unbounded preceding
        ) as stay
    from followed
),

-- What was confirmed before a stay, and which other band before that.
summaries as (
    select
        {{ who }},
        stay,
        band_rank,
        min(case when is_inside or day_number - stay >= dwell_days - 1 then day_number end) as first_confirmed_day,
        max(max(case when is_inside or day_number - stay >= dwell_days - 1 then day_number end) * 100 + band_rank) over (
            partition by {{ who }} order by stay rows between unbounded preceding and 1 preceding
        ) as confirmed_before
    from stays
    group by {{ who }}, stay, band_rank
),

departures as (
    select
        *,
        case when first_confirmed_day is not null and mod(confirmed_before, 100) <> band_rank then confirmed_before end as departure
    from summaries
),

histories as (
    select
        *,
        max(departure) over (partition by {{ who }} order by stay rows unbounded preceding) as left_by_now,
        max(departure) over (
            partition by {{ who }} order by stay rows between unbounded preceding and 1 preceding
        ) as left_before,
        lag(first_confirmed_day) over (partition by {{ who }} order by stay) as last_stay_first_confirmed_day
    from departures
)

-- Of a last stay that confirmed nothing, what was confirmed before it is what was confirmed before this one.
select
    stays.{{ who }},
    stays.day_number,
    stays.band_rank,
    stays.day_number - lookback.days_before as oldest_day,
    {{ customer_engagement.stable_rank_on(
        'stays.day_number', 'stays.band_rank', 'histories.first_confirmed_day', 'histories.confirmed_before', 'lookback.days_before'
    ) }} as stable_rank,
    case when histories.first_confirmed_day <= stays.day_number then histories.left_by_now else histories.left_before end as departure,
    stays.previous_day,
    stays.previous_rank,
    case
        when stays.previous_day >= stays.stay then {{ customer_engagement.stable_rank_on(
            'stays.previous_day', 'stays.band_rank', 'histories.first_confirmed_day', 'histories.confirmed_before', 'lookback.days_before'
        ) }}
        else {{ customer_engagement.stable_rank_on(
            'stays.previous_day',
            'stays.previous_rank',
            'histories.last_stay_first_confirmed_day',
            'histories.confirmed_before',
            'lookback.days_before'
        ) }}
    end as previous_stable_rank,
    histories.confirmed_before
from stays
inner join histories on stays.{{ who }} = histories.{{ who }} and stays.stay = histories.stay
cross join lookback
{% endmacro %}


{#-
  The stable band on a day of a stay.

  Args:
    day_number (SQL): the day.
    band_rank (SQL): the stay's band.
    first_confirmed_day (SQL): the stay's first day that confirms its band, or null.
    confirmed_before (SQL): the last confirmed day before the stay, times 100, and its band; or null.
    days_before (SQL): days of the look-back, without the day itself.
  Returns: SQL, a rank.
-#}
{% macro stable_rank_on(day_number, band_rank, first_confirmed_day, confirmed_before, days_before) -%}
  case
    when {{ first_confirmed_day }} <= {{ day_number }} then {{ band_rank }}
    when {{ confirmed_before }} >= ({{ day_number }} - {{ days_before }}) * 100 then mod({{ confirmed_before }}, 100)
    else {{ band_rank }}
  end
{%- endmacro %}
