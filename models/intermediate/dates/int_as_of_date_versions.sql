-- What each kind of table is made from, and a hash of it.
with as_of_dates as (
    select * from {{ ref('int_as_of_dates') }}
),

inputs as (
    select * from {{ ref('int_as_of_date_inputs') }}
),

settings as (
    select as_of_date, {{ rows_as_text(['config_version']) }} as settings_version
    from {{ ref('int_score_settings') }}
    group by as_of_date
),

coverage as (
    select as_of_date, {{ rows_as_text(['score_model', 'data_coverage', 'stale_sources']) }} as coverage_version
    from {{ ref('int_score_coverage') }}
    group by as_of_date
),

judged as (
    select settings.as_of_date, settings.settings_version, coverage.coverage_version
    from settings
    left join coverage on settings.as_of_date = coverage.as_of_date
),

-- The settings and the coverage of all dates that a date's stable band looks back on.
lookbacks as (
    select
        as_of_dates.as_of_date,
        {{ sum_of_hashes(version_hash(row_as_text(['as_of_date', 'settings_version', 'coverage_version'], 'judged'))) }} as lookback_version
    from as_of_dates
    inner join judged on judged.as_of_date between as_of_dates.bands_read_from and as_of_dates.as_of_date
    group by as_of_dates.as_of_date
),

-- What the whole kept history was told from, for tables of the latest date that look at all of it.
histories as (
    select {{ rows_as_text(['as_of_date', 'lookback_version']) }} as history_version
    from lookbacks
),

compared as (
    select {{ rows_as_text(['as_of_dates.comparison', 'as_of_dates.as_of_date', 'settings.settings_version']) }} as compared_version
    from as_of_dates
    inner join settings on as_of_dates.as_of_date = settings.as_of_date
    where as_of_dates.comparison is not null and as_of_dates.is_scored
),

labels as (
    select {{ rows_as_text(['event_type', 'label']) }} as labels_version
    from {{ ref('stg_settings__event_types') }}
),

{% for seed, columns in version_seeds().items() -%}
{{ seed }} as (
    select {{ rows_as_text(columns) }} as {{ seed }}_version
    from {{ ref('stg_settings__' ~ seed) }}
),

{% endfor -%}
described as (
    select
        as_of_dates.*,
        inputs.events_version,
        inputs.raw_events_version,
        inputs.known_version,
        inputs.attributes_version,
        inputs.score_models_version,
        inputs.subscriptions_version,
        settings.settings_version,
        coverage.coverage_version,
        compared.compared_version,
        labels.labels_version,
        {%- for seed in version_seeds() %}
        {{ seed }}.{{ seed }}_version,
        {%- endfor %}
        case when as_of_dates.is_latest then histories.history_version end as history_version,
        lookbacks.lookback_version
    from as_of_dates
    inner join inputs on as_of_dates.as_of_date = inputs.as_of_date
    left join settings on as_of_dates.as_of_date = settings.as_of_date
    left join lookbacks on as_of_dates.as_of_date = lookbacks.as_of_date
    left join coverage on as_of_dates.as_of_date = coverage.as_of_date
    cross join histories
    cross join compared
    cross join labels
    {%- for seed in version_seeds() %}
    cross join {{ seed }}
    {%- endfor %}
),

reaches as (
    {% for reach in table_reaches() -%}
    select '{{ reach.reach }}' as reach
    {{ 'union all' if not loop.last }}
    {% endfor -%}
)

{% set known_models = {} -%}
select
    reaches.reach,
    described.as_of_date as partition_date,
    case reaches.reach
        {%- for reach in table_reaches() %}
        when '{{ reach.reach }}' then {{ version_hash(
            row_as_text(reach.inputs) ~ " || '" ~ models_version([reach.model], known_models) ~ (reach.vars or '') ~ "'"
        ) }}
        {%- endfor %}
    end as inputs_version
from described
cross join reaches
where
    case reaches.reach
        {%- for reach in table_reaches() %}
        when '{{ reach.reach }}' then {{ reach.dates }}
        {%- endfor %}
    end
