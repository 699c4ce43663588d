with source as (
    select * from {{ ref('score_bands') }}
),

renamed as (
    select
        {{ clean_text('band') }} as band,
        cast(band_rank as integer) as band_rank,
        cast(lower_bound as decimal(18, 6)) as lower_bound,
        cast(upper_bound as decimal(18, 6)) as upper_bound,
        cast(margin as decimal(18, 6)) as margin,
        cast(dwell_days as integer) as dwell_days,
        {{ clean_text('color', lower=false) }} as color,
        {{ closed_validity('valid_from', 'from') }} as valid_from,
        {{ closed_validity('valid_to', 'to') }} as valid_to
    from source
)

select * from renamed
