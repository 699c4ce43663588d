with contributions as (
    select contributions.as_of_date, contributions.customer_id, contributions.event_type, contributions.event_count, settings.window_days
    from {{ ref('customer_score_contributions') }} as contributions
    inner join {{ ref('int_score_settings') }} as settings
        on
            contributions.as_of_date = settings.as_of_date
            and contributions.score_model = settings.score_model
),

windows as (
    select as_of_date, customer_id, event_type, window_days, event_count
    from {{ ref('int_customer_event_windows') }}
)

select contributions.*, windows.event_count as event_count_of_window
from contributions
left join windows
    on
        contributions.as_of_date = windows.as_of_date
        and contributions.customer_id = windows.customer_id
        and contributions.event_type = windows.event_type
        and contributions.window_days = windows.window_days
where contributions.event_count <> coalesce(windows.event_count, 0)
