{{ config(**connector_model('stg_amplitude__events')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('amplitude', 'events')) %}
{%- set event_type = event_key("replace(source.event_type, '[Amplitude] ', '')") %}
{%- set session_id = source_text(columns, ['session_id']) %}
with source as (
    select * from {{ source('amplitude', 'events') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['$insert_id', 'insert_id', '_insert_id', 'uuid']) }} as interaction_id,
        {{ customer_key(source_text(columns, ['user_id'])) }} as customer_id,
        {{ source_text(columns, ['device_id']) }} as anonymous_id,
        -- An event outside of a session has the session -1; another one's number is the time of its start.
        case
            when {{ session_id }} <> '-1'
                then coalesce({{ source_text(columns, ['device_id', 'user_id']) }} || '-', '') || {{ session_id }}
        end as session_id,
        {{ url_path(json_text('source.event_properties', '[Amplitude] Page Path')) }} as content_id,

        -- what
        case {{ event_type }}
            when 'page_viewed' then 'page_view'
            when 'screen_viewed' then 'screen_view'
            else {{ event_type }}
        end as event_type,

        -- when
        {{ source_time(columns, 'event_time', 'amplitude') }} as occurred_at,
        {{ source_time(columns, 'server_upload_time', 'amplitude') }} as loaded_at

    from source
)

select * from renamed
