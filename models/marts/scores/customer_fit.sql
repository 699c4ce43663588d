{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'customer_fit')) }}
-- Attributes are known as of now only, so there is one date: the latest. Fit and engagement stay two
-- numbers: a sum of them would call a good customer who left and a busy stranger the same.
with settings as (
    select good_fit_from
    from {{ ref('int_metric_settings') }}
),

segments as (
    select as_of_date, customer_id, engagement_index, is_good
    from {{ ref('customer_segments') }}
),

pointed as (
    select
        *,
        {% for attribute in fit_attributes() -%}
        coalesce({{ attribute }}_points, 0) + {% endfor -%}
        0 as fit_points,
        {% for attribute in fit_attributes() -%}
        case when {{ attribute }}_points is null then 0 else 1 end + {% endfor -%}
        0 as known_attributes
    from {{ ref('int_customer_fit_points') }}
),

scored as (
    select
        *,
        {{ ratio('100 * fit_points', 'highest_fit_points', 'decimal(9, 6)') }} as fit_score
    from pointed
),

judged as (
    select
        scored.*,
        segments.engagement_index,
        segments.is_good,
        scored.fit_score >= settings.good_fit_from as is_good_fit
    from scored
    inner join segments on scored.as_of_date = segments.as_of_date and scored.customer_id = segments.customer_id
    cross join settings
)

select
    as_of_date,
    customer_id,
    {%- for attribute in fit_attributes() %}
    cast({{ attribute }}_points as decimal(18, 6)) as {{ attribute }}_points,
    {%- endfor %}
    cast(case when highest_fit_points is not null then fit_points end as decimal(18, 6)) as fit_points,
    cast(highest_fit_points as decimal(18, 6)) as highest_fit_points,
    fit_score,
    {{ ratio('known_attributes', 'attributes') }} as fit_coverage,
    is_good_fit,
    engagement_index,
    is_good,
    case
        {%- for quadrant in fit_quadrants() %}
        when is_good_fit = {{ quadrant.is_good_fit }} and is_good = {{ quadrant.is_good }} then '{{ quadrant.name }}'
        {%- endfor %}
    end as fit_quadrant,
    inputs_version
from judged
