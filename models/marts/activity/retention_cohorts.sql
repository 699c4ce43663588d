{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'retention_cohorts')) }}
-- Days 0 to 30 of the cohorts of the last 60 days; weeks and months 0 to 12 of all cohorts.
with windows as (
    select as_of_date, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'retention_cohorts'
),

periods as (
    select period_grain, periods_back, period_start, is_complete, is_whole, is_after_warm_up
    from {{ ref('int_periods') }}
),

counts as (
    select period_grain, cohort_periods_back, period_number, is_last_seen, plan, customers
    from {{ ref('int_cohort_counts') }}
),

summed as (
    {{ by_dimension('counts', ['period_grain', 'cohort_periods_back', 'period_number', 'is_last_seen'], ['customers'], ['plan']) }}
),

cohorts as (
    select
        summed.period_grain,
        summed.cohort_periods_back,
        summed.dimension,
        summed.dimension_value,
        periods.period_start as cohort_start,
        periods.is_after_warm_up,
        sum(summed.customers) as cohort_size
    from summed
    inner join periods
        on summed.period_grain = periods.period_grain and summed.cohort_periods_back = periods.periods_back
    where summed.period_number = 0 and periods.is_whole
    group by
        summed.period_grain,
        summed.cohort_periods_back,
        summed.dimension,
        summed.dimension_value,
        periods.period_start,
        periods.is_after_warm_up
),

-- Every period that has begun has a row; while it isn't over, its figures are null.
cells as (
    select cohorts.*, cohorts.cohort_periods_back - periods.periods_back as period_number, periods.is_complete
    from cohorts
    inner join periods
        on
            cohorts.period_grain = periods.period_grain
            and cohorts.cohort_periods_back >= periods.periods_back
            and cohorts.cohort_periods_back - periods.periods_back <= case cohorts.period_grain when 'day' then 30 else 12 end
),

retained as (
    select
        cells.period_grain,
        cells.dimension,
        cells.dimension_value,
        cells.cohort_start,
        cells.period_number,
        cells.is_complete,
        cells.is_after_warm_up,
        cells.cohort_size,
        case
            when cells.is_complete then sum(case when summed.period_number = cells.period_number then summed.customers else 0 end)
        end as retained_customers,
        case
            when cells.is_complete then sum(case when summed.is_last_seen then summed.customers else 0 end)
        end as retained_later_customers
    from cells
    left join summed
        on
            cells.period_grain = summed.period_grain
            and cells.cohort_periods_back = summed.cohort_periods_back
            and cells.dimension = summed.dimension
            and cells.dimension_value = summed.dimension_value
            and cells.period_number <= summed.period_number
    group by
        cells.period_grain,
        cells.dimension,
        cells.dimension_value,
        cells.cohort_start,
        cells.period_number,
        cells.is_complete,
        cells.is_after_warm_up,
        cells.cohort_size
)

select
    windows.as_of_date,
    retained.period_grain,
    retained.dimension,
    retained.dimension_value,
    retained.cohort_start,
    cast(retained.period_number as integer) as period_number,
    retained.is_after_warm_up,
    retained.is_complete,
    cast(retained.cohort_size as bigint) as cohort_size,
    cast(retained.retained_customers as bigint) as retained_customers,
    cast(retained.retained_later_customers as bigint) as retained_later_customers,
    {{ ratio('retained.retained_customers', 'retained.cohort_size') }} as retention_rate,
    {{ ratio('retained.retained_later_customers', 'retained.cohort_size') }} as unbounded_retention_rate,
    windows.inputs_version
from retained
cross join windows
