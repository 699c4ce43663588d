{{ config(materialized=shared_step()) }}
{%- set attributes = ['plan', 'country'] %}

with customers as (
    select {{ attributes | join(', ') }}, known_from, first_interaction_on
    from {{ ref('int_customers') }}
),

dates_to_build as (
    select as_of_date
    from {{ ref('int_ratio_dates_to_build') }}
),

channels as (
    select distinct channel
    from {{ ref('stg_settings__event_types') }}
    where is_active
),

members as (
    select {{ attributes | join(', ') }}, 'ever_active' as total_basis, first_interaction_on as member_from
    from customers
    union all
    select {{ attributes | join(', ') }}, 'known' as total_basis, known_from as member_from
    from customers
),

joined_on as (
    {% for attribute in attributes -%}
    select
        '{{ attribute }}' as dimension,
        coalesce({{ attribute }}, '(none)') as dimension_value,
        total_basis,
        member_from,
        count(*) as joined
    from members
    where member_from is not null
    group by {{ attribute }}, total_basis, member_from
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

totals as (
    select
        dates_to_build.as_of_date,
        joined_on.total_basis,
        joined_on.dimension,
        joined_on.dimension_value,
        sum(joined_on.joined) as total_customers
    from dates_to_build
    inner join joined_on on dates_to_build.as_of_date >= joined_on.member_from
    group by dates_to_build.as_of_date, joined_on.total_basis, joined_on.dimension, joined_on.dimension_value
),

everybody as (
    select as_of_date, total_basis, sum(total_customers) as total_customers
    from totals
    where dimension = 'plan'
    group by as_of_date, total_basis
)

select as_of_date, total_basis, 'all' as dimension, 'all' as dimension_value, cast(total_customers as bigint) as total_customers
from everybody
union all
select as_of_date, total_basis, dimension, dimension_value, cast(total_customers as bigint) as total_customers
from totals
union all
-- A channel's customers are measured against all customers.
select
    everybody.as_of_date,
    everybody.total_basis,
    'channel' as dimension,
    channels.channel as dimension_value,
    cast(everybody.total_customers as bigint) as total_customers
from everybody
cross join channels
