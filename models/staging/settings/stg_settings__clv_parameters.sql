with source as (
    select * from {{ ref('clv_parameters') }}
),

renamed as (
    select
        {{ clean_text('prediction_model') }} as prediction_model,
        {%- for parameter in ['r', 'alpha', 'a', 'b', 'p', 'q', 'v'] %}
        cast({{ parameter }} as decimal(18, 8)) as {{ parameter }},
        {%- endfor %}
        {{ clean_text('fitted_to', lower=false) }} as fitted_to,
        {{ closed_validity('valid_from', 'from') }} as valid_from,
        {{ closed_validity('valid_to', 'to') }} as valid_to
    from source
)

select * from renamed
