with contributions as (
    select as_of_date, score_model, customer_id, event_type, event_count
    from {{ ref('customer_score_contributions') }}
),

score_settings as (
    select as_of_date, score_model, window_days
    from {{ ref('int_score_settings') }}
),

windows as (
    select as_of_date, customer_id, event_type, window_days, event_count
    from {{ ref('int_customer_event_windows') }}
)

select contributions.*, windows.event_count as event_count_of_window
from contributions
inner join score_settings
    on
        contributions.as_of_date = score_settings.as_of_date
        and contributions.score_model = score_settings.score_model
left join windows
    on
        contributions.as_of_date = windows.as_of_date
        and contributions.customer_id = windows.customer_id
        and contributions.event_type = windows.event_type
        and score_settings.window_days = windows.window_days
where contributions.event_count <> coalesce(windows.event_count, 0)
