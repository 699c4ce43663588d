-- The shares of a band's customers are 1 together, the score models' counts are those of all, and whoever
-- changed the band has a transition.
with matrix as (
    select * from {{ ref('band_transition_matrix') }}
),

shares as (
    select as_of_date, score_model, from_band, sum(probability) as total, sum(transitions) as transitions, max(customer_periods) as expected
    from matrix
    group by as_of_date, score_model, from_band
),

models as (
    select
        as_of_date,
        'all' as score_model,
        from_band,
        sum(case when score_model = 'all' then transitions else 0 end) as transitions,
        sum(case when score_model = 'all' then 0 else transitions end) as expected
    from matrix
    group by as_of_date, from_band, to_band
),

moves as (
    select
        sum(transitions) as transitions,
        (select count(*) from {{ ref('segment_transitions') }}) as expected
    from matrix
    where score_model = 'all' and from_band <> to_band
)

select 'shares' as what, as_of_date, score_model, from_band, transitions, expected
from shares
where abs(total - 1) > 0.000001 or transitions <> expected
union all
select 'models' as what, as_of_date, score_model, from_band, transitions, expected
from models
where transitions <> expected
union all
select 'moves' as what, null as as_of_date, 'all' as score_model, null as from_band, transitions, expected
from moves
where transitions <> expected
