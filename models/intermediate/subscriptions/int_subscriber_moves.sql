{{ config(materialized='ephemeral') }}
-- From one as-of date to the next hardly anybody's ends change, so they are told for ranges of dates
-- and not for each: what a state is to the end of a window, it is so many days later to its start.
{%- set keys = 'window_days, subscriber_type, subscriber_id, rated_from, rated_to' %}
with lengths as (
    select distinct window_days
    from {{ ref('int_metric_windows') }}
    where mart = 'subscription_metrics'
),

states as (
    select * from {{ ref('int_subscriber_states') }}
),

countries as (
    select * from {{ ref('int_subscriber_countries') }}
),

subscribers as (
    select distinct lengths.window_days, states.subscriber_type, states.subscriber_id, states.rated_from, states.rated_to
    from states
    cross join lengths
),

moves as (
    select {{ keys }}, rated_from as moved_on
    from subscribers
    {% for edge in ['valid_from', date_plus(1, 'valid_to')] -%}
    union distinct
    select {{ keys }}, {{ edge }} as moved_on
    from states
    cross join lengths
    union distinct
    select {{ keys }}, {{ date_plus('window_days', edge) }} as moved_on
    from states
    cross join lengths
    {% endfor -%}
    union distinct
    select
        subscribers.window_days,
        subscribers.subscriber_type,
        subscribers.subscriber_id,
        subscribers.rated_from,
        subscribers.rated_to,
        countries.valid_from as moved_on
    from subscribers
    inner join countries
        on subscribers.subscriber_type = countries.subscriber_type and subscribers.subscriber_id = countries.subscriber_id
),

ranges as (
    select
        {{ keys }},
        moved_on as from_date,
        coalesce({{ date_plus(-1, 'lead(moved_on) over (partition by ' ~ keys ~ ' order by moved_on)') }}, rated_to) as to_date,
        {{ date_plus('-window_days', 'moved_on') }} as day_before_window
    from moves
    where moved_on between rated_from and rated_to
)

select
    ranges.window_days,
    ranges.subscriber_type,
    ranges.subscriber_id,
    ranges.from_date,
    ranges.to_date,
    starting.plan,
    countries.country,
    starting.subscriber_id is not null as is_at_start,
    ending.subscriber_id is not null as is_at_end,
    coalesce(starting.subscribed_from, ending.subscribed_from) <= ranges.day_before_window as was_subscribed,
    coalesce(starting.mrr, 0) as mrr_at_start,
    coalesce(ending.mrr, 0) as mrr_at_end,
    coalesce(
        ending.mrr > starting.mrr
        and (ending.subscriptions > starting.subscriptions or coalesce(ending.plan, '') <> coalesce(starting.plan, '')), false
    ) as is_upsold,
    greatest(coalesce(starting.unconverted_subscribers, 0), coalesce(ending.unconverted_subscribers, 0)) as unconverted_subscribers,
    coalesce(starting.known_from, ending.known_from) as known_from
from ranges
left join states as starting
    on
        ranges.subscriber_type = starting.subscriber_type
        and ranges.subscriber_id = starting.subscriber_id
        and ranges.rated_from = starting.rated_from
        and ranges.day_before_window between starting.valid_from and starting.valid_to
left join states as ending
    on
        ranges.subscriber_type = ending.subscriber_type
        and ranges.subscriber_id = ending.subscriber_id
        and ranges.rated_from = ending.rated_from
        and ranges.from_date between ending.valid_from and ending.valid_to
left join countries
    on
        ranges.subscriber_type = countries.subscriber_type
        and ranges.subscriber_id = countries.subscriber_id
        and {{ in_force('countries', 'ranges.from_date') }}
where starting.subscriber_id is not null or ending.subscriber_id is not null
