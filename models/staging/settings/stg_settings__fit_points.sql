with source as (
    select * from {{ ref('fit_points') }}
),

renamed as (
    select
        {{ clean_text('attribute_name') }} as attribute_name,
        {{ clean_text('attribute_value', lower=false) }} as attribute_value,
        cast(size_from as integer) as size_from,
        cast(size_to as integer) as size_to,
        cast(fit_points as decimal(18, 6)) as fit_points,
        {{ closed_validity('valid_from', 'from') }} as valid_from,
        {{ closed_validity('valid_to', 'to') }} as valid_to
    from source
)

select * from renamed
