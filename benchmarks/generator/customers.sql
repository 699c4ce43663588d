-- Customers, with what decides their behaviour. Braces are filled in by generate.py.
create temp table customers as
with numbered as (
    select
        range as customer,
        hash(range * 4 + {seed} * 1000003) as draw,
        hash(range * 4 + 1 + {seed} * 1000003) as draw_2
    from range({customers})
),
drawn as (
    select
        customer,
        draw_2,
        case when draw % 100 < 40 then 'business' else 'consumer' end as customer_type,
        -- a power law with exponent 1.2 and a ceiling; one in twenty is silent
        case
            when (draw >> 8) % 20 = 0 then 0
            else cast(1000 * least(400, power(1 - ((draw >> 16) % 1000000) / 1000001.0, -1 / 1.2)) as bigint)
        end as activity,
        -- 55 % stay, 20 % are new, 20 % leave, 5 % do both
        (draw >> 36) % 100 as kind,
        cast(1 + (draw >> 44) % 8 as bigint) as burst_length,
        cast((draw_2 >> 8) % {days} as bigint) as a_day,
        cast((draw_2 >> 20) % {days} as bigint) as another_day
    from numbered
),
spanned as (
    select
        *,
        case when kind < 55 then 0 when kind < 75 then a_day when kind < 95 then 0
            else least(a_day, another_day) end as first_day,
        case when kind < 75 then {days} - 1 when kind < 95 then another_day
            else greatest(a_day, another_day) end as last_day,
        sum(activity) over (order by customer rows unbounded preceding) as running_activity,
        sum(activity) over () as total_activity
    from drawn
)
select
    customer,
    'C' || lpad(cast(customer as varchar), 7, '0') as customer_id,
    customer_type,
    case when customer_type = 'business' then 'A' || lpad(cast(customer // 6 as varchar), 6, '0') end as account_id,
    case
        when customer_type = 'business' then ['free', 'team', 'pro', 'enterprise'][cast(1 + (draw_2 >> 32) % 4 as bigint)]
        when (draw_2 >> 34) % 3 = 0 then 'plus'
    end as plan,
    ['DE', 'FR', 'NL', 'AT', 'US', 'GB', 'PL', 'ES'][cast(1 + (draw_2 >> 40) % 8 as bigint)] as country,
    -- business or not, and one of five currencies
    cast((customer_type = 'business')::integer + 2 * ((draw_2 >> 44) % 5) as bigint) as traits,
    -- a new customer is created on the first day, three days before, or (1 in 16) five days later
    timestamp '{first_day}' + interval 1 second * cast((draw_2 >> 48) % 86400 as bigint) + interval 1 day * cast(
        case
            when first_day = 0 then -cast((draw_2 >> 50) % 1000 as bigint)
            when (draw_2 >> 56) % 16 = 0 then first_day + 5
            else first_day - cast((draw_2 >> 60) % 4 as bigint)
        end as bigint) as created_at,
    draw_2 % 100 <> 7 as is_known,
    first_day,
    last_day - first_day + 1 as span_days,
    burst_length,
    cast(cast({originals} as hugeint) * (running_activity - activity) // total_activity as bigint) as first_event,
    cast(cast({originals} as hugeint) * running_activity // total_activity as bigint) as next_event
from spanned
