with source as (
    select * from {{ ref('metric_settings') }}
),

renamed as (
    select
        {{ clean_text('setting') }} as setting,
        cast(value as decimal(18, 6)) as setting_value
    from source
)

select * from renamed
