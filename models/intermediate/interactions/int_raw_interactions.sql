{{ config(materialized='view') }}
{{ behind_settings_check() }}
-- The door: the one place where the models of the interaction contract come in.

with raw_interactions as (
    {% for model_name in interaction_models() -%}
    select
        cast('{{ model_name }}' as {{ dbt.type_string() }}) as source,
        {{- contract_columns(model_name, interaction_contract()) }}
    from {{ ref(model_name) }}
    {{ 'union all' if not loop.last }}
    {% else -%}
    select
        cast(null as {{ dbt.type_string() }}) as source,
        {{- contract_columns(none, interaction_contract()) }}
    from {{ ref('int_settings_problems') }}
    where false
    {% endfor %}
)

-- Keys are tidied as those of the seeds are, so that white space or case never splits one in two.
select
    source,
    {{ clean_text('interaction_id', lower=false) }} as interaction_id,
    {{ clean_text('customer_id', lower=false) }} as customer_id,
    {{ clean_text('event_type') }} as event_type,
    {{ clean_text('anonymous_id', lower=false) }} as anonymous_id,
    {%- for column in interaction_contract() if column.name not in ('interaction_id', 'customer_id', 'event_type', 'anonymous_id') %}
    {{ column.name }},
    {%- endfor %}
    {{ reporting_date('occurred_at') }} as event_date
from raw_interactions
