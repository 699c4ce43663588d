with source as (
    select * from {{ ref('event_types') }}
),

renamed as (
    select
        {{ clean_text('event_type') }} as event_type,
        {{ clean_text('label', lower=false) }} as label,
        {{ clean_text('channel') }} as channel,
        {{ clean_text('initiator') }} as initiator,
        cast(is_active as boolean) as is_active,
        cast(is_conversion as boolean) as is_conversion,
        {{ clean_text('counts_as') }} as counts_as
    from source
)

select * from renamed
