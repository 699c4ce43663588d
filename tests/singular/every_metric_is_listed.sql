-- A metric of a mart that has rows has rows in engagement_metrics. A mart of metrics that isn't to be listed
-- says why under its `config.meta.metrics`, as `left_out`; any other belongs in `listed_marts`.
{%- set listed = customer_engagement.listed_marts() | map(attribute='name') | list %}
{%- if not execute %}{% for name in listed %}{% do ref(name) %}{% endfor %}{% endif %}
with expected as (
    {% for node in graph.get('nodes', {}).values() if node.resource_type == 'model' and node.package_name == 'customer_engagement' -%}
    {% for metric in customer_engagement.metric_columns({'name': node.name, 'channel': none})
        if 'left_out' not in node.config.meta.get('metrics', {}) -%}
    select distinct '{{ metric.mart }}' as mart, '{{ metric.metric }}' as metric
    {%- if node.name in listed %}
    from {{ ref(node.name) }}
    where {{ metric.rows }}
    {%- endif %}
    union all
    {% endfor -%}
    {% endfor -%}
    select 'no mart' as mart, 'no metric' as metric
    where false
),

listed as (
    select distinct mart, metric
    from {{ ref('engagement_metrics') }}
)

select expected.mart, expected.metric
from expected
left join listed on expected.mart = listed.mart and expected.metric = listed.metric
where listed.metric is null
