{{ config(materialized='ephemeral') }}

with customers as (
    select plan, known_from, first_interaction_on
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
    select plan, 'ever_active' as total_basis, first_interaction_on as member_from
    from customers
    union all
    select plan, 'known' as total_basis, known_from as member_from
    from customers
),

joined_on as (
    select total_basis, coalesce(plan, '(none)') as plan, member_from, count(*) as joined
    from members
    where member_from is not null
    group by total_basis, plan, member_from
),

plans as (
    select
        dates_to_build.as_of_date,
        joined_on.total_basis,
        joined_on.plan,
        sum(joined_on.joined) as total_customers
    from dates_to_build
    inner join joined_on on dates_to_build.as_of_date >= joined_on.member_from
    group by dates_to_build.as_of_date, joined_on.total_basis, joined_on.plan
),

everybody as (
    select as_of_date, total_basis, sum(total_customers) as total_customers
    from plans
    group by as_of_date, total_basis
)

select as_of_date, total_basis, 'all' as dimension, 'all' as dimension_value, cast(total_customers as bigint) as total_customers
from everybody
union all
select as_of_date, total_basis, 'plan' as dimension, plan as dimension_value, cast(total_customers as bigint) as total_customers
from plans
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
