{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'ratios')) }}
-- The activity columns repeat on the three window rows of a date: filter one window before adding.
with totals as (
    select * from {{ ref('int_total_customers') }}
),

changes as (
    select * from {{ ref('int_active_customer_changes') }}
),

dates_to_build as (
    select as_of_date, data_starts_on, inputs_version
    from {{ ref('int_ratio_dates_to_build') }}
),

-- A change counts on every later day, so the sum of 30 daily counts is one weighted sum of changes.
active as (
    select
        dates_to_build.as_of_date,
        changes.total_basis,
        changes.dimension,
        changes.dimension_value,
        {%- for window_days in [1, 7, 30] %}
        sum(case when changes.window_days = {{ window_days }} then changes.customer_change end) as active_{{ window_days }},
        {%- endfor %}
        sum(case
            when changes.window_days = 1
                then changes.customer_change * least(30, {{ days_between('changes.changed_on', 'dates_to_build.as_of_date') }} + 1)
        end) as daily_active_sum
    from dates_to_build
    inner join changes on dates_to_build.as_of_date >= changes.changed_on
    group by dates_to_build.as_of_date, changes.total_basis, changes.dimension, changes.dimension_value
),

counted as (
    select
        totals.as_of_date,
        totals.total_basis,
        totals.dimension,
        totals.dimension_value,
        totals.total_customers,
        coalesce(active.active_1, 0) as active_1,
        coalesce(active.active_7, 0) as active_7,
        coalesce(active.active_30, 0) as active_30,
        coalesce(active.daily_active_sum, 0) as daily_active_sum
    from totals
    left join active
        on
            totals.as_of_date = active.as_of_date
            and totals.total_basis = active.total_basis
            and totals.dimension = active.dimension
            and totals.dimension_value = active.dimension_value
    union all
    select
        as_of_date,
        total_basis,
        dimension,
        dimension_value,
        total_customers,
        active_1,
        active_7,
        active_30,
        daily_active_sum
    from {{ ref('int_account_activity') }}
),

activity as (
    select
        counted.*,
        dates_to_build.inputs_version,
        {{ days_between('dates_to_build.data_starts_on', 'counted.as_of_date') }} + 1 as days_of_data
    from counted
    inner join dates_to_build on counted.as_of_date = dates_to_build.as_of_date
),

averaged as (
    select
        *,
        case when days_of_data >= 1 then active_1 end as dau,
        case when days_of_data >= 7 then active_7 end as wau,
        case when days_of_data >= 30 then active_30 end as mau,
        {{ ratio('case when days_of_data >= 30 then daily_active_sum end', '30', 'decimal(18, 6)') }} as mean_dau
    from activity
),

windowed as (
    {% for window_days in [1, 7, 30] -%}
    select
        *,
        {{ window_days }} as window_days,
        active_{{ window_days }} as active_customers
    from averaged
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    as_of_date,
    window_days,
    total_basis,
    dimension,
    dimension_value,
    cast(active_customers as bigint) as active_customers,
    total_customers,
    {{ ratio('active_customers', 'total_customers') }} as active_ratio,
    days_of_data >= window_days as is_complete_window,
    cast(dau as bigint) as dau,
    cast(wau as bigint) as wau,
    cast(mau as bigint) as mau,
    mean_dau,
    {{ ratio('mean_dau', 'mau') }} as stickiness,
    {{ ratio('dau', 'wau') }} as dau_wau_ratio,
    {{ ratio('wau', 'mau') }} as wau_mau_ratio,
    inputs_version
from windowed
