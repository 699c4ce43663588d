-- Each transition starts where the one before ended, and the last ends in the present band; whoever has
-- none has kept the band of the first row.
with transitions as (
    select
        customer_id,
        as_of_date,
        from_band,
        to_band,
        lag(to_band) over (partition by customer_id order by as_of_date) as band_before,
        lead(as_of_date) over (partition by customer_id order by as_of_date) as next_transition_on
    from {{ ref('segment_transitions') }}
),

ends as (
    select
        customer_id,
        max(as_of_date) as latest_date,
        min(as_of_date) as first_date
    from {{ ref('customer_segments') }}
    group by customer_id
),

present as (
    select
        segments.customer_id,
        segments.as_of_date,
        segments.stable_band,
        coalesce(first_rows.previous_stable_band, first_rows.stable_band) as first_band
    from {{ ref('customer_segments') }} as segments
    inner join ends on segments.customer_id = ends.customer_id and segments.as_of_date = ends.latest_date
    inner join {{ ref('customer_segments') }} as first_rows
        on
            ends.customer_id = first_rows.customer_id
            and ends.first_date = first_rows.as_of_date
),

-- An outage that is longer than the look-back lets a band go without a transition.
outages as (
    select distinct score_model
    from {{ ref('int_score_coverage') }}
    where data_coverage < 1
)

select present.*, transitions.as_of_date as transition_on, transitions.from_band, transitions.to_band, transitions.band_before
from present
left join transitions on present.customer_id = transitions.customer_id
where
    not exists (select 1 from outages)
    and (
        coalesce(transitions.band_before, present.first_band) <> coalesce(transitions.from_band, present.stable_band)
        or (transitions.next_transition_on is null and transitions.to_band <> present.stable_band)
    )
