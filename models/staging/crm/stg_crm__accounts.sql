{{ behind_settings_check() }}

with source as (
    select * from {{ source('crm', 'crm_accounts') }}
),

renamed as (
    select
        -- ids
        account_id,

        -- what
        account_name,
        lower(trim(plan)) as plan,
        industry,
        upper(trim(country)) as country,
        employee_count,

        -- when
        created_at,
        loaded_at

    from source
)

select * from renamed
