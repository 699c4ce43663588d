{{ behind_settings_check() }}

with source as (
    select * from {{ source('crm', 'crm_customers') }}
),

renamed as (
    select
        -- ids
        upper(trim(customer_id)) as customer_id,
        account_id,

        -- what
        upper(trim(country)) as country,
        lower(trim(customer_type)) as customer_type,

        -- when
        created_at,
        loaded_at

    from source
)

select * from renamed
