with source as (
    select * from {{ ref('metric_benchmarks') }}
),

renamed as (
    select
        {{ clean_text('channel') }} as channel,
        {{ clean_text('metric') }} as metric,
        cast(period_days as integer) as period_days,
        {{ clean_text('industry', lower=false) }} as industry,
        cast(p25 as decimal(18, 8)) as p25,
        cast(p50 as decimal(18, 8)) as p50,
        cast(p75 as decimal(18, 8)) as p75,
        {{ clean_text('unit') }} as unit,
        cast(is_used as boolean) as is_used,
        {{ clean_text('source_title', lower=false) }} as source_title,
        {{ clean_text('source_url', lower=false) }} as source_url,
        {{ clean_text('publisher', lower=false) }} as publisher,
        cast(year as integer) as source_year,
        {{ clean_text('note', lower=false) }} as note
    from source
)

select * from renamed
