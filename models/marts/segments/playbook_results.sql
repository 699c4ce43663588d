{{ config(**partitioned_by('as_of_date', 'int_playbook_versions', 'playbook_results')) }}
-- Those held out are who the treated would have been without the action: the difference is the effect.
-- An action whose begin lies before the kept history is dated too late, so its outcome isn't counted.
{%- set sides = ['treated', 'held_out'] %}
with latest as (
    {{ partitions_to_build('as_of_date', 'int_playbook_versions', 'playbook_results') }}
),

settings as (
    select outcome_days, minimum_outcomes
    from {{ ref('int_metric_settings') }}
),

playbooks as (
    select distinct latest.partition_date as as_of_date, latest.inputs_version, playbooks.playbook
    from latest
    inner join {{ ref('stg_settings__playbooks') }} as playbooks on latest.partition_date >= playbooks.valid_from
),

actions as (
    select actions.*, case when actions.is_held_out then 'held_out' else 'treated' end as side
    from {{ ref('playbook_actions') }} as actions
    inner join latest on actions.as_of_date = latest.partition_date
),

outcome_dates as (
    select actions.occurred_on, min(dates.as_of_date) as outcome_on
    from (select distinct occurred_on from actions) as actions
    cross join settings
    inner join {{ ref('int_as_of_dates') }} as dates
        on dates.is_kept and dates.as_of_date >= {{ date_plus('settings.outcome_days', 'actions.occurred_on') }}
    group by actions.occurred_on
),

outcomes as (
    select
        actions.action_id,
        actions.engagement_index as index_before,
        segments.engagement_index as index_after,
        cast(segments.engagement_index - actions.engagement_index as decimal(18, 6)) as index_change,
        case when segments.stable_band_rank > actions.stable_band_rank then 1 else 0 end as band_rise
    from actions
    inner join outcome_dates on actions.occurred_on = outcome_dates.occurred_on
    inner join {{ ref('customer_segments') }} as segments
        on outcome_dates.outcome_on = segments.as_of_date and actions.customer_id = segments.customer_id
    where actions.is_begin_known and actions.engagement_index is not null and segments.engagement_index is not null
),

-- A product of two decimals of 18 digits would end at 9.2 million.
squared as (
    select *, cast(index_change as decimal(19, 6)) * index_change as squares
    from outcomes
),

counts as (
    select
        {%- for side in sides %}
        sum(case when actions.side = '{{ side }}' then 1 else 0 end) as {{ side }}_actions,
        sum(case when actions.side = '{{ side }}' and squared.action_id is not null then 1 else 0 end) as {{ side }}_outcomes,
        {%- for figure in ['index_before', 'index_after', 'index_change', 'squares', 'band_rise'] %}
        sum(case when actions.side = '{{ side }}' then squared.{{ figure }} end) as {{ side }}_{{ figure }},
        {%- endfor %}
        {%- endfor %}
        actions.playbook
    from actions
    left join squared on actions.action_id = squared.action_id
    group by actions.playbook
),

figures as (
    select
        counts.*,
        {%- for side in sides %}
        {{ sample_variance(side ~ '_outcomes', side ~ '_index_change', side ~ '_squares') }} as {{ side }}_variance,
        {{ ratio(side ~ '_index_change', side ~ '_outcomes', type_double()) }} as {{ side }}_mean,
        {{ ratio(side ~ '_band_rise', side ~ '_outcomes', type_double()) }} as {{ side }}_rise,
        {{ share_edge(side ~ '_band_rise', side ~ '_outcomes', '-') }} as {{ side }}_rise_low,
        {{ share_edge(side ~ '_band_rise', side ~ '_outcomes', '+') }} as {{ side }}_rise_high,
        {%- endfor %}
        treated_outcomes >= settings.minimum_outcomes and held_out_outcomes >= settings.minimum_outcomes as is_enough
    from counts
    cross join settings
),

effects as (
    select
        playbook,
        treated_mean - held_out_mean as index_effect,
        {{ mean_difference_margin('treated_variance', 'treated_outcomes', 'held_out_variance', 'held_out_outcomes') }} as index_margin,
        treated_rise - held_out_rise as rise_effect,
        {{ share_difference_margin('treated_rise', 'treated_rise_low', 'held_out_rise', 'held_out_rise_high') }} as rise_margin_below,
        {{ share_difference_margin('treated_rise', 'treated_rise_high', 'held_out_rise', 'held_out_rise_low') }} as rise_margin_above
    from figures
    where is_enough
)

select
    playbooks.as_of_date,
    playbooks.playbook,
    {%- for side in sides %}
    cast(coalesce(figures.{{ side }}_actions, 0) as bigint) as {{ side }}_actions,
    cast(coalesce(figures.{{ side }}_outcomes, 0) as bigint) as {{ side }}_outcomes,
    {%- for figure in ['index_before', 'index_after', 'index_change', 'band_rise'] %}
    {{ ratio(
        'figures.' ~ side ~ '_' ~ figure, 'figures.' ~ side ~ '_outcomes', 'decimal(18, 8)' if figure == 'band_rise' else 'decimal(18, 6)'
    ) }}
        as {{ side }}_{{ 'band_rise_ratio' if figure == 'band_rise' else figure }},
    {%- endfor %}
    {%- endfor %}
    cast(effects.index_effect as decimal(18, 6)) as index_effect,
    cast(effects.index_effect - effects.index_margin as decimal(18, 6)) as index_effect_low,
    cast(effects.index_effect + effects.index_margin as decimal(18, 6)) as index_effect_high,
    cast(effects.rise_effect as decimal(18, 8)) as band_rise_effect,
    cast(effects.rise_effect - effects.rise_margin_below as decimal(18, 8)) as band_rise_effect_low,
    cast(effects.rise_effect + effects.rise_margin_above as decimal(18, 8)) as band_rise_effect_high,
    playbooks.inputs_version
from playbooks
left join figures on playbooks.playbook = figures.playbook
left join effects on playbooks.playbook = effects.playbook
