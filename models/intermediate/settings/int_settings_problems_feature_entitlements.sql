with entitlements as (
    select feature, plan
    from {{ ref('stg_settings__feature_entitlements') }}
),

checked as (
    select
        *,
        coalesce(feature, '(no feature)') || ' / ' || coalesce(plan, '(no plan)') as row_key,
        count(*) over (partition by feature, plan) as rows_of_key
    from entitlements
),

problems as (
    {{ settings_problems('checked', 'feature_entitlements.csv', [
        ("feature is null", "the feature is empty: write one or delete the row."),
        ("feature = '(any)'", "(any) stands for all features together: name the feature, or delete the row."),
        ("plan is null", "the plan is empty: write one, or (none) for customers without a plan."),
        ("rows_of_key > 1", "the feature and plan stand in more than one row: keep one."),
    ]) }}
)

select seed_file, row_key, problem from problems
