{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'scores')) }}

with dates_to_build as (
    select as_of_date, inputs_version
    from {{ ref('int_score_dates_to_build') }}
),

population as (
    select * from {{ ref('int_customer_population') }}
),

decayed_points as (
    select * from {{ ref('int_decayed_points') }}
),

customers as (
    select
        customers.customer_id,
        customers.known_from,
        customers.first_seen_on,
        score_models.assignment_number,
        score_models.valid_from,
        score_models.valid_to,
        score_models.score_model
    from {{ ref('int_customer_score_models') }} as score_models
    inner join {{ ref('int_customers') }} as customers on score_models.customer_number = customers.customer_number
),

settings as (
    select
        score_settings.as_of_date,
        score_settings.score_model,
        score_settings.window_days,
        score_settings.minimum_events,
        score_settings.minimum_tenure_days,
        dates_to_build.inputs_version
    from {{ ref('int_score_settings') }} as score_settings
    inner join dates_to_build on score_settings.as_of_date = dates_to_build.as_of_date
),

summed as (
    select
        population.*,
        {%- for channel in channels() %}
        population.{{ channel }}_points + coalesce(decayed_points.{{ channel }}_points, 0) as {{ channel }}_raw_score,
        {%- endfor %}
        population.previous_points + coalesce(decayed_points.previous_points, 0) as previous_raw_score,
        population.variance + coalesce(decayed_points.variance, 0) as score_variance
    from population
    left join decayed_points
        on
            population.as_of_date = decayed_points.as_of_date
            and population.assignment_number = decayed_points.assignment_number
),

-- Each date has settings for each score model in force. An outer join keeps an engine from pairing all of
-- them with all customers before it looks a row up.
described as (
    select
        summed.*,
        customers.customer_id,
        customers.score_model,
        customers.first_seen_on,
        coalesce(customers.known_from <= summed.as_of_date, false) as is_known,
        {{ days_between('customers.first_seen_on', 'summed.as_of_date') }} as tenure_days,
        settings.window_days,
        settings.minimum_events,
        settings.minimum_tenure_days,
        settings.inputs_version
    from summed
    inner join customers
        on
            summed.assignment_number = customers.assignment_number
            and {{ in_force('customers', 'summed.as_of_date') }}
    left join settings on summed.as_of_date = settings.as_of_date and customers.score_model = settings.score_model
)

select
    as_of_date,
    customer_id,
    score_model,
    window_days,
    case
        when tenure_days < minimum_tenure_days then 'new_customer'
        when lifetime_interactions < minimum_events then 'insufficient_data'
        else 'scored'
    end as score_status,
    is_known,
    first_seen_on,
    cast(tenure_days as bigint) as tenure_days,
    first_active_on,
    lifetime_interactions,
    last_interaction_at,
    cast({{ channels() | join('_raw_score + ') }}_raw_score as decimal(18, 6)) as raw_score,
    cast(previous_raw_score as decimal(18, 6)) as previous_raw_score,
    cast(score_variance as decimal(28, 6)) as score_variance,
    {%- for channel in channels() %}
    cast({{ channel }}_raw_score as decimal(18, 6)) as {{ channel }}_raw_score,
    {%- endfor %}
    cast(interactions as integer) as interactions,
    cast(active_days as integer) as active_days,
    cast(previous_interactions as integer) as previous_interactions,
    cast(previous_active_days as integer) as previous_active_days,
    inputs_version
from described
