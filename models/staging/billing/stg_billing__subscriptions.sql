{{ behind_settings_check() }}

with source as (
    select * from {{ source('billing', 'billing_subscriptions') }}
),

renamed as (
    select
        -- ids
        subscription_id,
        account_id,

        -- what
        lower(trim(plan)) as plan,
        lower(trim(status)) as status,
        cast(mrr as decimal(18, 4)) as mrr,
        upper(trim(currency)) as currency,

        -- when
        started_on,
        ended_on,
        renewal_date,
        loaded_at

    from source
)

select * from renamed
