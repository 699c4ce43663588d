-- A few rows a date; a table, because every row of customer_scores looks one up.
with settings as (
    select as_of_date, score_model
    from {{ ref('int_score_settings') }}
),

score_sources as (
    select as_of_date, score_model, source
    from {{ ref('int_score_sources') }}
),

freshness as (
    select as_of_date, source, is_stale
    from {{ ref('int_source_freshness') }}
),

covered as (
    select
        settings.as_of_date,
        settings.score_model,
        count(score_sources.source) as source_count,
        count(case when freshness.is_stale then 1 end) as stale_source_count,
        {{ list_in_order('case when freshness.is_stale then score_sources.source end', ', ', 'score_sources.source') }}
            as stale_sources
    from settings
    left join score_sources
        on
            settings.as_of_date = score_sources.as_of_date
            and settings.score_model = score_sources.score_model
    left join freshness
        on
            score_sources.as_of_date = freshness.as_of_date
            and score_sources.source = freshness.source
    group by settings.as_of_date, settings.score_model
)

-- Where the score depends on no source, none is missing.
select
    as_of_date,
    score_model,
    cast(source_count as integer) as source_count,
    cast(stale_source_count as integer) as stale_source_count,
    cast(coalesce({{ ratio('source_count - stale_source_count', 'source_count') }}, 1) as decimal(18, 8)) as data_coverage,
    nullif(stale_sources, '') as stale_sources
from covered
