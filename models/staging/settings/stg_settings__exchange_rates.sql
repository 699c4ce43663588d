with source as (
    select * from {{ ref('exchange_rates') }}
),

renamed as (
    select
        upper({{ clean_text('from_currency', lower=false) }}) as from_currency,
        upper({{ clean_text('to_currency', lower=false) }}) as to_currency,
        cast(rate as decimal(18, 8)) as rate,
        {{ closed_validity('valid_from', 'from') }} as valid_from,
        {{ closed_validity('valid_to', 'to') }} as valid_to
    from source
)

select * from renamed
