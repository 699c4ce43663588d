{{ config(materialized=shared_step()) }}
-- A band that moved because a source is stale tells nothing of the customer. Where the old band was held
-- through the gap, its change is told on the first date whose data is complete.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'segment_transitions', model_name='segment_transitions') }}
),

dates as (
    select as_of_dates.as_of_date, as_of_dates.previous_as_of_date, dates_to_build.inputs_version
    from {{ ref('int_as_of_dates') }} as as_of_dates
    inner join dates_to_build on as_of_dates.as_of_date = dates_to_build.partition_date
),

segments as (
    select
        segments.as_of_date,
        segments.customer_id,
        segments.stable_band,
        segments.stable_band_rank,
        segments.previous_stable_band,
        dates.previous_as_of_date,
        coalesce(segments.previous_confirmed_on, dates.previous_as_of_date) as compared_with,
        dates.inputs_version
    from {{ ref('customer_segments') }} as segments
    inner join dates on segments.as_of_date = dates.as_of_date
    where segments.stable_band <> segments.previous_stable_band
),

customer_score_models as (
    select customer_id, valid_from, valid_to, score_model
    from {{ ref('int_customer_score_models') }}
),

settings as (
    select score_settings.as_of_date, score_settings.score_model, score_settings.settings_number, coverage.data_coverage
    from {{ ref('int_score_settings') }} as score_settings
    inner join {{ ref('int_score_coverage') }} as coverage
        on
            score_settings.as_of_date = coverage.as_of_date
            and score_settings.score_model = coverage.score_model
),

score_bands as (
    select * from {{ ref('stg_settings__score_bands') }}
),

dates_with_bands as (
    select as_of_date from segments
    union distinct
    select compared_with as as_of_date from segments
),

band_settings as (
    select
        dates_with_bands.as_of_date,
        {{ rows_as_text(['band', 'band_rank', 'lower_bound', 'upper_bound', 'margin', 'dwell_days'], 'score_bands') }} as bands_text
    from dates_with_bands
    inner join score_bands on {{ in_force('score_bands', 'dates_with_bands.as_of_date') }}
    group by dates_with_bands.as_of_date
)

-- A band is confirmed by complete data alone: only a date that stands in for a confirmed one can lack some.
select
    segments.as_of_date,
    segments.customer_id,
    segments.compared_with,
    segments.previous_stable_band as from_band,
    coalesce(from_bands.band_rank, 0) as from_rank,
    segments.stable_band as to_band,
    coalesce(segments.stable_band_rank, 0) as to_rank,
    settings.score_model,
    settings.settings_number,
    earlier_settings.score_model as earlier_score_model,
    earlier_settings.settings_number as earlier_settings_number,
    settings.settings_number <> earlier_settings.settings_number
    or band_settings.bands_text <> earlier_bands.bands_text as is_reconfigured,
    segments.inputs_version
from segments
inner join customer_score_models
    on
        segments.customer_id = customer_score_models.customer_id
        and {{ in_force('customer_score_models', 'segments.as_of_date') }}
inner join customer_score_models as earlier_score_models
    on
        segments.customer_id = earlier_score_models.customer_id
        and {{ in_force('earlier_score_models', 'segments.compared_with') }}
inner join settings
    on
        segments.as_of_date = settings.as_of_date
        and customer_score_models.score_model = settings.score_model
inner join settings as earlier_settings
    on
        segments.compared_with = earlier_settings.as_of_date
        and earlier_score_models.score_model = earlier_settings.score_model
inner join band_settings on segments.as_of_date = band_settings.as_of_date
inner join band_settings as earlier_bands on segments.compared_with = earlier_bands.as_of_date
left join score_bands as from_bands
    on
        segments.previous_stable_band = from_bands.band
        and {{ in_force('from_bands', 'segments.previous_as_of_date') }}
where settings.data_coverage = 1 and earlier_settings.data_coverage = 1
