with known_customers as (
    {% if customers_model() -%}
    select {{ contract_columns(customers_model(), customer_contract()) }}
    from {{ ref(customers_model()) }}
    {%- else -%}
    select {{ contract_columns(none, customer_contract()) }}
    from {{ ref('int_settings_problems') }}
    where false
    {%- endif %}
),

event_days as (
    select customer_id, event_date
    from {{ ref('int_customer_event_days') }}
),

excluded_customers as (
    select customer_id
    from {{ ref('stg_settings__excluded_customers') }}
),

first_interactions as (
    select customer_id, min(event_date) as first_interaction_on
    from event_days
    group by customer_id
),

customer_ids as (
    select customer_id from known_customers
    union distinct
    select customer_id from first_interactions
),

customers as (
    select
        customer_ids.customer_id,
        known_customers.account_id,
        known_customers.plan,
        known_customers.country,
        known_customers.customer_type,
        known_customers.customer_id is not null as is_known,
        first_interactions.first_interaction_on,
        {{ reporting_date('known_customers.created_at') }} as created_on
    from customer_ids
    left join known_customers on customer_ids.customer_id = known_customers.customer_id
    left join first_interactions on customer_ids.customer_id = first_interactions.customer_id
    left join excluded_customers on customer_ids.customer_id = excluded_customers.customer_id
    where excluded_customers.customer_id is null
),

-- A known customer without a creation date counts as known from the first interaction on, or always.
dated as (
    select
        *,
        case
            when is_known then coalesce(created_on, first_interaction_on, cast('{{ var("earliest_event_date") }}' as date))
        end as known_from
    from customers
)

-- The number is a short key for joins; it changes as customers come, so no table keeps it.
select
    customer_id,
    {{ spread_row_number('customer_id', 'customer_id') }} as customer_number,
    account_id,
    plan,
    country,
    customer_type,
    is_known,
    known_from,
    first_interaction_on,
    least(coalesce(known_from, first_interaction_on), coalesce(first_interaction_on, known_from)) as first_seen_on
from dated
