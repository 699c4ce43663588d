{{ config(**partitioned_by(partition_date(), 'int_event_date_versions')) }}

with judged as (
    select * from {{ ref('int_judged_interactions') }}
),

dates_to_build as (
    {{ partitions_to_build(partition_date(), 'int_event_date_versions', done_in='int_interaction_counts') }}
)

select
    judged.source,
    judged.event_date,
    {%- for column in interaction_contract() %}
    judged.{{ column.name }},
    {%- endfor %}
    judged.rejection_reason,
    dates_to_build.inputs_version
from judged
inner join dates_to_build on {{ partition_date('judged.event_date') }} = dates_to_build.partition_date
where
    judged.rejection_reason <> 'erased_customer'
    and {{ of_dates_to_build(partition_date(), 'int_event_date_versions', done_in='int_interaction_counts') }}
