with judged as (
    select * from {{ ref('int_judged_interactions') }}
)

select
    source,
    event_date,
    rejection_reason,
    {%- for column in interaction_contract() %}
    {{ column.name }}{{ ',' if not loop.last }}
    {%- endfor %}
from judged
where rejection_reason <> 'erased_customer'
