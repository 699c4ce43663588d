{{ config(enabled=channel_is_on('email')) }}
{%- set figures = [
    'bounced_messages', 'opened_messages', 'raw_opened_messages', 'clicked_messages', 'converted_messages',
    'unsubscribed_messages', 'complained_messages',
] %}
-- Every message has one plan, country and campaign: each dimension's rows sum to the whole.
with sums as (
    select
        as_of_date,
        window_days,
        sum(delivered_messages) as delivered_messages,
        {%- for figure in figures %}
        sum({{ figure }}) as {{ figure }},
        {%- endfor %}
        dimension
    from {{ ref('email_metrics') }}
    group by as_of_date, window_days, dimension
),

dimensions as (
    select 'plan' as dimension
    union all
    select 'country' as dimension
    union all
    select 'campaign' as dimension
),

whole as (
    select sums.*, dimensions.dimension as compared_dimension
    from sums
    cross join dimensions
    where sums.dimension = 'all'
)

select whole.as_of_date, whole.window_days, whole.compared_dimension
from whole
left join sums as parts
    on
        whole.as_of_date = parts.as_of_date
        and whole.window_days = parts.window_days
        and whole.compared_dimension = parts.dimension
where
    coalesce(parts.delivered_messages, 0) <> whole.delivered_messages
    {%- for figure in figures %}
    or coalesce(parts.{{ figure }}, 0) <> whole.{{ figure }}
    {%- endfor %}
