with source as (
    select * from {{ source('online_retail', 'invoice_lines') }}
),

renamed as (
    select
        -- ids
        cast(event_id as {{ dbt.type_string() }}) as line_id,
        session_id as invoice_id,
        customer_id,

        -- what
        event_type,
        cast(value as decimal(18, 4)) as amount,

        -- when
        occurred_at

    from source
)

select * from renamed
