-- Scores of all dates that any table needs, numbered from 0. Points are counted in millionths, as
-- doubles that hold whole numbers: exact below 2^53, and cheaper than decimals.
-- A weight as a whole number over a divisor, trailing zeros off, so that products stay small.
create temp table weights as
with typed as (
    select
        cast(row_number() over () as integer) as weight_id,
        score_model,
        cast(event_type as event_type) as event_type,
        channel,
        daily_cap,
        window_cap,
        weight,
        cast(weight * 10000 as bigint) as whole,
        cast(cast(weight * weight as decimal(18, 6)) * 1000000 as bigint) as square_whole
    from event_weights
    inner join event_types using (event_type)
),
stripped as (
    select
        *,
        least(length(whole::varchar) - length(rtrim(whole::varchar, '0')), 6) as zeros,
        least(length(square_whole::varchar) - length(rtrim(square_whole::varchar, '0')), 8) as square_zeros
    from typed
)
select
    weight_id, score_model, event_type, channel, daily_cap, window_cap, weight,
    cast(whole * 100 as double) as unit,
    cast(square_whole as double) as square_unit,
    -- points in millionths of counted events in hundred millionths
    whole / power(10, zeros) as factor,
    1000000 / power(10, zeros) as divisor,
    square_whole / power(10, square_zeros) as square_factor,
    100000000 / power(10, square_zeros) as square_divisor
from stripped;

-- One row a customer and day; whatever lies before both windows of the first date is one day.
create temp table days as
with event_days as (
    select
        facts.customer_id,
        cast(greatest(event_date - getvariable('first_date'), -2 * window_days) as integer) as day,
        window_days,
        event_count,
        last_occurred_at,
        event_types.is_active and event_count > 0 as is_active,
        weights.channel,
        case when decay = 'none' and window_cap is null then least(event_count, coalesce(daily_cap, event_count)) else 0 end as counted,
        unit,
        square_unit
    from int_customer_event_days as facts
    inner join customers using (customer_id)
    inner join score_models using (score_model)
    left join event_types on facts.event_type = cast(event_types.event_type as event_type)
    left join weights on customers.score_model = weights.score_model and facts.event_type = weights.event_type
    where event_date <= getvariable('as_of_date')
)
select
    customer_id,
    day,
    any_value(window_days) as window_days,
    cast(sum(event_count) as double) as events,
    max(last_occurred_at) as last_at,
    cast(coalesce(bool_or(is_active), false) as double) as active,
    coalesce(sum(counted * unit) filter (channel = 'web'), 0) as web,
    coalesce(sum(counted * unit) filter (channel = 'product'), 0) as product,
    coalesce(sum(counted * unit) filter (channel = 'email'), 0) as email,
    coalesce(sum(counted * unit) filter (channel = 'social'), 0) as social,
    coalesce(sum(counted * unit) filter (channel = 'commerce'), 0) as commerce,
    coalesce(sum(counted * unit) filter (channel = 'support'), 0) as support,
    coalesce(sum(counted * unit) filter (channel = 'survey'), 0) as survey,
    coalesce(sum(counted * unit) filter (channel = 'loyalty'), 0) as loyalty,
    coalesce(sum(counted * unit) filter (channel = 'other'), 0) as other,
    coalesce(sum(counted * unit), 0) as raw,
    coalesce(sum(counted * square_unit), 0) as variance
from event_days
group by customer_id, day;

-- Types with a window cap, without decay: the capped sum of the window changes only where an event
-- enters or leaves it. A running sum over all customers needs no partition, since what enters
-- leaves: it is 0 again where the next customer starts. So the window functions stream.
create temp table capped_changes as
with counted as (
    select
        (enum_code(facts.customer_id)::bigint << 24) + (enum_code(facts.event_type)::bigint << 12) as series,
        facts.customer_id,
        cast(event_date - getvariable('first_date') as integer) as day,
        window_days,
        channel,
        unit,
        square_unit,
        window_cap,
        cast(least(event_count, coalesce(daily_cap, event_count)) as double) as counted
    from int_customer_event_days as facts
    inner join customers using (customer_id)
    inner join score_models using (score_model)
    inner join weights using (score_model, event_type)
    where decay = 'none' and window_cap is not null and event_count > 0 and weight <> 0
        and event_date > getvariable('first_date') - 2 * window_days
        and event_date <= getvariable('as_of_date')
),
entered_and_left as (
    select series, customer_id, greatest(day, -window_days) as k, window_days, channel, unit, square_unit, window_cap, counted
    from counted
    union all
    select series, customer_id, day + window_days as k, window_days, channel, unit, square_unit, window_cap, -counted
    from counted
),
running as (
    select
        customer_id, k, window_days, channel, unit, square_unit, window_cap,
        sum(counted) over (rows unbounded preceding) as counted,
        lead(series + k) over () as next_place,
        series + k as place
    from (select * from entered_and_left order by series + k)
),
capped as (
    select
        customer_id, k, window_days, channel, unit, square_unit,
        least(counted, window_cap) as counted,
        lag(least(counted, window_cap), 1, 0) over () as previous_counted
    from running
    where next_place is null or next_place <> place
)
select
    customer_id,
    k,
    window_days,
    channel,
    (counted - previous_counted) * unit as raw,
    (counted - previous_counted) * square_unit as variance
