with judged as (
    select * from {{ ref('int_judged_interactions') }}
)

select
    source,
    event_date,
    {%- for column in interaction_contract() %}
    {{ column.name }},
    {%- endfor %}
    rejection_reason
from judged
where rejection_reason <> 'erased_customer'
