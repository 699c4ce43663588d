{{ config(materialized='view') }}
{{ behind_settings_check() }}
-- A period that stands in several rows is what its last load says; one that runs into the next period
-- of its subscription ends the day before that, so that no day's revenue counts twice.
{%- set is_linked = connector_models('identities') | length > 0 %}
{%- set last_load_first = ['tidied.loaded_at desc nulls last'] %}
{%- for column in subscription_contract() if column.name not in ('subscription_id', 'started_on', 'loaded_at') %}
{%- do last_load_first.append('tidied.' ~ column.name ~ ' asc nulls last') %}
{%- endfor %}
with periods as (
    {% if subscriptions_model() -%}
    select {{ contract_columns(subscriptions_model(), subscription_contract()) }}
    from {{ ref(subscriptions_model()) }}
    {%- else -%}
    select {{ contract_columns(none, subscription_contract()) }}
    from {{ ref('int_settings_problems') }}
    where false
    {%- endif %}
),

excluded_customers as (
    select customer_id
    from {{ ref('stg_settings__excluded_customers') }}
),

{% if is_linked -%}
customer_ids as (
    select other_id, customer_id
    from {{ ref('int_customer_ids') }}
),

{% endif -%}
tidied as (
    select
        {{ clean_text('periods.subscription_id', lower=false) }} as subscription_id,
        {{ clean_text('periods.account_id', lower=false) }} as account_id,
        {% if is_linked -%}
        coalesce(customer_ids.customer_id, {{ clean_text('periods.customer_id', lower=false) }}) as customer_id,
        {%- else -%}
        {{ clean_text('periods.customer_id', lower=false) }} as customer_id,
        {%- endif %}
        {{ clean_text('periods.plan', lower=false) }} as plan,
        {{ clean_text('periods.status') }} as status,
        periods.mrr,
        upper({{ clean_text('periods.currency') }}) as currency,
        periods.started_on,
        case when periods.ended_on < {{ closed_validity('null', 'to') }} then periods.ended_on end as ended_on,
        periods.renewal_date,
        periods.loaded_at
    from periods
    {% if is_linked -%}
    left join customer_ids on {{ clean_text('periods.customer_id', lower=false) }} = customer_ids.other_id
    {%- endif %}
),

usable as (
    select
        tidied.*,
        case when tidied.account_id is null then 'customer' else 'account' end as subscriber_type,
        coalesce(tidied.account_id, tidied.customer_id) as subscriber_id,
        row_number() over (
            partition by tidied.subscription_id, tidied.started_on
            order by {{ last_load_first | join(', ') }}
        ) as load_rank
    from tidied
    left join excluded_customers on tidied.customer_id = excluded_customers.customer_id
    where
        tidied.subscription_id is not null
        and tidied.started_on is not null
        and tidied.mrr >= 0
        and (tidied.account_id is not null or (tidied.customer_id is not null and excluded_customers.customer_id is null))
),

ordered as (
    select
        *,
        {{ date_plus(-1, 'lead(started_on) over (partition by subscription_id order by started_on)') }} as day_before_next
    from usable
    where load_rank = 1
)

select
    subscription_id,
    subscriber_type,
    subscriber_id,
    account_id,
    customer_id,
    plan,
    status,
    mrr,
    currency,
    started_on,
    case when day_before_next < ended_on or ended_on is null then day_before_next else ended_on end as ended_on,
    renewal_date,
    loaded_at
from ordered
