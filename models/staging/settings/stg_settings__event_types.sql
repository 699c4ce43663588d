with source as (
    select * from {{ ref('event_types') }}
),

renamed as (
    select
        lower(trim(event_type)) as event_type,
        trim(label) as label,
        lower(trim(channel)) as channel,
        lower(trim(initiator)) as initiator,
        cast(is_active as boolean) as is_active,
        cast(is_conversion as boolean) as is_conversion
    from source
)

select * from renamed
