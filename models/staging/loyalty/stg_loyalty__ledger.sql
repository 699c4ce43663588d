{{ behind_settings_check() }}

with source as (
    select * from {{ source('loyalty', 'loyalty_ledger') }}
),

renamed as (
    select
        -- ids
        trim(entry_id) as interaction_id,
        upper(trim(member_id)) as customer_id,
        order_id as content_id,

        -- what
        'loyalty_' || nullif(lower(trim(entry_type)), '') as event_type,
        cast(points as decimal(18, 4)) as quantity,

        -- when
        created_at as occurred_at,
        loaded_at

    from source
)

select * from renamed
