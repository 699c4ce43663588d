with source as (
    select * from {{ ref('feature_entitlements') }}
),

renamed as (
    select
        {{ clean_text('feature', lower=false) }} as feature,
        {{ clean_text('plan', lower=false) }} as plan
    from source
)

select * from renamed
