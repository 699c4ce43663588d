with compared as (
    select later.as_of_date as latest, earlier.as_of_date, earlier.comparison
    from {{ ref('int_as_of_dates') }} as earlier
    inner join {{ ref('int_as_of_dates') }} as later on earlier.as_of_date < later.as_of_date
    where earlier.comparison is not null and later.is_latest
),

scores as (
    select as_of_date, customer_id, engagement_index
    from {{ ref('int_comparison_indices') }}
    where engagement_index is not null
),

changed as (
    select later.customer_id, compared.comparison, later.engagement_index - earlier.engagement_index as index_change
    from compared
    inner join scores as later on compared.latest = later.as_of_date
    inner join scores as earlier
        on
            compared.as_of_date = earlier.as_of_date
            and later.customer_id = earlier.customer_id
),

split as (
    select
        customer_id,
        comparison,
        sum(index_change) as index_change,
        sum(
            new_activity_change + left_window_change + decay_change + caps_change + weights_change + score_model_change + benchmark_change
        ) as parts
    from {{ ref('customer_score_changes') }}
    group by customer_id, comparison
),

-- Who has no row has the same index on both dates.
two_ways as (
    select customer_id, comparison, index_change, index_change as parts, 1 as times
    from changed
    union all
    select customer_id, comparison, -index_change as index_change, -parts as parts, 0 as times
    from split
)

select customer_id, comparison
from two_ways
group by customer_id, comparison
having sum(index_change) <> 0 or sum(parts) <> 0 or sum(times) <> 1
