-- Bands after hysteresis, trends, risk, lifecycle. One sort of one number a customer and date, and
-- everything that looks back streams behind it, without a partition: a place holds customer and date, a
-- code a place and a band, which says whose it is. `last_value` streams for a fifth of what `max` takes.
create type lifecycle_status as enum ('new', 'returning', 'resurrected', 'dormant', 'lost', 'never_active');
create type trend as enum ('new', 'lapsed', 'increasing', 'declining', 'stable');

set variable lookback_days = (select lookback_days from metric_settings);
set variable significance = (select significance from metric_settings);
set variable fall_significance = (select fall_significance from metric_settings);
set variable minimum_previous_events = (select minimum_previous_events from metric_settings);

create temp table stable_bands as
with placed as (
    select
        (enum_code(customer_id)::bigint << 16) + (scores.as_of_date - getvariable('first_date')) as place,
        coalesce(band_rank, 0) as band_rank,
        coalesce(is_inside, true) as is_inside,
        dwell_days
    from int_customer_scores as scores
    left join scales
        on scores.as_of_date = scales.as_of_date
        and scores.score_model = scales.score_model
        and case when score_status = 'scored' then raw_score end = level
),
followed as (
    select
        *,
        lag(place, 1, -1) over () = place - 1 as is_followed,
        lag(band_rank, 1, -1) over () as band_before
    from (select * from placed order by place)
),
stays as (
    select
        *,
        last_value(case when not is_followed or band_before <> band_rank then place end ignore nulls)
            over (rows unbounded preceding) as stay
    from followed
),
confirmed as (
    select
        *,
        last_value(case when is_inside or place - stay >= dwell_days - 1 then (place << 8) + band_rank end ignore nulls)
            over (rows unbounded preceding) as code
    from stays
),
departed as (
    select
        *,
        -- another band was confirmed, and what was until now is left
        last_value(case when code & 255 <> code_before & 255 and code_before >> 24 = place >> 16 then code_before end ignore nulls)
            over (rows unbounded preceding) as departure,
        case
            when code >> 8 > place - getvariable('lookback_days') then cast(code & 255 as integer)
            else band_rank
        end as stable_rank
    from (select *, lag(code) over () as code_before from confirmed)
),
compared as (
    select
        place,
        stable_rank,
        case when is_followed then band_before end as previous_rank,
        case when is_followed then lag(stable_rank) over () end as previous_stable_rank,
        case
            when departure >> 8 > place - getvariable('lookback_days') and departure & 255 > stable_rank and stable_rank > 0
                then cast(departure & 255 as integer)
        end as fallen_from_rank
    from departed
)
select * from compared where place & 65535 >= getvariable('first_kept_date') - getvariable('first_date');

create temp table growths as
select
    as_of_date,
    score_model,
    cast(coalesce(
        case
            when sum(raw_score) >= 0 and sum(previous_raw_score) > 0
                then cast(cast(sum(raw_score) as double) / cast(sum(previous_raw_score) as double) as decimal(18, 8))
        end, 1
    ) as double) as growth
from int_customer_scores
where score_status = 'scored' and as_of_date >= getvariable('first_kept_date')
group by as_of_date, score_model;

create temp table band_names as
select band_rank, cast(band as band) as band from score_bands
union all
select 0, 'unscored';

create temp table risks as
select
    fallen_from_rank,
    decline,
    fallen_from_rank > 0 or decline <> '' as at_risk,
    nullif(concat_ws('; ', nullif(decline, ''), 'fell from ' || band), '') as risk_reasons
from (select band_rank as fallen_from_rank, band from score_bands union all select 0, null)
cross join (values (''), ('declining'), ('lapsed')) as declines (decline);

create table customer_segments as
with judged as (
    select
        scores.as_of_date,
        customer_id,
        scores.score_model,
        score_status,
        engagement_index,
        coalesce(band, 'unscored') as band,
        band_rank,
        is_good,
        stable_rank,
        previous_rank,
        previous_stable_rank,
        case when score_status = 'scored' and score_variance > 0 then sqrt(cast(score_variance as double)) end as deviation,
        cast(cast(raw_score - previous_raw_score as double) / deviation as decimal(18, 6)) as change_z,
        cast((cast(raw_score as double) - cast(previous_raw_score as double) * growth) / deviation as decimal(18, 6)) as relative_z,
        cast(case
            when score_status <> 'scored' then null
            when previous_interactions = 0 and interactions > 0 then 'new'
            when previous_interactions > 0 and interactions = 0 then 'lapsed'
            when previous_interactions < getvariable('minimum_previous_events') then 'stable'
            when change_z >= getvariable('significance') then 'increasing'
            when change_z <= -getvariable('significance') then 'declining'
            else 'stable'
        end as trend) as trend,
        case when relative_z <= -getvariable('fall_significance') then coalesce(fallen_from_rank, 0) else 0 end as fallen_from_rank,
        case
            when trend = 'lapsed' then 'lapsed'
            when trend = 'declining' and relative_z <= -getvariable('significance') then 'declining'
            else ''
        end as decline,
        cast(case
            when first_active_on is null then 'never_active'
            when active_days > 0 and previous_active_days > 0 then 'returning'
            when active_days > 0 and first_active_on < scores.as_of_date - (window_days - 1) then 'resurrected'
            when active_days > 0 and getvariable('data_starts_on') > scores.as_of_date - (2 * window_days - 1) then 'returning'
            when active_days > 0 then 'new'
            when previous_active_days > 0 then 'dormant'
            else 'lost'
        end as lifecycle_status) as lifecycle_status
    from int_customer_scores as scores
    inner join stable_bands
        on place = (enum_code(customer_id)::bigint << 16) + (scores.as_of_date - getvariable('first_date'))
    left join growths on scores.as_of_date = growths.as_of_date and scores.score_model = growths.score_model
    left join scales
        on scores.as_of_date = scales.as_of_date
        and scores.score_model = scales.score_model
        and case when score_status = 'scored' then raw_score end = level
    where scores.as_of_date >= getvariable('first_kept_date')
)
select
    as_of_date,
    customer_id,
    score_model,
    score_status,
    engagement_index,
    judged.band,
    judged.band_rank,
    is_good,
    previous_names.band as previous_band,
    stable_names.band as stable_band,
    nullif(stable_rank, 0) as stable_band_rank,
    previous_stable_names.band as previous_stable_band,
    change_z,
    relative_z,
    trend,
    at_risk,
    risk_reasons,
    lifecycle_status
from judged
inner join risks on judged.fallen_from_rank = risks.fallen_from_rank and judged.decline = risks.decline
left join band_names as stable_names on stable_rank = stable_names.band_rank
left join band_names as previous_names on previous_rank = previous_names.band_rank
left join band_names as previous_stable_names on previous_stable_rank = previous_stable_names.band_rank;
