{{ config(materialized='view', **connector_model('int_stripe_subscriptions')) }}
-- What an item costs a month is what it costs now, so a change of plan restates the subscription from its start.
with items as (
    select
        items.subscription_id,
        items.period_started_at,
        items.period_ends_at,
        greatest(items.loaded_at, prices.loaded_at) as loaded_at,
        prices.plan,
        prices.currency,
        {{ ratio('prices.unit_price * items.quantity * prices.payments_a_year', '12 * prices.intervals', 'decimal(18, 4)') }} as mrr,
        row_number() over (
            partition by items.subscription_id
            order by
                prices.unit_price * items.quantity * prices.payments_a_year / prices.intervals desc,
                prices.plan asc nulls last,
                items.item_id asc
        ) as dearest_first
    from {{ ref('stg_stripe__subscription_items') }} as items
    inner join {{ ref('stg_stripe__prices') }} as prices on items.price_id = prices.price_id
    where prices.payments_a_year is not null
),

prices as (
    select
        subscription_id,
        max(case when dearest_first = 1 then plan end) as plan,
        max(case when dearest_first = 1 then currency end) as currency,
        cast(sum(mrr) as decimal(18, 4)) as mrr,
        max(period_started_at) as period_started_at,
        max(period_ends_at) as period_ends_at,
        max(loaded_at) as loaded_at
    from items
    group by subscription_id
),

-- The newer API says the period of each item. A subscription that isn't paid any more ended with what was.
subscriptions as (
    select
        subscriptions.subscription_id,
        subscriptions.customer_id,
        prices.plan,
        subscriptions.status,
        prices.mrr,
        prices.currency,
        subscriptions.subscription_started_at,
        coalesce(
            subscriptions.subscription_ended_at,
            case
                when subscriptions.status in ('unpaid', 'paused') then coalesce(subscriptions.period_started_at, prices.period_started_at)
            end,
            subscriptions.cancels_at,
            case when subscriptions.is_cancelled then coalesce(subscriptions.period_ends_at, prices.period_ends_at) end
        ) as ends_at,
        coalesce(subscriptions.period_ends_at, prices.period_ends_at) as period_ends_at,
        greatest(subscriptions.loaded_at, prices.loaded_at) as loaded_at
    from {{ ref('stg_stripe__subscriptions') }} as subscriptions
    inner join prices on subscriptions.subscription_id = prices.subscription_id
    where subscriptions.status not in ('incomplete', 'incomplete_expired')
)

select
    subscription_id,
    customer_id,
    plan,
    status,
    mrr,
    currency,
    {{ reporting_date('subscription_started_at') }} as started_on,
    {{ date_plus(-1, reporting_date('ends_at')) }} as ended_on,
    case when ends_at is null then {{ reporting_date('period_ends_at') }} end as renewal_date,
    loaded_at
from subscriptions
-- who left during the trial was none
where ends_at is null or ends_at > subscription_started_at
