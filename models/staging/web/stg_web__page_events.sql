{{ behind_settings_check() }}

with source as (
    select * from {{ source('web', 'web_page_events') }}
),

renamed as (
    select
        -- ids
        trim(event_id) as interaction_id,
        upper(trim(user_id)) as customer_id,
        trim(anonymous_id) as anonymous_id,
        session_id,
        page_path as content_id,

        -- what
        lower(trim(event_name)) as event_type,
        referrer,
        {{ is_bot_user_agent('user_agent') }} as is_bot,

        -- when
        {{ timestamp_from_text('occurred_at') }} as occurred_at,
        received_at as loaded_at

    from source
)

select * from renamed
