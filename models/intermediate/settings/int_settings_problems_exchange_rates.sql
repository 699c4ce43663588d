with exchange_rates as (
    select from_currency, to_currency, rate, valid_from, valid_to
    from {{ ref('stg_settings__exchange_rates') }}
),

checked as (
    select
        *,
        coalesce(from_currency, '(no currency)') as row_key,
        min(to_currency) over () as first_to_currency,
        {{ previous_validity('from_currency, to_currency') }} as previous_valid_to
    from exchange_rates
),

problems as (
    {{ settings_problems('checked', 'exchange_rates.csv', [
        ("from_currency is null", "the currency is empty: write one or delete the row."),
        ("to_currency is null", "to_currency is empty: write the currency that you report in."),
        ("to_currency <> first_to_currency", "the rows convert to more than one currency: write the one that you report in as to_currency of each."),
        ("rate is null or rate <= 0", "the rate isn't above 0: write what one unit of the currency is worth in the other."),
        ("from_currency = to_currency and rate <> 1", "a currency is worth 1 of itself: write 1, or delete the row."),
    ] + validity_checks()) }}
)

select seed_file, row_key, problem from problems
