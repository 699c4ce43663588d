{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'loyalty_metrics')) }}
{%- set kinds = ['points_issued', 'points_redeemed', 'points_expired'] %}

with windows as (
    select as_of_date, window_days, window_start, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'loyalty_metrics'
),

customers as (
    select as_of_date, dimension, dimension_value, total_customers
    from {{ ref('int_metric_customers') }}
    where mart = 'loyalty_metrics'
),

changes as (
    select * from {{ ref('int_loyalty_changes') }}
),

changes_by_dimension as (
    {{ by_dimension('changes', ['changed_on'], ['members'] + kinds, ['plan', 'country']) }}
),

-- What has happened up to the date, and the part of it in the window.
ledger as (
    select
        windows.as_of_date,
        windows.window_days,
        changes.dimension,
        changes.dimension_value,
        {%- for kind in kinds %}
        sum(case when changes.changed_on >= windows.window_start then changes.{{ kind }} else 0 end) as {{ kind }},
        {%- endfor %}
        sum(changes.members) as members,
        sum(changes.points_issued - changes.points_redeemed - changes.points_expired) as points_outstanding
    from windows
    inner join changes_by_dimension as changes on windows.as_of_date >= changes.changed_on
    group by windows.as_of_date, windows.window_days, changes.dimension, changes.dimension_value
),

participant_changes as (
    select * from {{ ref('int_loyalty_participants') }}
),

participants_by_dimension as (
    {{ by_dimension('participant_changes', ['window_days', 'changed_on'], ['participating_members'], ['plan', 'country']) }}
),

participants as (
    select
        windows.as_of_date,
        windows.window_days,
        changes.dimension,
        changes.dimension_value,
        sum(changes.participating_members) as participating_members
    from windows
    inner join participants_by_dimension as changes
        on windows.window_days = changes.window_days and windows.as_of_date >= changes.changed_on
    group by windows.as_of_date, windows.window_days, changes.dimension, changes.dimension_value
),

counted as (
    select
        windows.*,
        customers.dimension,
        customers.dimension_value,
        customers.total_customers,
        cast(coalesce(ledger.members, 0) as bigint) as members,
        cast(coalesce(participants.participating_members, 0) as bigint) as participating_members,
        {%- for figure in kinds %}
        cast(coalesce(ledger.{{ figure }}, 0) as decimal(28, 4)) as {{ figure }},
        {%- endfor %}
        cast(coalesce(ledger.points_outstanding, 0) as decimal(28, 4)) as points_outstanding
    from windows
    inner join customers on windows.as_of_date = customers.as_of_date
    {%- for relation in ['ledger', 'participants'] %}
    left join {{ relation }}
        on
            customers.as_of_date = {{ relation }}.as_of_date
            and windows.window_days = {{ relation }}.window_days
            and customers.dimension = {{ relation }}.dimension
            and customers.dimension_value = {{ relation }}.dimension_value
    {%- endfor %}
)

select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    is_complete_window,
    total_customers,
    members,
    {{ ratio('members', 'total_customers') }} as enrolment_rate,
    participating_members,
    {{ ratio('participating_members', 'members') }} as participation_rate,
    points_issued,
    points_redeemed,
    points_expired,
    {{ ratio('points_redeemed', 'points_issued') }} as redemption_rate,
    {{ ratio('points_expired', 'points_issued') }} as breakage_rate,
    points_outstanding,
    inputs_version
from counted
