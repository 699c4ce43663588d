-- Customers and their score models; the dates. Scores are computed for the kept dates, the one before
-- them, and what a stable band looks back on from there: a whole dwell before the look-back's first date.
set variable as_of_date = (select cast(max(loaded_at) as date) - 1 from int_interactions);
set variable first_kept_date = getvariable('as_of_date') - (getvariable('kept_dates') - 1);
set variable first_date = (
    select getvariable('first_kept_date') - 1 - cast(lookback_days + max(dwell_days) - 2 as integer)
    from metric_settings, score_bands
    group by lookback_days
);
-- Scored dates are numbered from 0 to this.
set variable last_k = getvariable('as_of_date') - getvariable('first_date');
set variable data_starts_on = (select min(event_date) from int_interactions);

create temp table customers as
with known_customers as (
    select cast(customer_id as customer_id) as customer_id, plan, country, customer_type, cast(created_at as date) as created_on
    from read_parquet(getvariable('customers'))
    where customer_id not in (select customer_id from excluded_customers)
),
first_days as (
    select
        customer_id,
        min(event_date) as first_interaction_on,
        min(event_date) filter (
            event_count > 0 and event_type in (select event_type from event_types where is_active)
        ) as first_active_on
    from int_customer_event_days
    group by customer_id
),
both_sides as (
    select
        customer_id,
        first_interaction_on,
        first_active_on,
        plan,
        country,
        customer_type,
        case
            when known_customers.customer_id is not null
                then coalesce(created_on, first_interaction_on, date '2000-01-01')
        end as known_from
    from known_customers
    full join first_days using (customer_id)
)
select
    customer_id,
    plan,
    known_from,
    first_interaction_on,
    first_active_on,
    least(known_from, first_interaction_on) as first_seen_on,
    (
        select arg_min(score_model, priority)
        from score_models
        where attribute_name is null
            or attribute_value = case attribute_name
                when 'plan' then plan when 'country' then country when 'customer_type' then customer_type
            end
    ) as score_model
from both_sides;
