-- A hundred years of days are more than any data; what lies before it is left out.
with bounds as (
    select min(least(as_of_date, data_starts_on)) as first_day, max(as_of_date) as last_day
    from {{ ref('int_as_of_dates') }}
),

numbers as (
    select cast(generated_number - 1 as integer) as days_back
    from ({{ whole_numbers(36525) }}) as numbers_from_one
),

days as (
    select {{ date_plus('-numbers.days_back', 'bounds.last_day') }} as metric_day, bounds.first_day
    from bounds
    cross join numbers
)

select metric_day
from days
where metric_day >= first_day
