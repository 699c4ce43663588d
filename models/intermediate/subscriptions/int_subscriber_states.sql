{{ config(materialized=shared_step()) }}
-- Both ends of a window are worth what the rates of its as-of date say, so that a rate's move is no
-- growth: a state is told for each range of as-of dates with the same rates.
{%- set subscriber = 'subscriber_type, subscriber_id' %}
with windows as (
    select
        {{ date_plus(-1, 'min(window_start)') }} as reads_from,
        min(as_of_date) as first_as_of_date,
        max(as_of_date) as last_as_of_date
    from {{ ref('int_metric_windows') }}
    where mart = 'subscription_metrics'
),

rates as (
    select from_currency, to_currency, rate, valid_from, valid_to
    from {{ ref('stg_settings__exchange_rates') }}
),

reporting as (
    select max(to_currency) as reporting_currency from rates
),

rate_spans as (
    select valid_on, {{ date_plus(-1, 'lead(valid_on) over (order by valid_on)') }} as valid_until
    from ({{ validity_edges('rates') }}) as edges
),

rated as (
    select
        windows.reads_from,
        windows.last_as_of_date,
        greatest(rate_spans.valid_on, windows.first_as_of_date) as rated_from,
        least(coalesce(rate_spans.valid_until, windows.last_as_of_date), windows.last_as_of_date) as rated_to
    from windows
    inner join rate_spans
        on
            windows.last_as_of_date >= rate_spans.valid_on
            and (rate_spans.valid_until is null or windows.first_as_of_date <= rate_spans.valid_until)
),

periods as (
    select
        {{ subscriber }},
        subscription_id,
        plan,
        mrr,
        currency,
        started_on,
        coalesce(ended_on, {{ closed_validity('null', 'to') }}) as ended_on
    from {{ ref('int_subscription_periods') }}
    where ended_on is null or ended_on >= started_on
),

changes as (
    select {{ subscriber }}, started_on as changed_on from periods
    union distinct
    select {{ subscriber }}, {{ date_plus(1, 'ended_on') }} as changed_on from periods
    where ended_on < {{ closed_validity('null', 'to') }}
),

spans as (
    select
        *,
        {{ date_plus(-1, 'lead(changed_on) over (partition by ' ~ subscriber ~ ' order by changed_on)') }} as last_day,
        min(changed_on) over (partition by {{ subscriber }}) as subscribed_from,
        min(changed_on) over (partition by 1) as known_from
    from changes
),

held as (
    select
        spans.*,
        rated.rated_from,
        rated.rated_to,
        least(coalesce(spans.last_day, rated.last_as_of_date), rated.last_as_of_date) as valid_to,
        periods.subscription_id,
        periods.plan,
        -- One operand has 19 digits: the product of two of 18 is kept in 18 by some engines.
        cast(round(cast(periods.mrr as decimal(19, 4)) * cast(
            case when periods.currency is null or periods.currency = reporting.reporting_currency then 1 else rates.rate end
            as decimal(18, 8)
        ), 4) as decimal(18, 4)) as mrr
    from rated
    inner join spans
        on rated.last_as_of_date >= spans.changed_on and rated.reads_from <= coalesce(spans.last_day, rated.reads_from)
    inner join periods
        on
            spans.subscriber_type = periods.subscriber_type
            and spans.subscriber_id = periods.subscriber_id
            and spans.changed_on between periods.started_on and periods.ended_on
    cross join reporting
    left join rates on periods.currency = rates.from_currency and {{ in_force('rates', 'rated.rated_from') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by {{ subscriber }}, rated_from, changed_on order by mrr desc nulls last, subscription_id asc
        ) as dearest_first
    from held
)

select
    {{ subscriber }},
    rated_from,
    rated_to,
    changed_on as valid_from,
    valid_to,
    max(case when dearest_first = 1 then plan end) as plan,
    count(*) as subscriptions,
    cast(coalesce(sum(mrr), 0) as {{ type_wide_decimal(38, 4) }}) as mrr,
    max(case when mrr is null then 1 else 0 end) as unconverted_subscribers,
    subscribed_from,
    known_from
from ranked
group by {{ subscriber }}, rated_from, rated_to, changed_on, valid_to, subscribed_from, known_from
