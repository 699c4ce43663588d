{{ config(materialized='ephemeral') }}
-- Ranks keep their place over time, names are those of the set of bands in force on the date; a rank that
-- the set doesn't have has none. Ranks meet scores before they get names: numbers are cheaper to join. Each
-- score has its rank; an outer join keeps an engine from pairing them by date before the customer is known.
with scores as (
    select * from {{ ref('int_score_trends') }}
),

customers as (
    select customer_id, customer_number
    from {{ ref('int_customers') }}
),

stable_bands as (
    select * from {{ ref('int_stable_bands') }}
),

as_of_dates as (
    select as_of_date, previous_as_of_date
    from {{ ref('int_as_of_dates') }}
),

score_bands as (
    select band, band_rank, lower_bound, valid_from, valid_to
    from {{ ref('stg_settings__score_bands') }}
),

band_names as (
    select as_of_dates.as_of_date, score_bands.band_rank, score_bands.band, score_bands.lower_bound
    from as_of_dates
    inner join score_bands on {{ in_force('score_bands', 'as_of_dates.as_of_date') }}
    union all
    select as_of_date, 0 as band_rank, 'unscored' as band, null as lower_bound
    from as_of_dates
)

select
    scores.*,
    stable_bands.stable_rank,
    stable_names.band as stable_band,
    cast(stable_names.lower_bound as decimal(18, 6)) as stable_lower_bound,
    fallen_names.band as fallen_from_band,
    previous_names.band as previous_band,
    coalesce(previous_stable_names.band, previous_names.band) as previous_stable_band,
    stable_bands.previous_confirmed_on
from scores
inner join customers on scores.customer_id = customers.customer_id
left join stable_bands
    on scores.as_of_date = stable_bands.as_of_date and customers.customer_number = stable_bands.customer_number
left join as_of_dates on stable_bands.as_of_date = as_of_dates.as_of_date
{%- for names, date, rank in [
    ('stable_names', 'stable_bands.as_of_date', 'stable_rank'),
    ('fallen_names', 'stable_bands.as_of_date', 'fallen_from_rank'),
    ('previous_names', 'as_of_dates.previous_as_of_date', 'previous_rank'),
    ('previous_stable_names', 'as_of_dates.previous_as_of_date', 'previous_stable_rank'),
] %}
left join band_names as {{ names }}
    on
        {{ date }} = {{ names }}.as_of_date
        and stable_bands.{{ rank }} = {{ names }}.band_rank
{%- endfor %}
