{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'segment_transitions')) }}
-- Read from the present rows alone: a change that later corrections undo leaves no row.
with transitions as (
    select * from {{ ref('int_band_transitions') }}
),

reasons as (
    select * from {{ ref('int_transition_reasons') }}
),

causes as (
    select
        as_of_date,
        customer_id,
        max(case when cause = 'settings' then 1 else 0 end) as is_by_settings
    from {{ ref('int_transition_causes') }}
    where is_explained
    group by as_of_date, customer_id
)

select
    transitions.as_of_date,
    transitions.customer_id,
    transitions.score_model,
    transitions.from_band,
    cast(transitions.from_rank as integer) as from_rank,
    transitions.to_band,
    cast(transitions.to_rank as integer) as to_rank,
    reasons.direction,
    transitions.compared_with,
    reasons.top_reason,
    case causes.is_by_settings when 1 then 'settings' when 0 then 'late_data' else 'behaviour' end as cause,
    transitions.inputs_version
from transitions
inner join reasons on transitions.as_of_date = reasons.as_of_date and transitions.customer_id = reasons.customer_id
left join causes on transitions.as_of_date = causes.as_of_date and transitions.customer_id = causes.customer_id
