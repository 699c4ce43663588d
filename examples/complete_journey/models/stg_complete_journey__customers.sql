-- When a household joined isn't recorded; null counts as known from its first interaction on.
with source as (
    select * from {{ source('complete_journey', 'customers') }}
),

renamed as (
    select
        -- ids
        customer_id,

        -- what
        case when kids_count = '0' then 'without kids' else 'with kids' end as customer_type,

        -- when
        cast(null as timestamp) as created_at

    from source
)

select * from renamed
