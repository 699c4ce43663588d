with source as (
    select * from {{ ref('rfm_segments') }}
),

renamed as (
    select
        {{ clean_text('segment') }} as segment,
        cast(recency_score_from as integer) as recency_score_from,
        cast(recency_score_to as integer) as recency_score_to,
        cast(value_score_from as integer) as value_score_from,
        cast(value_score_to as integer) as value_score_to
    from source
)

select * from renamed
