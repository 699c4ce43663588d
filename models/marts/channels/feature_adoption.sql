{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'feature_adoption')) }}
-- The features of a date are those that somebody used in its longest window, those that the seed
-- names, and (any), which stands for all together and is for everybody.
with windows as (
    select as_of_date, window_days, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'feature_adoption'
),

customers as (
    select as_of_date, dimension_value as plan, total_customers
    from {{ ref('int_metric_customers') }}
    where mart = 'feature_adoption' and dimension = 'plan'
),

entitlements as (
    select feature, plan
    from {{ ref('stg_settings__feature_entitlements') }}
),

restricted as (
    select distinct feature
    from entitlements
),

changes as (
    select window_days, changed_on, feature, coalesce(plan, '(none)') as plan, users, adopters, uses
    from {{ ref('int_product_use_changes') }}
    where mart = 'feature_adoption' and activity in ('any feature', 'feature')
),

-- Who uses a feature without being entitled to it is a user, and no adopter.
allowed_changes as (
    select
        changes.window_days,
        changes.changed_on,
        changes.feature,
        sum(changes.users) as feature_users,
        sum(case when restricted.feature is null or entitlements.feature is not null then changes.adopters else 0 end) as adopters,
        sum(changes.uses) as uses
    from changes
    left join restricted on changes.feature = restricted.feature
    left join entitlements on changes.feature = entitlements.feature and changes.plan = entitlements.plan
    group by changes.window_days, changes.changed_on, changes.feature
),

used as (
    select
        windows.as_of_date,
        windows.window_days,
        changes.feature,
        sum(changes.feature_users) as feature_users,
        sum(changes.adopters) as adopters,
        sum(changes.uses) as uses
    from windows
    inner join allowed_changes as changes
        on windows.window_days = changes.window_days and windows.as_of_date >= changes.changed_on
    group by windows.as_of_date, windows.window_days, changes.feature
),

features as (
    select as_of_date, feature from used
    where feature_users > 0
    union distinct
    select windows.as_of_date, restricted.feature
    from windows
    cross join restricted
    union distinct
    select as_of_date, '(any)' as feature from windows
),

entitled as (
    select features.as_of_date, features.feature, sum(customers.total_customers) as entitled_customers
    from features
    inner join customers on features.as_of_date = customers.as_of_date
    left join restricted on features.feature = restricted.feature
    left join entitlements on features.feature = entitlements.feature and customers.plan = entitlements.plan
    where restricted.feature is null or entitlements.feature is not null
    group by features.as_of_date, features.feature
),

counted as (
    select
        windows.*,
        features.feature,
        cast(coalesce(used.feature_users, 0) as bigint) as feature_users,
        cast(coalesce(used.uses, 0) as bigint) as uses,
        cast(coalesce(used.adopters, 0) as bigint) as adopters,
        cast(coalesce(entitled.entitled_customers, 0) as bigint) as entitled_customers
    from windows
    inner join features on windows.as_of_date = features.as_of_date
    left join used
        on windows.as_of_date = used.as_of_date and windows.window_days = used.window_days and features.feature = used.feature
    left join entitled on windows.as_of_date = entitled.as_of_date and features.feature = entitled.feature
)

select
    as_of_date,
    window_days,
    feature,
    is_complete_window,
    feature_users,
    uses,
    {{ ratio('uses', 'feature_users') }} as uses_per_user,
    adopters,
    entitled_customers,
    {{ ratio('adopters', 'entitled_customers') }} as adoption_rate,
    inputs_version
from counted
