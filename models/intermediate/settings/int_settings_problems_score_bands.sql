with score_bands as (
    select * from {{ ref('stg_settings__score_bands') }}
),

lookback as (
    select max(setting_value) as lookback_days
    from {{ ref('stg_settings__metric_settings') }}
    where setting = 'hysteresis_lookback_days'
),

edges as (
    {{ validity_edges('score_bands') }}
),

-- The set of bands can change only on an edge of some validity, so each edge is checked once.
bands_on as (
    select
        score_bands.*,
        edges.valid_on,
        row_number() over (
            partition by edges.valid_on order by score_bands.lower_bound nulls first, score_bands.band
        ) as position_from_below,
        count(*) over (partition by edges.valid_on) as band_count,
        lag(score_bands.upper_bound) over (
            partition by edges.valid_on order by score_bands.lower_bound nulls first, score_bands.band
        ) as upper_bound_below,
        lag(score_bands.band_rank) over (
            partition by edges.valid_on order by score_bands.lower_bound nulls first, score_bands.band
        ) as band_rank_below
    from score_bands
    inner join edges on {{ in_force('score_bands', 'edges.valid_on') }}
),

checked as (
    select
        bands_on.*,
        lookback.lookback_days,
        coalesce(bands_on.band, '(no band)') as row_key
    from bands_on
    cross join lookback
),

covered as (
    select
        '(all rows)' as row_key,
        edges.valid_on,
        count(bands_on.band) as band_count
    from edges
    left join bands_on on edges.valid_on = bands_on.valid_on
    group by edges.valid_on
),

problems as (
    {{ settings_problems('checked', 'score_bands.csv', [
        ("coalesce(band, '') = '' or band = 'unscored'", "the band needs a name of its own (unscored is what customers without a score get): write another."),
        ("band_rank is null or band_rank <= band_rank_below", "band_rank doesn't rise with the bounds: number the bands from the lowest to the highest."),
        ("lower_bound >= upper_bound", "the lower bound isn't below the upper bound: correct them."),
        ("position_from_below = 1 and lower_bound is not null", "the lowest band must be open below: leave its lower_bound empty."),
        ("position_from_below = band_count and upper_bound is not null", "the highest band must be open above: leave its upper_bound empty."),
        ("position_from_below > 1 and (lower_bound is null or upper_bound_below is null or lower_bound < upper_bound_below)", "the band overlaps the one below it: start it where that one ends."),
        ("position_from_below > 1 and lower_bound > upper_bound_below", "there is a gap between the band and the one below it: start it where that one ends."),
        ("coalesce(margin, -1) < 0", "the margin isn't a number of index points: write 0 or more."),
        ("coalesce(dwell_days, 0) < 1", "dwell_days isn't a number of days: write 1 or more."),
        ("dwell_days >= lookback_days", "dwell_days isn't less than hysteresis_lookback_days in metric_settings.csv: lower it, or raise that."),
        ("valid_from > valid_to", "valid_from is after valid_to: swap or correct them."),
    ]) }}
    union all
    {{ settings_problems('covered', 'score_bands.csv', [
        ("band_count = 0", "some dates have no bands: leave valid_from of the first set and valid_to of the last set empty, and no day between sets."),
    ]) }}
)

select distinct seed_file, row_key, problem from problems
