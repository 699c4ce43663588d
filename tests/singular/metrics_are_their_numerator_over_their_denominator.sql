-- Points are hundredths, and money has four places. A value may be null for a reason of its own (too few answers); a quotient may not.
with metrics as (
    select
        *,
        case when unit = 'points' then 100 else 1 end * {{ customer_engagement.ratio('numerator', 'denominator', 'decimal(28, 8)') }} as quotient
    from {{ ref('engagement_metrics') }}
    where denominator is not null
)

select as_of_date, channel, metric, period_days, dimension, dimension_value, numerator, denominator, value, quotient
from metrics
where
    value is not null
    and (
        quotient is null
        or abs(value - quotient) > case when unit = 'currency' then 0.000051 else 0.000001 * greatest(1, abs(quotient)) end
    )
