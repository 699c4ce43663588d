{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'customer_next_steps')) }}
-- Had the customer done so many more, each on the latest day with room under the daily cap, and were all
-- else as it is, the index would lie above the next band's edge; with one fewer it would not, whatever
-- the days. Points are whole millionths, counted events whole hundred millionths, both in doubles.
with customers as (
    select * from {{ ref('int_next_step_customers') }}
),

weights as (
    select * from {{ ref('int_next_step_weights') }}
),

-- Numbers alone: most of the ways are none of the shortest.
ways as (
    select
        customers.as_of_date,
        customers.assignment_number,
        customers.points_needed,
        weights.weight_number,
        weights.weight,
        weights.points_factor,
        weights.points_divisor,
        weights.daily_cap,
        weights.window_cap * cast(100000000 as {{ type_double() }}) as window_room,
        {{ whole_parts('coalesce(contributions.counted_events, 0)', 100000000) }} as counted_events,
        {{ whole_parts('coalesce(contributions.points, 0)') }} as points
    from customers
    inner join weights
        on
            customers.as_of_date = weights.as_of_date
            and customers.score_model = weights.score_model
    left join {{ ref('customer_score_contributions') }} as contributions
        on
            customers.as_of_date = contributions.as_of_date
            and customers.customer_id = contributions.customer_id
            and weights.event_type = contributions.event_type
),

wanted as (
    select
        *,
        {{ counted_events_worth('(points + points_needed)') }} - counted_events as gain
    from ways
),

-- What the customer already did on the latest days takes up their room. Of the days that are needed,
-- only the first may have room left.
placed as (
    select
        wanted.*,
        rooms.age_days + 1 - coalesce(uses.full_days, 0) as days_needed,
        coalesce(wanted.daily_cap, 0) * rooms.age_days - coalesce(uses.used_events, 0) as events_of_later_days,
        rooms.room_of_later_days - coalesce(uses.used_room, 0) as gain_of_later_days,
        ceil((wanted.gain + coalesce(uses.used_room, 0) - rooms.room_of_later_days) / rooms.event_share) as events_of_first_day,
        rooms.event_share
    from wanted
    left join {{ ref('int_daily_room_uses') }} as uses
        on
            wanted.as_of_date = uses.as_of_date
            and wanted.assignment_number = uses.assignment_number
            and wanted.weight_number = uses.weight_number
            and wanted.gain > uses.gain_from
            and wanted.gain <= uses.gain_to
    inner join {{ ref('int_daily_rooms') }} as rooms
        on
            wanted.as_of_date = rooms.as_of_date
            and wanted.weight_number = rooms.weight_number
            and wanted.gain + coalesce(uses.used_room, 0) > rooms.room_of_later_days
            and wanted.gain + coalesce(uses.used_room, 0) <= rooms.room
    where wanted.window_room is null or wanted.counted_events + wanted.gain <= wanted.window_room
),

-- The weights are numbered by the event types' names.
ranked as (
    select
        *,
        cast(events_of_later_days + events_of_first_day as bigint) as events_needed,
        counted_events + gain_of_later_days + events_of_first_day * event_share as counted_with_step,
        row_number() over (
            partition by as_of_date, assignment_number
            order by events_of_later_days + events_of_first_day, days_needed, weight_number
        ) as step_rank
    from placed
),

reached as (
    select
        *,
        {{ from_parts('(' ~ whole_points('least(counted_with_step, coalesce(window_room, counted_with_step))') ~ ' - points)') }}
            as points_gained
    from ranked
    where step_rank <= 3
)

select
    reached.as_of_date,
    customers.customer_id,
    weights.event_type,
    cast(reached.step_rank as integer) as step_rank,
    customers.band,
    customers.next_band,
    cast(customers.next_band_edge - customers.engagement_index as decimal(18, 6)) as index_needed,
    reached.events_needed,
    cast(reached.days_needed as integer) as days_needed,
    reached.weight,
    {{ ratio('100 * reached.weight', 'customers.benchmark', 'decimal(18, 6)') }} as index_per_event,
    {{ engagement_index('(customers.raw_score + reached.points_gained)', 'customers.benchmark', "'scored'") }} as index_reached,
    weights.label || ': ' || cast(reached.events_needed as {{ dbt.type_string() }}) || ' more'
    || case when reached.days_needed > 1 then ' over ' || cast(reached.days_needed as {{ dbt.type_string() }}) || ' days' else '' end
        as step_description,
    customers.inputs_version
from reached
inner join customers
    on
        reached.as_of_date = customers.as_of_date
        and reached.assignment_number = customers.assignment_number
inner join weights
    on
        reached.as_of_date = weights.as_of_date
        and reached.weight_number = weights.weight_number
