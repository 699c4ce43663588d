with source as (
    select * from {{ ref('event_weights') }}
),

renamed as (
    select
        {{ clean_text('score_model') }} as score_model,
        {{ clean_text('event_type') }} as event_type,
        cast(weight as decimal(12, 4)) as weight,
        cast(daily_cap as integer) as daily_cap,
        cast(window_cap as integer) as window_cap,
        {{ closed_validity('valid_from', 'from') }} as valid_from,
        {{ closed_validity('valid_to', 'to') }} as valid_to
    from source
)

select * from renamed
