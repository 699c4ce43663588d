-- More than one row a customer only where the score models themselves change over time.
with customers as (
    select customer_id, customer_number, plan, country, customer_type
    from {{ ref('int_customers') }}
),

score_models as (
    select score_model, priority, attribute_name, attribute_value, valid_from, valid_to
    from {{ ref('stg_settings__score_models') }}
),

edges as (
    {{ validity_edges('score_models') }}
),

periods as (
    select
        valid_on as valid_from,
        coalesce(
            {{ date_plus(-1, 'lead(valid_on) over (order by valid_on)') }},
            {{ closed_validity('null', 'to') }}
        ) as valid_to
    from edges
),

matches as (
    select
        customers.customer_id,
        customers.customer_number,
        periods.valid_from,
        periods.valid_to,
        score_models.score_model,
        row_number() over (
            partition by customers.customer_number, periods.valid_from
            order by score_models.priority, score_models.score_model
        ) as match_rank
    from customers
    cross join periods
    inner join score_models
        on
            {{ in_force('score_models', 'periods.valid_from') }}
            and (
                score_models.attribute_name is null
                or score_models.attribute_value = case score_models.attribute_name
                    when 'plan' then customers.plan
                    when 'country' then customers.country
                    when 'customer_type' then customers.customer_type
                end
            )
)

select
    customer_id,
    customer_number,
    {{ spread_row_number('customer_id', 'customer_id, valid_from') }} as assignment_number,
    valid_from,
    valid_to,
    score_model
from matches
where match_rank = 1
