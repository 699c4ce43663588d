with source as (
    select * from {{ ref('score_models') }}
),

renamed as (
    select
        {{ clean_text('score_model') }} as score_model,
        cast(priority as integer) as priority,
        {{ clean_text('attribute_name') }} as attribute_name,
        {{ clean_text('attribute_value', lower=false) }} as attribute_value,
        cast(window_days as integer) as window_days,
        {{ clean_text('decay') }} as decay,
        cast(half_life_days as integer) as half_life_days,
        cast(decay_days as integer) as decay_days,
        cast(minimum_events as integer) as minimum_events,
        cast(minimum_tenure_days as integer) as minimum_tenure_days,
        {{ clean_text('benchmark_type') }} as benchmark_type,
        cast(benchmark_value as decimal(18, 6)) as benchmark_value,
        cast(benchmark_percentile as decimal(9, 4)) as benchmark_percentile,
        cast(good_from_index as decimal(18, 6)) as good_from_index,
        {{ closed_validity('valid_from', 'from') }} as valid_from,
        {{ closed_validity('valid_to', 'to') }} as valid_to
    from source
)

select * from renamed
