-- Weights as whole numbers over a power of ten: a product of two decimals is kept in 128 bits by some
-- engines, at a hundred times the price of one of doubles, which hold whole numbers exactly to 2^53.
with settings as (
    select settings_number, score_model, decay, min(as_of_date) as as_of_date
    from {{ ref('int_score_settings') }}
    group by settings_number, score_model, decay
),

event_weights as (
    select score_model, event_type, weight, daily_cap, window_cap, valid_from, valid_to
    from {{ ref('stg_settings__event_weights') }}
),

event_types as (
    select event_type, channel, is_active
    from {{ ref('stg_settings__event_types') }}
),

seen_types as (
    select event_type from {{ ref('int_customer_event_days') }}
    union distinct
    select event_type from event_types
),

weighted as (
    select
        settings.settings_number,
        settings.score_model,
        seen_types.event_type,
        coalesce(event_types.channel, 'other') as channel,
        coalesce(event_types.is_active, false) as is_active,
        event_types.event_type is not null as is_in_catalogue,
        event_weights.weight is not null as is_weighted,
        cast(coalesce(event_weights.weight, 0) as decimal(14, 4)) as weight,
        event_weights.daily_cap,
        event_weights.window_cap,
        settings.decay = 'none' and event_weights.window_cap is null as is_summed_by_day,
        cast(coalesce(event_weights.weight, 0) * 10000 as bigint) as weight_parts,
        cast(round(coalesce(event_weights.weight * event_weights.weight, 0), 6) * 1000000 as bigint) as square_parts
    from settings
    cross join seen_types
    left join event_types on seen_types.event_type = event_types.event_type
    left join event_weights
        on
            settings.score_model = event_weights.score_model
            and seen_types.event_type = event_weights.event_type
            and {{ in_force('event_weights', 'settings.as_of_date') }}
),

shortened as (
    select
        *,
        {{ power_of_ten_in('weight_parts', 6) }} as weight_zeros,
        {{ power_of_ten_in('square_parts', 8) }} as square_zeros
    from weighted
)

select
    cast(row_number() over (order by settings_number, event_type) as integer) as weight_number,
    settings_number,
    score_model,
    event_type,
    channel,
    is_active,
    is_in_catalogue,
    is_weighted,
    weight,
    daily_cap,
    window_cap,
    is_summed_by_day,
    cast(weight_parts / weight_zeros as {{ type_double() }}) as points_factor,
    cast(1000000 / weight_zeros as {{ type_double() }}) as points_divisor,
    cast(square_parts / square_zeros as {{ type_double() }}) as variance_factor,
    cast(100000000 / square_zeros as {{ type_double() }}) as variance_divisor
from shortened
