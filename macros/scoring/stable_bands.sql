{#-
  The band of every customer on some as-of dates, and what may confirm it.

  Args:
    dates (str): the CTE with `as_of_date` and `day_number` (a date as a number).
    who (str): a column of `dates` that stands for a customer, who is read on those dates only; default:
      all customers, by `customer_id`.
  Returns: SQL, a query: one row an as-of date and customer with `day_number`, `band_rank` (0 is
    unscored), `dwell_days`, and `is_inside`: far enough from the band's edges; on a date on which a
    source of the customer's score model is stale, nothing confirms a band, and both say so.
-#}
{% macro banded_scores(dates, who='customer_id') %}
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
    {{ 'scores' if who == 'customer_id' else 'dates' }}.{{ who }},
    coalesce(levels.band_rank, 0) as band_rank,
    case when incomplete.as_of_date is null then levels.dwell_days end as dwell_days,
    coalesce(levels.is_inside, true) and incomplete.as_of_date is null as is_inside
from {{ ref('int_customer_scores') }} as scores
inner join {{ dates }} as dates
    on
        scores.as_of_date = dates.as_of_date
        {%- if who != 'customer_id' %}
        and scores.customer_id = dates.customer_id
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

  Args:
    banded (str): the CTE with `day_number`, `band_rank`, `dwell_days` and `is_inside` of each date; it
      reaches back a look-back and a dwell before the first date that matters.
    who (str): the column that tells customers apart.
  Returns: SQL, a query: one row a date and customer with `stable_rank`, `confirmed_day` (the day, where
    its own band is confirmed on it), `oldest_day` (the first of its look-back) and `departure`: the
    last confirmed day of another stable band, times 100, and that band.
-#}
{% macro stable_bands(banded, who='customer_id') %}
with lookback as (
    select hysteresis_lookback_days - 1 as days_before
    from {{ ref('int_metric_settings') }}
),

entered as (
    select
        *,
        case
            when band_rank = lag(band_rank) over (partition by {{ who }} order by day_number) then null
            else day_number
        end as entered_day
    from {{ banded }}
),

stays as (
    select
        *,
        max(entered_day) over (partition by {{ who }} order by day_number rows unbounded preceding) as stay
    from entered
),

confirmed as (
    select
        *,
        case when is_inside or day_number - stay >= dwell_days - 1 then day_number end as confirmed_day
    from stays
),

-- What was confirmed before a stay, and which other band before that.
summaries as (
    select
        {{ who }},
        stay,
        band_rank,
        min(confirmed_day) as first_confirmed_day,
        max(max(confirmed_day) * 100 + band_rank) over (
            partition by {{ who }} order by stay rows between unbounded preceding and 1 preceding
        ) as confirmed_before
    from confirmed
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
        {{ who }},
        stay,
        first_confirmed_day,
        confirmed_before,
        max(departure) over (partition by {{ who }} order by stay rows unbounded preceding) as left_by_now,
        max(departure) over (
            partition by {{ who }} order by stay rows between unbounded preceding and 1 preceding
        ) as left_before
    from departures
)

select
    confirmed.{{ who }},
    confirmed.day_number,
    confirmed.band_rank,
    confirmed.confirmed_day,
    confirmed.day_number - lookback.days_before as oldest_day,
    case
        when histories.first_confirmed_day <= confirmed.day_number then confirmed.band_rank
        when histories.confirmed_before >= (confirmed.day_number - lookback.days_before) * 100 then mod(histories.confirmed_before, 100)
        else confirmed.band_rank
    end as stable_rank,
    case when histories.first_confirmed_day <= confirmed.day_number then histories.left_by_now else histories.left_before end as departure
from confirmed
inner join histories on confirmed.{{ who }} = histories.{{ who }} and confirmed.stay = histories.stay
cross join lookback
{% endmacro %}
