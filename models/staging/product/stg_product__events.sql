{{ behind_settings_check() }}

with source as (
    select * from {{ source('product', 'product_events') }}
),

renamed as (
    select
        -- ids
        trim(event_id) as interaction_id,
        upper(trim(user_id)) as customer_id,
        account_id,
        feature_name as content_id,

        -- what
        lower(trim(event_name)) as event_type,
        cast(quantity as decimal(18, 4)) as quantity,

        -- when
        occurred_at,
        loaded_at

    from source
)

select * from renamed
