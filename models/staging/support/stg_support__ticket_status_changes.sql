{{ behind_settings_check() }}

with source as (
    select * from {{ source('support', 'support_ticket_status_changes') }}
),

renamed as (
    select
        -- ids
        trim(change_id) as change_id,
        trim(ticket_id) as ticket_id,

        -- what
        lower(trim(status)) as status,

        -- when
        changed_at,
        loaded_at

    from source
)

select * from renamed
