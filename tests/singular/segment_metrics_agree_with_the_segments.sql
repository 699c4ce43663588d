-- Each customer is counted once, under one plan, and with as many changes as there are transitions.
with metrics as (
    select * from {{ ref('segment_metrics') }}
),

segments as (
    select
        as_of_date,
        count(*) as customers,
        count(case when band <> 'unscored' then 1 end) as scored_customers,
        count(case when stable_band <> previous_stable_band then 1 end) as stable_band_changes
    from {{ ref('customer_segments') }}
    group by as_of_date
),

sums as (
    select
        as_of_date,
        dimension,
        sum(customers) as customers,
        sum(scored_customers) as scored_customers,
        sum(at_risk_customers) as at_risk_customers,
        sum(stable_band_changes) as stable_band_changes,
        coalesce(sum(naive_flaps), 0) as naive_flaps,
        coalesce(sum(stable_followed_changes), 0) as stable_followed_changes
    from metrics
    group by as_of_date, dimension
)

select sums.*, of_all.at_risk_customers as expected_at_risk, segments.stable_band_changes as expected_changes
from sums
inner join sums as of_all on sums.as_of_date = of_all.as_of_date and of_all.dimension = 'all'
full outer join segments on sums.as_of_date = segments.as_of_date
where
    sums.as_of_date is null
    or segments.as_of_date is null
    or sums.customers <> segments.customers
    or sums.scored_customers <> segments.scored_customers
    or sums.stable_band_changes <> segments.stable_band_changes
    or sums.at_risk_customers <> of_all.at_risk_customers
    or sums.naive_flaps <> of_all.naive_flaps
    or sums.stable_followed_changes <> of_all.stable_followed_changes
