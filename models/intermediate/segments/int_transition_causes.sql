{{ config(materialized='ephemeral') }}
-- The history before the date is as it is; only the date itself is told otherwise.
with tests as (
    select * from {{ ref('int_transition_tests') }}
),

days_to_read as (
    select
        tests.test_number,
        tests.customer_id,
        earlier.as_of_date,
        {{ day_number('earlier.as_of_date') }} as day_number
    from tests
    inner join {{ ref('int_as_of_dates') }} as as_of_dates on tests.as_of_date = as_of_dates.as_of_date
    inner join {{ ref('int_as_of_dates') }} as earlier
        on
            as_of_dates.bands_read_from <= earlier.as_of_date
            and as_of_dates.as_of_date > earlier.as_of_date
            and earlier.is_scored
),

history as (
    {{ banded_scores('days_to_read', 'test_number') }}
),

banded as (
    select day_number, test_number, band_rank, dwell_days, is_inside
    from history
    union all
    select
        {{ day_number('tests.as_of_date') }} as day_number,
        tests.test_number,
        scores.band_rank,
        scores.dwell_days,
        scores.is_inside
    from tests
    inner join {{ ref('int_transition_test_scores') }} as scores on tests.test_number = scores.test_number
),

judged as (
    {{ stable_bands('banded', 'test_number') }}
)

select
    tests.as_of_date,
    tests.customer_id,
    tests.cause,
    judged.stable_rank = tests.from_rank as is_explained
from judged
inner join tests
    on
        judged.test_number = tests.test_number
        and judged.day_number = {{ day_number('tests.as_of_date') }}
