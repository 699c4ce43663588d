{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'customer_value')) }}
{{ behind_currency_check() }}
{%- set double = type_double() %}

with windows as (
    select as_of_date, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'customer_value' and window_days = 730
),

settings as (
    select gross_margin
    from {{ ref('int_metric_settings') }}
),

segments as (
    select * from {{ ref('stg_settings__rfm_segments') }}
),

lifetimes as (
    select * from {{ ref('int_expected_lifetimes') }}
),

buyers as (
    select
        *,
        cast(gross_revenue - refunded_revenue as decimal(28, 4)) as net_revenue,
        {{ days_between('last_order_on', 'as_of_date') }} as recency_days,
        {{ days_between('first_order_on', 'last_order_on') }} as days_from_first_to_last
    from {{ ref('int_buyers') }}
),

scored as (
    select
        *,
        6 - {{ quintile('recency_days', 'as_of_date') }} as recency_score,
        {{ quintile('orders', 'as_of_date') }} as frequency_score,
        {{ quintile('net_revenue', 'as_of_date') }} as monetary_score
    from buyers
),

valued as (
    select
        *,
        cast(floor((frequency_score + monetary_score + 1) / 2) as integer) as value_score
    from scored
)

select
    valued.as_of_date,
    valued.customer_id,
    valued.first_order_on,
    valued.last_order_on,
    cast(valued.recency_days as integer) as recency_days,
    cast(valued.orders as bigint) as orders,
    cast(valued.gross_revenue as decimal(28, 4)) as gross_revenue,
    cast(valued.refunded_revenue as decimal(28, 4)) as refunded_revenue,
    cast(valued.unmatched_refunds as decimal(28, 4)) as unmatched_refunds,
    valued.net_revenue,
    {{ ratio('valued.net_revenue', 'valued.orders', 'decimal(28, 4)') }} as average_order_value,
    cast(valued.orders_365_days as bigint) as orders_365_days,
    cast(valued.net_revenue_365_days as decimal(28, 4)) as net_revenue_365_days,
    valued.orders > 1 as is_repeat,
    {{ ratio('valued.days_from_first_to_last', 'valued.orders - 1', 'decimal(18, 6)') }} as mean_days_between_orders,
    valued.median_days_between_orders,
    valued.recency_score,
    valued.frequency_score,
    valued.monetary_score,
    valued.value_score,
    {%- for score in ['recency_score', 'frequency_score', 'monetary_score'] %}
    cast(valued.{{ score }} as {{ dbt.type_string() }}) {{ 'as rfm_score,' if loop.last else '||' }}
    {%- endfor %}
    segments.segment as rfm_segment,
    valued.net_revenue as historical_lifetime_value,
    lifetimes.buyer_churn_rate,
    windows.is_complete_window as is_complete_churn_window,
    lifetimes.expected_lifetime_years,
    cast(
        cast(valued.net_revenue as {{ double }}) / valued.orders * valued.orders_365_days
        * settings.gross_margin * lifetimes.expected_lifetime_years as decimal(28, 4)
    ) as predicted_lifetime_value,
    windows.inputs_version
from valued
inner join windows on valued.as_of_date = windows.as_of_date
cross join settings
left join lifetimes on valued.as_of_date = lifetimes.as_of_date
left join segments
    on
        valued.recency_score between segments.recency_score_from and segments.recency_score_to
        and valued.value_score between segments.value_score_from and segments.value_score_to
