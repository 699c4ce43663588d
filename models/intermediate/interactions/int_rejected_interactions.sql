{{ config(**partitioned_by(partition_date(), 'int_event_date_versions')) }}

with judged as (
    select * from {{ ref('int_judged_interactions') }}
),

dates_to_build as (
    {{ partitions_to_build(partition_date(), 'int_event_date_versions') }}
    {%- set counted = stored_table('int_interaction_counts') if is_incremental() %}
    {%- if counted %}
    -- Without a rejected row a date leaves no trace here; the counts, built last, say that it was judged.
    and inputs_version not in (select inputs_version from {{ counted }})
    {%- endif %}
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
where judged.rejection_reason <> 'erased_customer'
