{{ config(materialized='view') }}
{{ behind_settings_check() }}

with settings as (
    select setting, setting_value
    from {{ ref('stg_settings__metric_settings') }}
)

select
    {%- for setting in metric_settings() %}
    max(case when setting = '{{ setting.name }}' then cast(setting_value as {{ setting.type }}) end) as {{ setting.name }},
    {%- endfor %}
    count(*) as setting_count
from settings
