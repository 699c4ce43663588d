{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'segment_metrics')) }}
{%- set changes = ['compared_customers', 'naive_band_changes', 'stable_band_changes'] %}
{%- set counts = ['customers', 'scored_customers', 'at_risk_customers'] + changes %}
{%- set flaps = ['naive_followed_changes', 'naive_flaps', 'stable_followed_changes', 'stable_flaps'] %}
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'segment_metrics') }}
),

dates as (
    select as_of_dates.as_of_date, as_of_dates.previous_as_of_date, as_of_dates.is_latest, dates_to_build.inputs_version
    from {{ ref('int_as_of_dates') }} as as_of_dates
    inner join dates_to_build on as_of_dates.as_of_date = dates_to_build.partition_date
),

customers as (
    select customer_id, plan
    from {{ ref('int_customers') }}
),

segments as (
    select as_of_date, customer_id, at_risk, band, previous_band, stable_band, previous_stable_band
    from {{ ref('customer_segments') }}
),

band_flaps as (
    select * from {{ ref('int_band_flaps') }}
),

counted as (
    select
        segments.as_of_date,
        customers.plan,
        count(case when segments.band <> 'unscored' then 1 end) as scored_customers,
        count(case when segments.band <> 'unscored' and segments.at_risk then 1 end) as at_risk_customers,
        count(segments.previous_band) as compared_customers,
        count(case when segments.band <> segments.previous_band then 1 end) as naive_band_changes,
        count(case when segments.stable_band <> segments.previous_stable_band then 1 end) as stable_band_changes,
        {%- for figure in flaps %}
        0 as {{ figure }},
        {%- endfor %}
        count(*) as customers
    from segments
    inner join dates on segments.as_of_date = dates.as_of_date
    inner join customers on segments.customer_id = customers.customer_id
    group by segments.as_of_date, customers.plan
    union all
    select
        band_flaps.as_of_date,
        customers.plan,
        {%- for figure in counts if figure != 'customers' %}
        0 as {{ figure }},
        {%- endfor %}
        {%- for kind in ['naive', 'stable'] %}
        count(case when band_flaps.kind = '{{ kind }}' then 1 end) as {{ kind }}_followed_changes,
        count(case when band_flaps.kind = '{{ kind }}' and band_flaps.is_undone then 1 end) as {{ kind }}_flaps,
        {%- endfor %}
        0 as customers
    from band_flaps
    inner join customers on band_flaps.customer_id = customers.customer_id
    group by band_flaps.as_of_date, customers.plan
),

grouped as (
    {{ by_dimension('counted', ['as_of_date'], counts + flaps, ['plan']) }}
)

-- Whether a change is undone is looked up in the kept history, for the latest date alone.
select
    grouped.as_of_date,
    cast({{ days_between('dates.previous_as_of_date', 'dates.as_of_date') }} as integer) as window_days,
    grouped.dimension,
    grouped.dimension_value,
    {%- for figure in counts %}
    cast(grouped.{{ figure }} as bigint) as {{ figure }},
    {%- endfor %}
    {%- for figure in flaps %}
    cast(case when dates.is_latest then grouped.{{ figure }} end as bigint) as {{ figure }},
    {%- endfor %}
    {{ ratio('grouped.at_risk_customers', 'grouped.scored_customers') }} as at_risk_share,
    {{ ratio('grouped.naive_band_changes', 'grouped.compared_customers') }} as naive_band_change_rate,
    {{ ratio('grouped.stable_band_changes', 'grouped.compared_customers') }} as stable_band_change_rate,
    {{ ratio('case when dates.is_latest then grouped.naive_flaps end', 'grouped.naive_followed_changes') }} as naive_flap_rate,
    {{ ratio('case when dates.is_latest then grouped.stable_flaps end', 'grouped.stable_followed_changes') }} as stable_flap_rate,
    dates.inputs_version
from grouped
inner join dates on grouped.as_of_date = dates.as_of_date
