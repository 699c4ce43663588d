-- One status is looked up whenever it is read, the other was stored when its date was built.
with scores as (
    select as_of_date, customer_id, score_status, raw_score
    from {{ ref('customer_scores') }}
),

normalized as (
    select as_of_date, customer_id, score_status, raw_score
    from {{ ref('customer_normalized_scores') }}
)

select
    coalesce(scores.as_of_date, normalized.as_of_date) as as_of_date,
    coalesce(scores.customer_id, normalized.customer_id) as customer_id,
    scores.score_status,
    normalized.score_status as normalized_status
from scores
full outer join normalized
    on
        scores.as_of_date = normalized.as_of_date
        and scores.customer_id = normalized.customer_id
where
    coalesce(scores.score_status, 'missing') <> coalesce(normalized.score_status, 'missing')
    or scores.raw_score <> normalized.raw_score
