{{ config(**partitioned_by('as_of_date', 'int_playbook_versions', 'playbook_occasions')) }}
-- Only what a date and the kept date before it say, so that a date is stored once: which occasion is the
-- first of its action is looked up in playbook_actions, over all kept dates.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_playbook_versions', 'playbook_occasions') }}
),

kept_dates as (
    select as_of_date, lag(as_of_date) over (order by as_of_date) as previous_as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_kept
),

dates_to_read as (
    select kept_dates.*, dates_to_build.inputs_version
    from dates_to_build
    inner join kept_dates on dates_to_build.partition_date = kept_dates.as_of_date
),

segments as (
    select
        as_of_date,
        customer_id,
        engagement_index,
        coalesce(stable_band, 'unscored') as stable_band,
        stable_band_rank,
        coalesce(trend, '') as trend,
        coalesce(lifecycle_status, '') as lifecycle_status,
        coalesce(at_risk, false) as at_risk
    from {{ ref('customer_segments') }}
    where
        as_of_date in (select dates_to_read.as_of_date from dates_to_read)
        or as_of_date in (select dates_to_read.previous_as_of_date from dates_to_read)
),

qualifying as (
    select
        segments.*,
        playbooks.playbook,
        playbooks.renewal_horizon_days,
        playbooks.cool_down_days,
        playbooks.valid_from,
        segments.as_of_date between playbooks.valid_from and playbooks.valid_to as is_in_force,
        renewals.renewal_date,
        case when renewals.renewal_date is null then 'crossing' else 'renewal' end as occasion,
        coalesce(renewals.renewal_date, playbooks.valid_from) as occasion_key
    from segments
    inner join {{ ref('stg_settings__playbooks') }} as playbooks on {{ meets_conditions('playbooks', 'segments') }}
    left join {{ ref('int_customer_renewals') }} as renewals
        on
            case when playbooks.renewal_horizon_days is not null then segments.customer_id end = renewals.customer_id
            and segments.as_of_date between renewals.valid_from and renewals.valid_to
    where
        playbooks.renewal_horizon_days is null
        or renewals.renewal_date <= {{ date_plus('playbooks.renewal_horizon_days', 'segments.as_of_date') }}
),

-- A playbook that comes into force finds the renewals that are near; nobody crosses because of it. So a
-- crossing is known again by the playbook's version, and a renewal by its date.
compared as (
    select
        *,
        lag(as_of_date) over (
            partition by customer_id, playbook, occasion, occasion_key order by as_of_date
        ) as earlier_on
    from qualifying
    where is_in_force or occasion = 'crossing'
),

begun as (
    select
        compared.*,
        dates_to_read.inputs_version,
        case
            when compared.renewal_date is null then {{ cool_down_start('compared.as_of_date', 'compared.cool_down_days') }}
            else {{ date_plus('-compared.renewal_horizon_days', 'compared.renewal_date') }}
        end as begins_on
    from compared
    inner join dates_to_read on compared.as_of_date = dates_to_read.as_of_date
    where
        compared.is_in_force
        and (compared.earlier_on is null or compared.earlier_on <> dates_to_read.previous_as_of_date)
        and (compared.renewal_date is not null or dates_to_read.previous_as_of_date is not null)
)

select
    as_of_date,
    playbook,
    customer_id,
    {{ action_id('playbook', 'occasion', 'coalesce(renewal_date, begins_on)', 'customer_id') }} as action_id,
    occasion,
    renewal_date,
    begins_on,
    coalesce(renewal_date, {{ date_plus('cool_down_days - 1', 'begins_on') }}) as expires_on,
    engagement_index,
    stable_band,
    stable_band_rank,
    inputs_version
from begun