from capped
where counted <> previous_counted;

create type score_model as enum (select score_model from score_models order by priority);
create type score_status as enum ('scored', 'insufficient_data', 'new_customer');

-- What changes a customer's row on a date. The first row opens a customer (it blanks the last
-- interaction of the one before), the last one closes it (it takes the lifetime count away), so
-- that sums over all customers are 0 in between, and stream. Between two changes nothing but the
-- tenure moves: a step is one row until the very end.
create temp table steps as
with entered as (
    select * from days where day > -2 * window_days
),
changes as (
    select
        customer_id,
        greatest(cast(first_seen_on - getvariable('first_date') as integer), 0) as k,
        -2000 as day,
        timestamp '0001-01-01' as last_at,
        0.0::double as lifetime,
        0.0::double as events,
        0.0::double as active,
        0.0::double as previous_events,
        0.0::double as previous_active,
        0.0::double as web, 0.0::double as product, 0.0::double as email, 0.0::double as social,
        0.0::double as commerce, 0.0::double as support, 0.0::double as survey,
        0.0::double as loyalty, 0.0::double as other,
        0.0::double as previous_raw,
        0.0::double as variance
    from customers
    union all
    select
        customer_id, 9999, 0, null, -sum(events), 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    from days
    group by customer_id
    union all
    -- enters the window that holds it on the first date, or on its own
    select
        customer_id, greatest(day, 0), day, last_at, events,
        case when day > -window_days then events else 0 end,
        case when day > -window_days then active else 0 end,
        case when day <= -window_days and day > -2 * window_days then events else 0 end,
        case when day <= -window_days and day > -2 * window_days then active else 0 end,
        case when day > -window_days then web else 0 end,
        case when day > -window_days then product else 0 end,
        case when day > -window_days then email else 0 end,
        case when day > -window_days then social else 0 end,
        case when day > -window_days then commerce else 0 end,
        case when day > -window_days then support else 0 end,
        case when day > -window_days then survey else 0 end,
        case when day > -window_days then loyalty else 0 end,
        case when day > -window_days then other else 0 end,
        case when day <= -window_days and day > -2 * window_days then raw else 0 end,
        case when day > -2 * window_days then variance else 0 end
    from days
    union all
    -- leaves the current window for the previous one
    select
        customer_id, day + window_days, 0, null, 0, -events, -active, events, active,
        -web, -product, -email, -social, -commerce, -support, -survey, -loyalty, -other, raw, 0
    from entered
    where day > -window_days
    union all
    -- leaves the previous one
    select
        customer_id, day + 2 * window_days, 0, null, 0, 0, 0, -events, -active,
        0, 0, 0, 0, 0, 0, 0, 0, 0, -raw, -variance
    from entered
    union all
    select
        customer_id, greatest(k, 0), 0, null, 0, 0, 0, 0, 0,
        case when channel = 'web' then raw else 0 end,
        case when channel = 'product' then raw else 0 end,
        case when channel = 'email' then raw else 0 end,
        case when channel = 'social' then raw else 0 end,
        case when channel = 'commerce' then raw else 0 end,
        case when channel = 'support' then raw else 0 end,
        case when channel = 'survey' then raw else 0 end,
        case when channel = 'loyalty' then raw else 0 end,
        case when channel = 'other' then raw else 0 end,
        0, variance
    from capped_changes
    union all
    select
        customer_id, k + window_days, 0, null, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, raw, variance
    from capped_changes
),
ordered as (
    select *, (enum_code(customer_id)::bigint << 16) + k as place
    from changes
    order by place, day
),
running as (
    select
        customer_id,
        k,
        place,
        lead(place, 1, place + 100000) over () as next_place,
        last_value(last_at ignore nulls) over (rows unbounded preceding) as last_at,
        sum(lifetime) over sofar as lifetime, sum(events) over sofar as events,
        sum(active) over sofar as active,
        sum(previous_events) over sofar as previous_events, sum(previous_active) over sofar as previous_active,
        sum(web) over sofar as web, sum(product) over sofar as product,
        sum(email) over sofar as email, sum(social) over sofar as social,
        sum(commerce) over sofar as commerce, sum(support) over sofar as support,
        sum(survey) over sofar as survey, sum(loyalty) over sofar as loyalty,
        sum(other) over sofar as other, sum(previous_raw) over sofar as previous_raw,
        sum(variance) over sofar as variance
    from ordered
    window sofar as (rows unbounded preceding)
)
select
    customer_id,
    place,
    k as first_k,
    cast(least(next_place - place + k, getvariable('last_k') + 1) as integer) as next_k,
    cast(customers.score_model as score_model) as score_model,
    window_days,
    decay <> 'none' as is_decayed,
    minimum_tenure_days,
    lifetime < minimum_events as is_short,
    first_seen_on,
    getvariable('first_date') - first_seen_on as first_tenure,
    known_from,
    first_active_on,
    cast(lifetime as bigint) as lifetime_interactions,
    nullif(last_at, timestamp '0001-01-01') as last_interaction_at,
    cast((web + product + email + social + commerce + support + survey + loyalty + other) / 1000000 as decimal(18, 6)) as raw_score,
    cast(previous_raw / 1000000 as decimal(18, 6)) as previous_raw_score,
    cast(variance / 1000000 as decimal(18, 6)) as score_variance,
    cast(web / 1000000 as decimal(18, 6)) as web_raw_score,
    cast(product / 1000000 as decimal(18, 6)) as product_raw_score,
    cast(email / 1000000 as decimal(18, 6)) as email_raw_score,
    cast(social / 1000000 as decimal(18, 6)) as social_raw_score,
    cast(commerce / 1000000 as decimal(18, 6)) as commerce_raw_score,
    cast(support / 1000000 as decimal(18, 6)) as support_raw_score,
    cast(survey / 1000000 as decimal(18, 6)) as survey_raw_score,
    cast(loyalty / 1000000 as decimal(18, 6)) as loyalty_raw_score,
    cast(other / 1000000 as decimal(18, 6)) as other_raw_score,
    cast(events as integer) as interactions,
    cast(active as integer) as active_days,
    cast(previous_events as integer) as previous_interactions,
    cast(previous_active as integer) as previous_active_days
