with benchmarks as (
    select * from {{ ref('stg_settings__metric_benchmarks') }}
),

-- Those of the channels that are on; a benchmark of another channel waits for it.
known_metrics as (
    {% for metric in customer_engagement.listed_metrics() -%}
    select '{{ metric.channel }}' as known_channel, '{{ metric.metric }}' as known_metric, '{{ metric.unit }}' as known_unit
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

known_channels as (
    select distinct known_channel from known_metrics
),

checked as (
    select
        benchmarks.*,
        known_metrics.known_unit,
        known_metrics.known_metric is null and known_channels.known_channel is not null as is_unknown,
        coalesce(benchmarks.channel, '(no channel)') || ' / ' || coalesce(benchmarks.metric, '(no metric)')
        || ' / ' || coalesce(benchmarks.industry, '(no industry)') as row_key,
        sum(case when benchmarks.is_used then 1 else 0 end) over (
            partition by benchmarks.channel, benchmarks.metric
        ) as used_rows,
        count(*) over (
            partition by benchmarks.channel, benchmarks.metric, benchmarks.industry, benchmarks.period_days
        ) as rows_of_key
    from benchmarks
    left join known_channels on benchmarks.channel = known_channels.known_channel
    left join known_metrics
        on benchmarks.channel = known_metrics.known_channel and benchmarks.metric = known_metrics.known_metric
),

problems as (
    {{ settings_problems('checked', 'metric_benchmarks.csv', [
        ("channel is null or metric is null or industry is null", "the row needs a channel (all where the metric belongs to none), a metric and an industry: add them."),
        ("metric is not null and is_unknown", "the channel has no metric of this name: correct it or delete the row. dbt run-operation print_metrics lists them."),
        ("coalesce(unit, '') <> known_unit", "the unit is not the metric's (a ratio is 0.25, not 25): write the figures and the unit as the metric has them."),
        ("p50 is null", "p50 is empty: write the median, or the mean with a note that it is one."),
        ("p25 > p50 or p50 > p75", "the quartiles don't rise from p25 to p75: correct them."),
        ("source_title is null or source_url is null or publisher is null or source_year is null", "the source is incomplete: a benchmark needs a title, an address, a publisher and a year."),
        ("is_used is null", "is_used is empty: write true for the row that the metric is compared with, false for the others."),
        ("is_used and used_rows > 1", "more than one row of the metric is in use: set is_used to false for all but one."),
        ("rows_of_key > 1", "the benchmark stands in more than one row: keep one."),
    ]) }}
)

select seed_file, row_key, problem from problems
