{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'support_metrics')) }}
{%- set figures = ['opened', 'opened_by_customer', 'reopened', 'ratings', 'satisfied'] %}

with windows as (
    select as_of_date, window_days, window_start, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'support_metrics'
),

customers as (
    select as_of_date, window_days, dimension, dimension_value, active_customers
    from {{ ref('engagement_ratios') }}
    where total_basis = 'ever_active' and dimension in ('all', 'plan', 'country')
),

support_days as (
    select * from {{ ref('int_support_days') }}
),

days as (
    {{ by_dimension('support_days', ['counted_on', 'reached_on'], figures, ['plan', 'country']) }}
),

counted as (
    select
        windows.as_of_date,
        windows.window_days,
        days.dimension,
        {%- for figure in figures %}
        sum(days.{{ figure }}) as {{ figure }},
        {%- endfor %}
        days.dimension_value
    from windows
    inner join days
        on
            days.counted_on between windows.window_start and windows.as_of_date
            and windows.as_of_date >= days.reached_on
    group by windows.as_of_date, windows.window_days, days.dimension, days.dimension_value
),

backlog as (
    select * from {{ ref('int_support_backlog') }}
),

times as (
    select * from {{ ref('int_support_times') }}
),

-- Who opened no ticket has a row of zeros.
dimension_values as (
    select as_of_date, window_days, dimension, dimension_value from customers
    union distinct
    select as_of_date, window_days, dimension, dimension_value from counted
    union distinct
    select as_of_date, window_days, dimension, dimension_value from backlog
),

filled as (
    select
        windows.*,
        dimension_values.dimension,
        dimension_values.dimension_value,
        customers.active_customers,
        {%- for figure in figures %}
        cast(coalesce(counted.{{ figure }}, 0) as bigint) as {{ figure }},
        {%- endfor %}
        {%- for wait in ['first_reply', 'resolution'] %}
        cast(coalesce(times.{{ wait }}_tickets, 0) as bigint) as {{ wait }}_tickets,
        coalesce(times.{{ wait }}_seconds, 0) as {{ wait }}_seconds,
        times.median_{{ wait }}_seconds,
        {%- endfor %}
        cast(coalesce(backlog.open_tickets, 0) as bigint) as open_tickets
    from windows
    inner join dimension_values
        on
            windows.as_of_date = dimension_values.as_of_date
            and windows.window_days = dimension_values.window_days
    {%- for part in ['customers', 'counted', 'times', 'backlog'] %}
    left join {{ part }}
        on
            dimension_values.as_of_date = {{ part }}.as_of_date
            and dimension_values.window_days = {{ part }}.window_days
            and dimension_values.dimension = {{ part }}.dimension
            and dimension_values.dimension_value = {{ part }}.dimension_value
    {%- endfor %}
)

select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    is_complete_window,
    active_customers,
    opened as tickets_opened,
    opened_by_customer as tickets_by_customer,
    {{ ratio('opened', 'active_customers') }} as tickets_per_active_customer,
    reopened as reopened_tickets,
    {{ ratio('reopened', 'opened') }} as reopen_rate,
    {%- for wait, counted in [('first_reply', 'replied'), ('resolution', 'resolved')] %}
    {{ wait }}_tickets as {{ counted }}_tickets,
    {{ ratio(wait ~ '_seconds', '3600', 'decimal(18, 6)') }} as {{ wait }}_hours,
    {{ ratio(wait ~ '_seconds', '3600 * ' ~ wait ~ '_tickets', 'decimal(18, 6)') }} as mean_{{ wait }}_hours,
    {{ ratio('median_' ~ wait ~ '_seconds', '3600', 'decimal(18, 6)') }} as median_{{ wait }}_hours,
    {%- endfor %}
    ratings,
    satisfied as satisfied_ratings,
    {{ ratio('satisfied', 'ratings') }} as satisfaction_rate,
    open_tickets,
    inputs_version
from filled