from running
inner join customers using (customer_id)
inner join score_models using (score_model)
where next_place <> place and k <= getvariable('last_k');

-- What is left of an event at each age in the current and the previous window, in hundred millionths.
create temp table shares as
with ages as (
    select score_models.*, unnest(range(2 * window_days)) as age
    from score_models
)
select
    score_model,
    age,
    age >= window_days as is_previous,
    cast(cast(case decay
        when 'linear' then greatest(0, 1 - cast(age % window_days as double) / decay_days)
        when 'exponential' then power(cast(2 as double), -cast(age % window_days as double) / half_life_days)
        else 1
    end as decimal(18, 8)) * 100000000 as double) as share
from ages;

-- With decay every pair of event day and as-of date counts for itself. Shares are whole hundred
-- millionths; rounded to a millionth once a customer, event type and window.
create temp table decayed as
with weighted as (
    select
        (enum_code(facts.customer_id)::bigint << 24) + (weight_id << 12) as series,
        score_model,
        cast(event_date - getvariable('first_date') as integer) as day,
        cast(least(event_count, coalesce(daily_cap, event_count)) as double) as counted
    from int_customer_event_days as facts
    inner join customers using (customer_id)
    inner join score_models using (score_model)
    inner join weights using (score_model, event_type)
    where decay <> 'none' and weight <> 0 and event_count > 0
        and event_date > getvariable('first_date') - 2 * window_days
        and event_date <= getvariable('as_of_date')
),
counted as (
    select
        series + day + age as place,
        sum(case when is_previous then 0 else counted * share end) as counted,
        sum(case when is_previous then counted * share else 0 end) as previous_counted
    from weighted
    inner join shares using (score_model)
    where day + age between 0 and getvariable('last_k')
    group by place
),
pointed as (
    select
        ((place >> 24) << 16) + (place & 4095) as place,
        channel,
        round(factor * least(counted, window_cap * 1e8) / divisor) as points,
        round(factor * least(previous_counted, window_cap * 1e8) / divisor) as previous_points,
        round(square_factor * (least(counted, window_cap * 1e8) + least(previous_counted, window_cap * 1e8)) / square_divisor) as variance
    from counted
    inner join (select * replace (coalesce(window_cap, 1e9) as window_cap) from weights) as weights
        on (place >> 12) & 4095 = weight_id
)
select
    place,
    cast(sum(points) / 1000000 as decimal(18, 6)) as raw_score,
    cast(sum(previous_points) / 1000000 as decimal(18, 6)) as previous_raw_score,
    cast(sum(variance) / 1000000 as decimal(18, 6)) as score_variance,
    cast(sum(case when channel = 'web' then points else 0 end) / 1000000 as decimal(18, 6)) as web_raw_score,
    cast(sum(case when channel = 'product' then points else 0 end) / 1000000 as decimal(18, 6)) as product_raw_score,
    cast(sum(case when channel = 'email' then points else 0 end) / 1000000 as decimal(18, 6)) as email_raw_score,
    cast(sum(case when channel = 'social' then points else 0 end) / 1000000 as decimal(18, 6)) as social_raw_score,
    cast(sum(case when channel = 'commerce' then points else 0 end) / 1000000 as decimal(18, 6)) as commerce_raw_score,
    cast(sum(case when channel = 'support' then points else 0 end) / 1000000 as decimal(18, 6)) as support_raw_score,
    cast(sum(case when channel = 'survey' then points else 0 end) / 1000000 as decimal(18, 6)) as survey_raw_score,
    cast(sum(case when channel = 'loyalty' then points else 0 end) / 1000000 as decimal(18, 6)) as loyalty_raw_score,
    cast(sum(case when channel = 'other' then points else 0 end) / 1000000 as decimal(18, 6)) as other_raw_score
