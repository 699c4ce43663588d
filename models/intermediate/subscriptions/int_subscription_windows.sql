{{ config(materialized='ephemeral') }}
-- Both ends of a window are worth what the rate of its as-of date says, so that a rate's move is no growth.
with windows as (
    select as_of_date, window_days, window_start, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'subscription_metrics'
),

as_of_dates as (
    select distinct as_of_date from windows
),

rates as (
    select from_currency, to_currency, rate, valid_from, valid_to
    from {{ ref('stg_settings__exchange_rates') }}
),

reporting as (
    select max(to_currency) as reporting_currency from rates
),

periods as (
    select
        subscription_id,
        subscriber_type,
        subscriber_id,
        plan,
        mrr,
        currency,
        started_on,
        coalesce(ended_on, {{ closed_validity('null', 'to') }}) as ended_on,
        min(started_on) over (partition by subscriber_type, subscriber_id) as subscribed_from,
        min(started_on) over (partition by 1) as known_from
    from {{ ref('int_subscription_periods') }}
),

converted as (
    select
        as_of_dates.as_of_date,
        periods.*,
        case when periods.currency is null or periods.currency = reporting.reporting_currency then 1 else rates.rate end as rate_in_force
    from as_of_dates
    inner join periods on as_of_dates.as_of_date >= periods.started_on
    cross join reporting
    left join rates
        on periods.currency = rates.from_currency and {{ in_force('rates', 'as_of_dates.as_of_date') }}
),

edges as (
    select
        windows.as_of_date,
        windows.window_days,
        windows.inputs_version,
        converted.subscriber_type,
        converted.subscriber_id,
        converted.subscription_id,
        converted.plan,
        -- One operand has 19 digits: the product of two of 18 is kept in 18 by some engines.
        cast(round(cast(converted.mrr as decimal(19, 4)) * cast(converted.rate_in_force as decimal(18, 8)), 4) as decimal(18, 4)) as mrr,
        converted.started_on < windows.window_start
        and converted.ended_on >= {{ date_plus(-1, 'windows.window_start') }} as is_at_start,
        converted.ended_on >= windows.as_of_date as is_at_end,
        converted.subscribed_from < windows.window_start as was_subscribed,
        converted.known_from < windows.window_start as is_complete_window
    from windows
    inner join converted on windows.as_of_date = converted.as_of_date
)

select * from edges
where is_at_start or is_at_end
