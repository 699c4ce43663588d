{{ config(enabled=sample_is_on('support')) }}
{{ behind_settings_check() }}

with source as (
    select * from {{ source('support', 'support_ticket_status_changes') }}
),

renamed as (
    select
        -- ids
        change_id,
        ticket_id,

        -- what
        lower(trim(status)) as status,

        -- when
        changed_at,
        loaded_at

    from source
)

select * from renamed
