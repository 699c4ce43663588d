{{ config(materialized='ephemeral') }}
-- Both dates are told by what they were scored with: what settings did to them stands in the cause.
with transitions as (
    select
        *,
        case
            when from_rank = 0 then 'scored'
            when to_rank = 0 then 'unscored'
            when to_rank > from_rank then 'up'
            when to_rank < from_rank then 'down'
            else 'renamed'
        end as direction
    from {{ ref('int_band_transitions') }}
),

benchmarks as (
    select as_of_date, score_model, benchmark
    from {{ ref('int_score_benchmarks') }}
),

-- Read where it is joined: as a step that is named twice, all scores of all dates would be copied first.
changes as (
    select
        transitions.*,
        scores.score_status,
        earlier.score_status as earlier_status,
        earlier.score_model as earlier_model,
        {%- for channel in channels() %}
        case when transitions.direction = 'down' then -1 else 1 end
        * (scores.{{ channel }}_raw_score - earlier.{{ channel }}_raw_score) as {{ channel }}_push,
        {%- endfor %}
        cast(transitions.compared_with as {{ dbt.type_string() }}) as since
    from transitions
    inner join {{ ref('int_customer_scores') }} as scores
        on
            transitions.as_of_date = scores.as_of_date
            and transitions.customer_id = scores.customer_id
    inner join {{ ref('int_customer_scores') }} as earlier
        on
            transitions.compared_with = earlier.as_of_date
            and transitions.customer_id = earlier.customer_id
),

pushed as (
    select
        changes.*,
        greatest({{ channels() | join('_push, ') }}_push) as strongest_push,
        case when changes.direction = 'down' then -1 else 1 end * (earlier_benchmarks.benchmark - benchmarks.benchmark) as benchmark_push
    from changes
    inner join benchmarks on changes.as_of_date = benchmarks.as_of_date and changes.score_model = benchmarks.score_model
    inner join benchmarks as earlier_benchmarks
        on
            changes.compared_with = earlier_benchmarks.as_of_date
            and changes.earlier_model = earlier_benchmarks.score_model
),

named as (
    select
        *,
        case strongest_push
            {%- for channel in channels() | sort %}
            when {{ channel }}_push then '{{ channel }}'
            {%- endfor %}
        end as channel,
        case when direction = 'down' then -1 else 1 end * strongest_push as points_change
    from pushed
)

select
    as_of_date,
    customer_id,
    direction,
    case
        when direction = 'scored' and earlier_status = 'new_customer' then 'minimum tenure reached'
        when direction = 'scored' then 'minimum of events reached'
        when direction = 'unscored' and score_status = 'new_customer' then 'below the minimum tenure'
        when direction = 'unscored' then 'below the minimum of events'
        when direction = 'renamed' then 'bands renamed'
        when strongest_push >= 0.05
            then channel || ' ' || {{ number_as_text('points_change', 1, signed=true) }} || ' points since ' || since
        when strongest_push > 0
            then channel || ' ' || case when direction = 'down' then 'down' else 'up' end || ' by less than 0.1 points since ' || since
        when benchmark_push > 0
            then 'benchmark ' || case when direction = 'down' then 'raised' else 'lowered' end || ' since ' || since
        else 'settings changed since ' || since
    end as top_reason
from named
