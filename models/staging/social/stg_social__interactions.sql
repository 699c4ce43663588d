{{ behind_settings_check() }}

with source as (
    select * from {{ source('social', 'social_interactions') }}
),

renamed as (
    select
        -- ids
        trim(interaction_id) as interaction_id,
        upper(trim(customer_id)) as customer_id,
        post_id as content_id,

        -- what
        'social_' || nullif(lower(trim(interaction_type)), '') as event_type,
        lower(trim(network)) as network,

        -- when
        created_at as occurred_at,
        loaded_at

    from source
)

select * from renamed
