with source as (
    select * from {{ ref('excluded_customers') }}
),

renamed as (
    select
        {{ clean_text('customer_id', lower=false) }} as customer_id,
        {{ clean_text('reason') }} as reason
    from source
)

select * from renamed
