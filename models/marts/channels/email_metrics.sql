{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'email_metrics')) }}
{%- set figures = [
    'delivered', 'bounced', 'opened', 'raw_opened', 'clicked', 'converted', 'unsubscribed', 'complained',
    'repeated', 'repeated_in_campaign',
] %}

with windows as (
    select as_of_date, window_days, window_start, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'email_metrics'
),

email_days as (
    select * from {{ ref('int_email_days') }}
),

days as (
    {{ by_dimension('email_days', ['sent_on', 'reached_on'], figures, ['plan', 'country', 'campaign']) }}
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
            days.sent_on between windows.window_start and windows.as_of_date
            and windows.as_of_date >= days.reached_on
    group by windows.as_of_date, windows.window_days, days.dimension, days.dimension_value
),

-- Who got no message has a row of zeros; a campaign has one while a message of it is in the window.
dimension_values as (
    select as_of_date, window_days, dimension, dimension_value
    from {{ ref('engagement_ratios') }}
    where total_basis = 'ever_active' and dimension in ('all', 'plan', 'country')
    union distinct
    select as_of_date, window_days, dimension, dimension_value
    from counted
),

filled as (
    select
        windows.*,
        dimension_values.dimension,
        {%- for figure in figures %}
        cast(coalesce(counted.{{ figure }}, 0) as bigint) as {{ figure }}_messages,
        {%- endfor %}
        dimension_values.dimension_value
    from windows
    inner join dimension_values
        on
            windows.as_of_date = dimension_values.as_of_date
            and windows.window_days = dimension_values.window_days
    left join counted
        on
            dimension_values.as_of_date = counted.as_of_date
            and dimension_values.window_days = counted.window_days
            and dimension_values.dimension = counted.dimension
            and dimension_values.dimension_value = counted.dimension_value
)

-- Of several messages to one recipient, the last one of the window stands for the recipient.
select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    is_complete_window,
    delivered_messages,
    bounced_messages,
    delivered_messages + bounced_messages as sent_messages,
    opened_messages,
    raw_opened_messages,
    clicked_messages,
    converted_messages,
    unsubscribed_messages,
    complained_messages,
    delivered_messages - case when dimension = 'campaign' then repeated_in_campaign_messages else repeated_messages end as recipients,
    {{ ratio('opened_messages', 'delivered_messages') }} as open_rate,
    {{ ratio('raw_opened_messages', 'delivered_messages') }} as raw_open_rate,
    {{ ratio('clicked_messages', 'delivered_messages') }} as click_rate,
    {{ ratio('clicked_messages', 'opened_messages') }} as click_to_open_rate,
    {{ ratio('converted_messages', 'delivered_messages') }} as conversion_rate,
    {{ ratio('bounced_messages', 'delivered_messages + bounced_messages') }} as bounce_rate,
    {{ ratio('unsubscribed_messages', 'delivered_messages') }} as unsubscribe_rate,
    {{ ratio('complained_messages', 'delivered_messages') }} as complaint_rate,
    inputs_version
from filled
