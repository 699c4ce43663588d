with source as (
    select * from {{ ref('excluded_customers') }}
),

renamed as (
    select
        trim(cast(customer_id as {{ dbt.type_string() }})) as customer_id,
        lower(trim(reason)) as reason
    from source
)

select * from renamed
