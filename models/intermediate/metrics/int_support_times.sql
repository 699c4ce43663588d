{{ config(materialized=shared_step()) }}
{%- set waits = ['first_reply', 'resolution'] %}
with windows as (
    select as_of_date, window_days, window_start
    from {{ ref('int_metric_windows') }}
    where mart = 'support_metrics'
),

waits as (
    select
        windows.as_of_date,
        windows.window_days,
        'first_reply' as wait,
        tickets.plan,
        tickets.country,
        tickets.customer_id,
        tickets.ticket_id,
        tickets.first_reply_seconds as wait_seconds
    from windows
    inner join {{ ref('int_support_tickets') }} as tickets
        on
            tickets.opened_on between windows.window_start and windows.as_of_date
            and windows.as_of_date >= tickets.first_replied_on
    union all
    select
        windows.as_of_date,
        windows.window_days,
        'resolution' as wait,
        resolutions.plan,
        resolutions.country,
        resolutions.customer_id,
        resolutions.ticket_id,
        resolutions.resolution_seconds as wait_seconds
    from windows
    inner join {{ ref('int_support_resolutions') }} as resolutions
        on
            resolutions.opened_on between windows.window_start and windows.as_of_date
            and windows.as_of_date >= resolutions.resolved_on
            and (resolutions.reopened_on is null or windows.as_of_date < resolutions.reopened_on)
),

split as (
    {% for dimension, value in [('all', "'all'"), ('plan', "coalesce(plan, '(none)')"), ('country', "coalesce(country, '(none)')")] -%}
    select waits.*, '{{ dimension }}' as dimension, {{ value }} as dimension_value
    from waits
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

placed as (
    select
        *,
        row_number() over (
            partition by as_of_date, window_days, dimension, dimension_value, wait
            order by wait_seconds, customer_id, ticket_id
        ) as place,
        count(*) over (partition by as_of_date, window_days, dimension, dimension_value, wait) as places
    from split
)

select
    as_of_date,
    window_days,
    dimension,
    {%- for wait in waits %}
    {%- set seconds = "case when wait = '" ~ wait ~ "' then wait_seconds end" %}
    count({{ seconds }}) as {{ wait }}_tickets,
    sum({{ seconds }}) as {{ wait }}_seconds,
    {{ median_of_places(seconds, 'place', 'places') }} as median_{{ wait }}_seconds,
    {%- endfor %}
    dimension_value
from placed
group by as_of_date, window_days, dimension, dimension_value
