{{ config(materialized='ephemeral') }}
-- The end of a period after the date isn't read: on the date, nobody knew of it.
with dates_to_build as (
    select as_of_date
    from {{ ref('int_account_dates_to_build') }}
),

periods as (
    select subscriber_id as account_id, mrr, coalesce(currency, '(none)') as currency, started_on, ended_on, renewal_date
    from {{ ref('int_subscription_periods') }}
    where subscriber_type = 'account'
)

select
    dates_to_build.as_of_date,
    periods.account_id,
    min(case when periods.renewal_date >= dates_to_build.as_of_date then periods.renewal_date end) as renewal_date,
    cast(case when min(periods.currency) = max(periods.currency) then sum(periods.mrr) end as decimal(28, 4)) as mrr,
    case when min(periods.currency) = max(periods.currency) then nullif(min(periods.currency), '(none)') end as currency
from periods
inner join dates_to_build
    on
        periods.started_on <= dates_to_build.as_of_date
        and (periods.ended_on is null or periods.ended_on >= dates_to_build.as_of_date)
group by dates_to_build.as_of_date, periods.account_id
