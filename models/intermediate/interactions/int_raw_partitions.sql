-- The fingerprint of the raw rows, before rejection: what is new is decided by comparing it.
{%- set lookbacks = source_lookbacks() %}
{%- set columns = interaction_contract() | map(attribute='name') | list %}
with raw_interactions as (
    select *, {{ partition_date() }} as partition_date
    from {{ ref('int_identified_interactions') }}
),

excluded_customers as (
    select customer_id, reason
    from {{ ref('stg_settings__excluded_customers') }}
),

partitions as (
    select
        source,
        partition_date,
        count(*) as raw_count,
        count(loaded_at) as loaded_count,
        max(loaded_at) as latest_loaded_at,
        {{ sum_of_hashes('identity_version') }} as identities_version
    from raw_interactions
    group by source, partition_date
),

-- An exclusion restates the dates on which the customer has rows, and no others.
excluded as (
    select distinct
        raw_interactions.source,
        raw_interactions.partition_date,
        excluded_customers.customer_id,
        excluded_customers.reason
    from raw_interactions
    inner join excluded_customers on raw_interactions.customer_id = excluded_customers.customer_id
),

exclusions as (
    select
        source,
        partition_date,
        {{ version_hash(rows_as_text(['customer_id', 'reason'])) }} as exclusions_version
    from excluded
    group by source, partition_date
),

-- Only of sources that say how far back they rewrite rows without a new load time; one row each, by
-- an aggregate also where all days are read.
lookbacks as (
    {% for lookback in lookbacks -%}
    select
        '{{ lookback.source }}' as model_name,
        {{ date_plus(1 - lookback.days, 'max(event_date)') if lookback.days is integer else closed_validity('null', 'from') }} as reads_from
    from raw_interactions
    where source = '{{ lookback.source }}' and occurred_at <= {{ time_plus('hour', 1, 'loaded_at') }}
    having count(*) > 0
    {{ 'union all' if not loop.last }}
    {% else -%}
    select source as model_name, partition_date as reads_from
    from partitions
    where false
    {% endfor %}
),

contents as (
    select
        raw_interactions.source,
        raw_interactions.partition_date,
        {{ sum_of_hashes(version_hash(row_as_text(columns, 'raw_interactions'))) }} as content_version
    from raw_interactions
    inner join lookbacks
        on
            raw_interactions.source = lookbacks.model_name
            and raw_interactions.partition_date >= lookbacks.reads_from
    group by raw_interactions.source, raw_interactions.partition_date
)

select
    partitions.source,
    partitions.partition_date,
    cast(partitions.raw_count as bigint) as raw_count,
    cast(partitions.loaded_count as bigint) as loaded_count,
    partitions.latest_loaded_at,
    partitions.identities_version,
    exclusions.exclusions_version,
    contents.content_version
from partitions
left join exclusions
    on
        partitions.source = exclusions.source
        and partitions.partition_date = exclusions.partition_date
left join contents
    on
        partitions.source = contents.source
        and partitions.partition_date = contents.partition_date
