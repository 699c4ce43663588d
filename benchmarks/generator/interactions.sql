-- Interactions, in the order of their deliveries.
with described as (
    select
        event, draw, burst, occurred_epoch, loaded_epoch,
        'C' || lpad(cast(customer as varchar), 7, '0') as customer_id,
        case when traits % 2 = 1 then 'A' || lpad(cast(customer // 6 as varchar), 6, '0') end as account_id,
        ['EUR', 'EUR', 'EUR', 'USD', 'GBP'][1 + traits // 2] as currency,
        -- one in 5,000 is of a type that the catalogue lacks
        case
            when (draw >> 20) % 5000 = 0 then 'wishlist_added'
            when traits % 2 = 1 then {business}[cast(1 + (draw >> 32) % {business_length} as bigint)]
            else {consumer}[cast(1 + (draw >> 32) % {consumer_length} as bigint)]
        end as event_type,
        (draw >> 12) % 40000 as fault
    from deliveries
)
select
    case when fault = 1 then null else 'evt_' || printf('%016x', hash(event * 4 + {seed} * 1000003 + 7)) end as interaction_id,
    case
        when fault between 2 and 9 then null
        when fault between 10 and 13 then 'STAFF0' || cast(1 + fault % 4 as varchar)
        when fault = 14 then 'C0013'
        else customer_id
    end as customer_id,
    case when fault = 15 then '' else event_type end as event_type,
    make_timestamp(1000000 * case
        when fault between 16 and 19 then loaded_epoch + 3601 + event % 90000
        else occurred_epoch
    end) as occurred_at,
    make_timestamp(1000000 * loaded_epoch) as loaded_at,
    cast(null as varchar) as anonymous_id,
    case
        when event_type in ('page_view', 'search', 'video_played', 'add_to_cart', 'checkout_started',
            'form_submitted', 'pricing_viewed', 'login', 'feature_used') then 's' || printf('%016x', burst)
    end as session_id,
    account_id,
    case
        when fault = 20 then -1
        when event_type in ('purchase', 'team_member_added', 'loyalty_issued', 'loyalty_redeemed') then 1 + event % 3
    end::decimal(18, 4) as quantity,
    case
        when event_type = 'purchase' then 5 + (draw >> 44) % 20000 / 100
        when event_type = 'order_refunded' then -5 - cast((draw >> 44) % 5000 as bigint) / 100
    end::decimal(18, 4) as amount,
    case
        when event_type not in ('purchase', 'order_refunded') then null
        when (draw >> 40) % 50 = 0 then 'CHF'
        else currency
    end as currency,
    event_type in ('page_view', 'email_opened') and (draw >> 48) % 200 = 0 as is_bot,
    case
        when event_type = 'page_view' then '/page/' || cast(cast(power(2, ((draw >> 50) % 1000) / 80.0) as integer) as varchar)
        when event_type = 'feature_used' then 'feature_' || cast((draw >> 50) % 12 as varchar)
    end as content_id,
    case when event_type like 'email%' then 'campaign_' || cast(occurred_epoch // 604800 as varchar) end as campaign_id
from described
