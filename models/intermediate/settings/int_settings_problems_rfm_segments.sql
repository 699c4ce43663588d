with segments as (
    select * from {{ ref('stg_settings__rfm_segments') }}
),

scores as (
    {% for score in range(1, 6) -%}
    select {{ score }} as score
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

pairs as (
    select recency.score as recency_score, value_scores.score as value_score
    from scores as recency
    cross join scores as value_scores
),

checked as (
    select *, coalesce(segment, '(no segment)') as row_key
    from segments
),

covered as (
    select
        'recency ' || cast(pairs.recency_score as {{ dbt.type_string() }})
        || ' / value ' || cast(pairs.value_score as {{ dbt.type_string() }}) as row_key,
        count(segments.recency_score_from) as parts
    from pairs
    left join segments
        on
            pairs.recency_score between segments.recency_score_from and segments.recency_score_to
            and pairs.value_score between segments.value_score_from and segments.value_score_to
    group by pairs.recency_score, pairs.value_score
),

problems as (
    {{ settings_problems('checked', 'rfm_segments.csv', [
        ("segment is null", "the segment has no name: write one or delete the row."),
        ("coalesce(recency_score_from, 0) < 1 or coalesce(recency_score_to, 6) > 5 or recency_score_from > recency_score_to", "the recency scores make no range: write two numbers from 1 to 5, the lower first."),
        ("coalesce(value_score_from, 0) < 1 or coalesce(value_score_to, 6) > 5 or value_score_from > value_score_to", "the value scores make no range: write two numbers from 1 to 5, the lower first."),
    ]) }}
    union all
    {{ settings_problems('covered', 'rfm_segments.csv', [
        ("parts = 0", "no segment holds this pair of scores: widen one."),
        ("parts > 1", "more than one row holds this pair of scores: narrow all but one."),
    ]) }}
)

select seed_file, row_key, problem from problems