from pointed
group by place;

-- Whoever has a model without decay needs no join.
create table int_customer_scores as
with stepped as (
    select
        customer_id, score_model, window_days, minimum_tenure_days, is_short, first_seen_on,
        first_tenure, known_from, first_active_on, lifetime_interactions, last_interaction_at,
        interactions, active_days, previous_interactions, previous_active_days,
        raw_score, previous_raw_score, score_variance,
        web_raw_score, product_raw_score, email_raw_score, social_raw_score, commerce_raw_score,
        support_raw_score, survey_raw_score, loyalty_raw_score, other_raw_score,
        cast(unnest(range(first_k, next_k)) as integer) as k
    from steps
    where not is_decayed
),
places as (
    select
        customer_id, score_model, window_days, minimum_tenure_days, is_short, first_seen_on,
        first_tenure, known_from, first_active_on, lifetime_interactions, last_interaction_at,
        interactions, active_days, previous_interactions, previous_active_days,
        place - first_k as customer_place,
        cast(unnest(range(first_k, next_k)) as integer) as k
    from steps
    where is_decayed
),
united as (
    select * from stepped
    union all by name
    select
        places.* exclude (customer_place),
        coalesce(decayed.raw_score, 0) as raw_score,
        coalesce(decayed.previous_raw_score, 0) as previous_raw_score,
        coalesce(decayed.score_variance, 0) as score_variance,
        coalesce(decayed.web_raw_score, 0) as web_raw_score,
        coalesce(decayed.product_raw_score, 0) as product_raw_score,
        coalesce(decayed.email_raw_score, 0) as email_raw_score,
        coalesce(decayed.social_raw_score, 0) as social_raw_score,
        coalesce(decayed.commerce_raw_score, 0) as commerce_raw_score,
        coalesce(decayed.support_raw_score, 0) as support_raw_score,
        coalesce(decayed.survey_raw_score, 0) as survey_raw_score,
        coalesce(decayed.loyalty_raw_score, 0) as loyalty_raw_score,
        coalesce(decayed.other_raw_score, 0) as other_raw_score
    from places
    left join decayed on customer_place + k = decayed.place
)
select
    getvariable('first_date') + k as as_of_date,
    customer_id,
    score_model,
    window_days,
    cast(case
        when first_tenure + k < minimum_tenure_days then 'new_customer'
        when is_short then 'insufficient_data'
        else 'scored'
    end as score_status) as score_status,
    coalesce(known_from <= getvariable('first_date') + k, false) as is_known,
    first_seen_on,
    first_tenure + k as tenure_days,
    case when first_active_on <= getvariable('first_date') + k then first_active_on end as first_active_on,
    lifetime_interactions,
    last_interaction_at,
    raw_score,
    previous_raw_score,
    score_variance,
    web_raw_score,
    product_raw_score,
    email_raw_score,
    social_raw_score,
    commerce_raw_score,
    support_raw_score,
    survey_raw_score,
    loyalty_raw_score,
    other_raw_score,
    interactions,
    active_days,
    previous_interactions,
    previous_active_days
from united;

drop table steps;
drop table decayed;
