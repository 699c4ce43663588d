with customers as (
    select plan, known_from, first_interaction_on
    from {{ ref('int_customers') }}
),

as_of_dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_kept
),

members as (
    select plan, 'ever_active' as total_basis, first_interaction_on as member_from
    from customers
    union all
    select plan, 'known' as total_basis, known_from as member_from
    from customers
),

sliced as (
    select total_basis, member_from, 'all' as dimension, 'all' as dimension_value
    from members
    union all
    select total_basis, member_from, 'plan' as dimension, coalesce(plan, '(none)') as dimension_value
    from members
),

joined_on as (
    select total_basis, dimension, dimension_value, member_from, count(*) as joined
    from sliced
    where member_from is not null
    group by total_basis, dimension, dimension_value, member_from
)

select
    as_of_dates.as_of_date,
    joined_on.total_basis,
    joined_on.dimension,
    joined_on.dimension_value,
    cast(sum(joined_on.joined) as bigint) as total_customers
from as_of_dates
inner join joined_on on as_of_dates.as_of_date >= joined_on.member_from
group by as_of_dates.as_of_date, joined_on.total_basis, joined_on.dimension, joined_on.dimension_value
