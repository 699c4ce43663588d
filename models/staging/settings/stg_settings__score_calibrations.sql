with source as (
    select * from {{ ref('score_calibrations') }}
),

renamed as (
    select
        {{ clean_text('score_model') }} as score_model,
        cast(benchmark_value as decimal(18, 6)) as benchmark_value,
        {{ clean_text('reason', lower=false) }} as reason,
        {{ closed_validity('valid_from', 'from') }} as valid_from,
        {{ closed_validity('valid_to', 'to') }} as valid_to
    from source
)

select * from renamed
