{{ config(**partitioned_by('as_of_date', 'int_playbook_versions', 'playbook_actions')) }}
-- The first occasion counts. A cool-down period that began before the second kept date may have had one
-- that nobody sees any more, so its crossings are left out; a renewal is in reach of many dates, so the
-- first kept one stands for those before it.
with latest as (
    {{ partitions_to_build('as_of_date', 'int_playbook_versions', 'playbook_actions') }}
),

history as (
    select min(as_of_date) as history_starts_on
    from {{ ref('int_as_of_dates') }}
    where is_kept
),

playbooks as (
    select * from {{ ref('stg_settings__playbooks') }}
),

segments as (
    select as_of_date, customer_id, stable_band, trend, lifecycle_status, at_risk
    from {{ ref('customer_segments') }}
    where as_of_date in (select latest.partition_date from latest)
),

ranked as (
    select
        occasions.*,
        history.history_starts_on,
        latest.partition_date as latest_date,
        latest.inputs_version as latest_version,
        row_number() over (partition by occasions.action_id order by occasions.as_of_date) as earliest_first
    from {{ ref('playbook_occasions') }} as occasions
    cross join history
    cross join latest
    where occasions.occasion = 'renewal' or occasions.begins_on > history.history_starts_on
),

-- Whom a playbook still speaks of on the latest date, by what it says then.
qualifying as (
    select
        playbooks.playbook,
        segments.customer_id,
        case
            when renewals.renewal_date <= {{ date_plus('playbooks.renewal_horizon_days', 'segments.as_of_date') }}
                then renewals.renewal_date
        end as near_renewal_date
    from segments
    inner join playbooks
        on segments.as_of_date between playbooks.valid_from and playbooks.valid_to and {{ meets_conditions('playbooks', 'segments') }}
    left join {{ ref('int_customer_renewals') }} as renewals
        on segments.customer_id = renewals.customer_id and segments.as_of_date between renewals.valid_from and renewals.valid_to
)

select
    ranked.latest_date as as_of_date,
    ranked.action_id,
    ranked.playbook,
    ranked.customer_id,
    customers.account_id,
    ranked.occasion,
    ranked.as_of_date as occurred_on,
    ranked.begins_on,
    ranked.expires_on,
    ranked.renewal_date,
    ranked.begins_on >= ranked.history_starts_on as is_begin_known,
    {{ is_held_out('playbooks.playbook', 'ranked.customer_id', 'playbooks.holdout_share') }} as is_held_out,
    ranked.latest_date <= ranked.expires_on
    and qualifying.customer_id is not null
    and coalesce(ranked.renewal_date = qualifying.near_renewal_date, ranked.renewal_date is null) as is_due,
    playbooks.action,
    playbooks.channel,
    playbooks.priority,
    replace(ranked.stable_band, '_', ' ')
    || case when playbooks.trend is null then '' else ', trend ' || playbooks.trend end
    || case when playbooks.lifecycle_status is null then '' else ', lifecycle ' || replace(playbooks.lifecycle_status, '_', ' ') end
    || case when playbooks.is_at_risk then ', at risk' when not playbooks.is_at_risk then ', not at risk' else '' end
    || case when ranked.renewal_date is null then '' else ', renews on ' || cast(ranked.renewal_date as {{ dbt.type_string() }}) end
        as reason,
    ranked.engagement_index,
    ranked.stable_band,
    ranked.stable_band_rank,
    ranked.latest_version as inputs_version
from ranked
inner join playbooks
    on ranked.playbook = playbooks.playbook and ranked.as_of_date between playbooks.valid_from and playbooks.valid_to
inner join {{ ref('int_customers') }} as customers on ranked.customer_id = customers.customer_id
left join qualifying on ranked.playbook = qualifying.playbook and ranked.customer_id = qualifying.customer_id
where ranked.earliest_first = 1
