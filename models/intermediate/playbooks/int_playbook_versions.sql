-- Occasions look back on the kept date before (none on the first), actions on all kept dates.
with kept_dates as (
    select partition_date, inputs_version, lag(inputs_version) over (order by partition_date) as previous_version
    from {{ ref('int_as_of_date_versions') }}
    where reach = 'playbooks'
),

metric_settings as (
    select {{ rows_as_text(['setting', 'setting_value']) }} as metric_settings_version
    from {{ ref('stg_settings__metric_settings') }}
),

history as (
    select max(partition_date) as partition_date, {{ sum_of_hashes('inputs_version') }} as history_version
    from kept_dates
    having count(*) > 0
)

select
    'playbook_occasions' as reach,
    partition_date,
    {{ version_hash(row_as_text(['inputs_version', 'previous_version'])) }} as inputs_version
from kept_dates
{% for mart in ['playbook_actions', 'playbook_queue', 'playbook_results'] -%}
union all
select
    '{{ mart }}' as reach,
    history.partition_date,
    {{ version_hash(
        row_as_text(['history_version', 'metric_settings_version']) ~ " || '" ~ models_version([mart]) ~ "'"
    ) }} as inputs_version
from history
cross join metric_settings
{% endfor %}
