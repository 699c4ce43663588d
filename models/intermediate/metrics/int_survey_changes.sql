{{ config(materialized=shared_step()) }}
{%- set figures = ['promoters', 'passives', 'detractors', 'responses', 'unscored_responses', 'invalid_responses'] %}
{%- set latest_of = {'customer': 'customer_id', 'survey': 'customer_id, survey'} %}
-- A score stands from its date until the customer's next one, and leaves the window after
-- window_days at the latest; for the row of a survey, until the next score in the same survey. So
-- the customers of each kind are a sum of changes.
with windows as (
    select distinct window_days
    from {{ ref('int_metric_windows') }}
    where mart = 'survey_metrics'
),

responses as (
    select *, answer in ('promoters', 'passives', 'detractors') as is_scored
    from {{ ref('int_survey_responses') }}
),

scores as (
    select
        *,
        {%- for name, key in latest_of.items() %}
        lead(event_date) over (
            partition by {{ key }} order by event_date, occurred_at, loaded_at, source, interaction_id
        ) as next_of_{{ name }}_on,
        {%- endfor %}
        answer as figure
    from responses
    where is_scored
),

stays as (
    {% for name in latest_of -%}
    select '{{ name }}' as latest_of, plan, country, survey, event_date, figure, next_of_{{ name }}_on as replaced_on
    from scores
    union all
    select
        '{{ name }}' as latest_of,
        plan,
        country,
        survey,
        event_date,
        case when is_scored then 'responses' else answer end as figure,
        cast(null as date) as replaced_on
    from responses
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

ends as (
    select stays.*, windows.window_days, {{ date_plus('windows.window_days', 'stays.event_date') }} as leaves_on
    from stays
    cross join windows
),

moves as (
    select latest_of, plan, country, survey, window_days, figure, event_date as changed_on, 1 as figure_change
    from ends
    union all
    select
        latest_of,
        plan,
        country,
        survey,
        window_days,
        figure,
        least(leaves_on, coalesce(replaced_on, leaves_on)) as changed_on,
        -1 as figure_change
    from ends
),

changes as (
    select
        latest_of,
        plan,
        country,
        survey,
        window_days,
        {%- for figure in figures %}
        sum(case when figure = '{{ figure }}' then figure_change else 0 end) as {{ figure }},
        {%- endfor %}
        changed_on
    from moves
    group by latest_of, plan, country, survey, window_days, changed_on
),

changes_of_customers as (
    select * from changes
    where latest_of = 'customer'
),

by_customer as (
    {{ by_dimension('changes_of_customers', ['window_days', 'changed_on'], figures, ['plan', 'country']) }}
)

select window_days, changed_on, dimension, {{ figures | join(', ') }}, dimension_value
from by_customer
union all
select
    window_days,
    changed_on,
    'survey' as dimension,
    {%- for figure in figures %}
    sum({{ figure }}) as {{ figure }},
    {%- endfor %}
    survey as dimension_value
from changes
where latest_of = 'survey'
group by window_days, changed_on, survey
