{{ config(enabled=channel_is_on('web')) }}
-- Events of sessions = accepted events of the website by a person, and those of devices on which nobody
-- was ever known, an id once.
with event_types as (
    select event_type
    from {{ ref('stg_settings__event_types') }}
    where channel = 'web'
),

interactions as (
    select interactions.event_date, count(*) as events
    from {{ ref('int_interactions') }} as interactions
    inner join event_types on interactions.event_type = event_types.event_type
    where not interactions.is_machine
    group by interactions.event_date
),

never_identified as (
    select event_date, source, interaction_id, min(loaded_at) as first_loaded_at
    from {{ ref('int_rejected_interactions') }}
    where rejection_reason = 'never_identified'
    group by event_date, source, interaction_id
),

anonymous as (
    select never_identified.event_date, count(distinct never_identified.source || '|' || never_identified.interaction_id) as events
    from never_identified
    inner join {{ ref('int_rejected_interactions') }} as first_loads
        on
            never_identified.event_date = first_loads.event_date
            and never_identified.source = first_loads.source
            and never_identified.interaction_id = first_loads.interaction_id
            and never_identified.first_loaded_at = first_loads.loaded_at
            and first_loads.rejection_reason = 'never_identified'
    inner join event_types on first_loads.event_type = event_types.event_type
    where not coalesce(first_loads.is_bot, false)
    group by never_identified.event_date
),

expected as (
    select event_date, sum(events) as events
    from (
        select event_date, events from interactions
        union all
        select event_date, events from anonymous
    ) as both_kinds
    group by event_date
),

parts as (
    select event_date, sum(events) as events
    from {{ ref('int_web_session_parts') }}
    group by event_date
),

whole as (
    select
        (select sum(events) from {{ ref('int_web_sessions') }}) as events,
        (select sum(events) from expected) as events_of_interactions
)

select expected.event_date, expected.events as events_of_interactions, parts.events
from expected
full outer join parts on expected.event_date = parts.event_date
where coalesce(expected.events, 0) <> coalesce(parts.events, 0)
union all
-- and none is lost, or counted twice, where parts are joined over midnight
select null as event_date, events_of_interactions, events
from whole
where coalesce(events, 0) <> coalesce(events_of_interactions, 0)
