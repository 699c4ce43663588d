-- Each edge of each window, counted again from the periods: both are the revenue of one day.
with measured as (
    select
        as_of_date,
        {{ date_plus('-window_days', 'as_of_date') }} as counted_on,
        starting_mrr as mrr,
        starting_subscribers as subscribers
    from {{ ref('subscription_metrics') }}
    where dimension = 'all'
    union all
    select as_of_date, as_of_date as counted_on, ending_mrr as mrr, ending_subscribers as subscribers
    from {{ ref('subscription_metrics') }}
    where dimension = 'all'
),

days as (
    select distinct as_of_date, counted_on from measured
),

counted as (
    select
        days.as_of_date,
        days.counted_on,
        coalesce(sum(cast(round(cast(periods.mrr as decimal(19, 4)) * case
            when rates.rate is not null then rates.rate
            when periods.currency is null or periods.currency in (select to_currency from {{ ref('stg_settings__exchange_rates') }}) then 1
            else 0
        end, 4) as decimal(18, 4))), 0) as mrr,
        count(distinct periods.subscriber_type || ' ' || periods.subscriber_id) as subscribers
    from days
    left join {{ ref('int_subscription_periods') }} as periods
        on days.counted_on >= periods.started_on and (periods.ended_on is null or days.counted_on <= periods.ended_on)
    left join {{ ref('stg_settings__exchange_rates') }} as rates
        on periods.currency = rates.from_currency and days.as_of_date between rates.valid_from and rates.valid_to
    group by days.as_of_date, days.counted_on
)

select
    measured.*,
    counted.mrr as counted_mrr,
    counted.subscribers as counted_subscribers
from measured
inner join counted on measured.as_of_date = counted.as_of_date and measured.counted_on = counted.counted_on
where measured.mrr <> counted.mrr or measured.subscribers <> counted.subscribers
