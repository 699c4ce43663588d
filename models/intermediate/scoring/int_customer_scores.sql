with population as (
    select * from {{ ref('int_customer_population') }}
),

scored_dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_scored
),

customer_score_models as (
    select customer_id, valid_from, valid_to, score_model
    from {{ ref('int_customer_score_models') }}
),

settings as (
    select as_of_date, score_model, window_days, minimum_events, minimum_tenure_days, config_version
    from {{ ref('int_score_settings') }}
),

event_points as (
    select as_of_date, customer_id, event_type, event_count, points, previous_points, variance
    from {{ ref('int_event_points') }}
),

event_types as (
    select event_type, channel
    from {{ ref('stg_settings__event_types') }}
),

active_day_counts as (
    select as_of_date, customer_id, active_days, previous_active_days
    from {{ ref('int_customer_active_day_counts') }}
),

scored_population as (
    select
        population.*,
        settings.score_model,
        settings.window_days,
        settings.config_version,
        case
            when population.tenure_days < settings.minimum_tenure_days then 'new_customer'
            when population.lifetime_interactions < settings.minimum_events then 'insufficient_data'
            else 'scored'
        end as score_status
    from population
    inner join scored_dates on population.as_of_date = scored_dates.as_of_date
    inner join customer_score_models
        on
            population.customer_id = customer_score_models.customer_id
            and {{ in_force('customer_score_models', 'population.as_of_date') }}
    inner join settings
        on
            population.as_of_date = settings.as_of_date
            and customer_score_models.score_model = settings.score_model
),

summed_points as (
    select
        event_points.as_of_date,
        event_points.customer_id,
        {%- for channel in channels() %}
        sum(case when coalesce(event_types.channel, 'other') = '{{ channel }}' then event_points.points end) as {{ channel }}_raw_score,
        {%- endfor %}
        sum(event_points.event_count) as interactions,
        sum(event_points.points) as raw_score,
        sum(event_points.previous_points) as previous_raw_score,
        sum(event_points.variance) as score_variance
    from event_points
    inner join scored_dates on event_points.as_of_date = scored_dates.as_of_date
    left join event_types on event_points.event_type = event_types.event_type
    group by event_points.as_of_date, event_points.customer_id
)

select
    scored_population.as_of_date,
    scored_population.customer_id,
    scored_population.score_model,
    scored_population.window_days,
    scored_population.score_status,
    scored_population.is_known,
    scored_population.first_seen_on,
    scored_population.tenure_days,
    scored_population.first_active_on,
    scored_population.lifetime_interactions,
    scored_population.last_interaction_at,
    scored_population.config_version,
    cast(coalesce(summed_points.raw_score, 0) as decimal(18, 6)) as raw_score,
    cast(coalesce(summed_points.previous_raw_score, 0) as decimal(18, 6)) as previous_raw_score,
    cast(coalesce(summed_points.score_variance, 0) as decimal(28, 6)) as score_variance,
    {%- for channel in channels() %}
    cast(coalesce(summed_points.{{ channel }}_raw_score, 0) as decimal(18, 6)) as {{ channel }}_raw_score,
    {%- endfor %}
    cast(coalesce(summed_points.interactions, 0) as integer) as interactions,
    cast(coalesce(active_day_counts.active_days, 0) as integer) as active_days,
    cast(coalesce(active_day_counts.previous_active_days, 0) as integer) as previous_active_days
from scored_population
left join summed_points
    on
        scored_population.as_of_date = summed_points.as_of_date
        and scored_population.customer_id = summed_points.customer_id
left join active_day_counts
    on
        scored_population.as_of_date = active_day_counts.as_of_date
        and scored_population.customer_id = active_day_counts.customer_id
