-- All that an as-of date sees is cumulative: what is first seen on a day is an input of every later
-- date, and of no earlier one.
{%- set attributes = ['customer_id', 'account_id', 'plan', 'country', 'customer_type'] %}
{%- set of_subscriptions = [
    'subscriber_type', 'subscriber_id', 'subscription_id', 'plan', 'mrr', 'currency', 'started_on', 'renewal_date',
] %}
with as_of_dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
),

event_dates as (
    select event_date, inputs_version, max(accepted_count) > 0 as is_accepted
    from {{ ref('int_interaction_counts') }}
    where event_date is not null
    group by event_date, inputs_version
),

customers as (
    select {{ attributes | join(', ') }}, known_from, first_seen_on
    from {{ ref('int_customers') }}
),

customer_score_models as (
    select customers.first_seen_on, assignments.*
    from {{ ref('int_customer_score_models') }} as assignments
    inner join customers on assignments.customer_id = customers.customer_id
),

subscription_periods as (
    select subscriber_type, subscriber_id, subscription_id, plan, mrr, currency, started_on, ended_on, renewal_date
    from {{ ref('int_subscription_periods') }}
),

seen as (
    select event_date as seen_on, 'events' as what, inputs_version as seen_version
    from event_dates
    where is_accepted
    union all
    -- Visits of people who never said who they are: the metrics of the website count them.
    select event_date as seen_on, 'raw_events' as what, inputs_version as seen_version
    from event_dates
    union all
    select known_from as seen_on, 'known' as what, {{ version_hash(row_as_text(['customer_id'])) }} as seen_version
    from customers
    union all
    select first_seen_on as seen_on, 'attributes' as what, {{ version_hash(row_as_text(attributes)) }} as seen_version
    from customers
    union all
    select
        first_seen_on as seen_on,
        'score_models' as what,
        {{ version_hash(row_as_text(['customer_id', 'score_model', 'valid_from', 'valid_to'])) }} as seen_version
    from customer_score_models
    union all
    select
        started_on as seen_on,
        'subscriptions' as what,
        {{ version_hash(row_as_text(of_subscriptions)) }} as seen_version
    from subscription_periods
    union all
    -- The end of a period alters nothing up to its last day.
    select
        {{ date_plus(1, 'ended_on') }} as seen_on,
        'subscriptions' as what,
        {{ version_hash(row_as_text(['subscription_id', 'started_on', 'ended_on'])) }} as seen_version
    from subscription_periods
    where ended_on is not null
),

seen_by_day as (
    select seen_on, what, {{ sum_of_hashes('seen_version') }} as seen_version
    from seen
    group by seen_on, what
)

select
    {%- for what in ['events', 'raw_events', 'known', 'attributes', 'score_models', 'subscriptions'] %}
    cast(
        sum(case when seen_by_day.what = '{{ what }}' then seen_by_day.seen_version end) as {{ type_wide_decimal(38, 0) }}
    ) as {{ what }}_version,
    {%- endfor %}
    as_of_dates.as_of_date
from as_of_dates
left join seen_by_day on as_of_dates.as_of_date >= seen_by_day.seen_on
group by as_of_dates.as_of_date
