{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'survey_metrics')) }}
{%- set figures = ['promoters', 'passives', 'detractors', 'responses', 'unscored_responses', 'invalid_responses'] %}
{%- set enough_respondents = 'case when summed.respondents >= settings.minimum_survey_responses then summed.respondents end' %}

with windows as (
    select as_of_date, window_days, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'survey_metrics'
),

changes as (
    select * from {{ ref('int_survey_changes') }}
),

settings as (
    select minimum_survey_responses
    from {{ ref('int_metric_settings') }}
),

answered as (
    select
        windows.as_of_date,
        windows.window_days,
        changes.dimension,
        {%- for figure in figures %}
        sum(changes.{{ figure }}) as {{ figure }},
        {%- endfor %}
        changes.dimension_value
    from windows
    inner join changes on windows.window_days = changes.window_days and windows.as_of_date >= changes.changed_on
    group by windows.as_of_date, windows.window_days, changes.dimension, changes.dimension_value
),

-- A survey has a row while somebody answered or opened it in the window; of customers, all have one.
dimension_values as (
    select windows.as_of_date, windows.window_days, customers.dimension, customers.dimension_value
    from windows
    inner join {{ ref('int_metric_customers') }} as customers on windows.as_of_date = customers.as_of_date
    where customers.mart = 'survey_metrics'
    union all
    select as_of_date, window_days, dimension, dimension_value
    from answered
    where dimension = 'survey' and responses + unscored_responses + invalid_responses > 0
),

counted as (
    select
        windows.*,
        dimension_values.dimension,
        {%- for figure in figures %}
        cast(coalesce(answered.{{ figure }}, 0) as bigint) as {{ figure }},
        {%- endfor %}
        dimension_values.dimension_value
    from windows
    inner join dimension_values
        on windows.as_of_date = dimension_values.as_of_date and windows.window_days = dimension_values.window_days
    left join answered
        on
            dimension_values.as_of_date = answered.as_of_date
            and dimension_values.window_days = answered.window_days
            and dimension_values.dimension = answered.dimension
            and dimension_values.dimension_value = answered.dimension_value
),

summed as (
    select
        *,
        promoters + passives + detractors as respondents,
        promoters - detractors as net_promoters
    from counted
),

scored as (
    select
        summed.*,
        {{ ratio('100 * summed.net_promoters', enough_respondents, 'decimal(18, 6)') }} as nps,
        {{ nps_standard_error('summed.promoters', 'summed.detractors', enough_respondents) }} as nps_standard_error
    from summed
    cross join settings
)

select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    is_complete_window,
    responses,
    unscored_responses,
    invalid_responses,
    respondents,
    promoters,
    passives,
    detractors,
    net_promoters,
    nps,
    nps_standard_error,
    cast(case when nps is not null then greatest(nps - 1.96 * nps_standard_error, -100) end as decimal(18, 6)) as nps_low,
    cast(case when nps is not null then least(nps + 1.96 * nps_standard_error, 100) end as decimal(18, 6)) as nps_high,
    inputs_version
from scored
