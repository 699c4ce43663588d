{{ config(materialized=shared_step()) }}
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
    at_start.plan,
    countries.country,
    at_start.subscriber_id is not null as is_at_start,
    at_end.subscriber_id is not null as is_at_end,
    coalesce(at_start.subscribed_from, at_end.subscribed_from) <= ranges.day_before_window as was_subscribed,
    cast(coalesce(at_start.mrr, 0) as {{ type_wide_decimal(38, 4) }}) as mrr_at_start,
    cast(coalesce(at_end.mrr, 0) as {{ type_wide_decimal(38, 4) }}) as mrr_at_end,
    coalesce(
        at_end.mrr > at_start.mrr
        and (at_end.subscriptions > at_start.subscriptions or coalesce(at_end.plan, '') <> coalesce(at_start.plan, '')), false
    ) as is_upsold,
    greatest(coalesce(at_start.unconverted_subscribers, 0), coalesce(at_end.unconverted_subscribers, 0)) as unconverted_subscribers,
    coalesce(at_start.known_from, at_end.known_from) as known_from
from ranges
left join states as at_start
    on
        ranges.subscriber_type = at_start.subscriber_type
        and ranges.subscriber_id = at_start.subscriber_id
        and ranges.rated_from = at_start.rated_from
        and ranges.day_before_window between at_start.valid_from and at_start.valid_to
left join states as at_end
    on
        ranges.subscriber_type = at_end.subscriber_type
        and ranges.subscriber_id = at_end.subscriber_id
        and ranges.rated_from = at_end.rated_from
        and ranges.from_date between at_end.valid_from and at_end.valid_to
left join countries
    on
        ranges.subscriber_type = countries.subscriber_type
        and ranges.subscriber_id = countries.subscriber_id
        and {{ in_force('countries', 'ranges.from_date') }}
where at_start.subscriber_id is not null or at_end.subscriber_id is not null
