{{ config(materialized=shared_step()) }}
-- A historic file was loaded long after all its dates: a source had to be there when the date was new, for
-- its rows to be late. It was where all that it gave for some date was loaded by the day after.
with transitions as (
    select as_of_date, customer_id
    from {{ ref('int_band_transitions') }}
),

loads as (
    select source, event_date, {{ reporting_date('latest_loaded_at') }} as loaded_on
    from {{ ref('int_interaction_counts') }}
    where accepted_count > 0
),

dates as (
    select distinct as_of_date, {{ date_plus(1, 'as_of_date') }} as reported_on
    from transitions
),

running as (
    select distinct dates.as_of_date, loads.source
    from dates
    inner join loads on dates.as_of_date >= loads.event_date and dates.reported_on >= loads.loaded_on
),

-- The days of a source some rows of which came after a date was reported.
late_loads as (
    select dates.as_of_date, dates.reported_on, loads.source, loads.event_date
    from dates
    inner join running on dates.as_of_date = running.as_of_date
    inner join loads
        on
            running.source = loads.source
            and dates.as_of_date >= loads.event_date
            and dates.reported_on < loads.loaded_on
)

select
    late_loads.as_of_date,
    interactions.customer_id,
    interactions.event_type,
    interactions.event_date,
    count(case when not interactions.is_machine then 1 end) as event_count,
    count(*) as row_count
from {{ ref('int_interactions') }} as interactions
inner join late_loads
    on
        interactions.source = late_loads.source
        and interactions.event_date = late_loads.event_date
inner join transitions
    on
        late_loads.as_of_date = transitions.as_of_date
        and interactions.customer_id = transitions.customer_id
where {{ reporting_date('interactions.loaded_at') }} > late_loads.reported_on
group by late_loads.as_of_date, interactions.customer_id, interactions.event_type, interactions.event_date
