{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'account_scores')) }}
-- Which account a customer belongs to is known as of now only, so there is one date: the latest.
with dates_to_build as (
    select as_of_date, inputs_version
    from {{ ref('int_account_dates_to_build') }}
),

settings as (
    select significance, minimum_previous_events, renewal_horizon_days, concentration_risk_from
    from {{ ref('int_metric_settings') }}
),

score_bands as (
    select band, band_rank, lower_bound, upper_bound, valid_from, valid_to
    from {{ ref('stg_settings__score_bands') }}
),

event_counts as (
    select * from {{ ref('int_account_event_counts') }}
),

channels as (
    select * from {{ ref('int_account_channels') }}
),

subscriptions as (
    select * from {{ ref('int_account_subscriptions') }}
),

accounts as (
    select
        *,
        case when scored_customers > 0 then coalesce(account_index >= good_from_index, false) end as is_good,
        {{ change_z('raw_score', 'previous_raw_score', 'score_variance') }} as change_z,
        -- without a benchmark nobody scored above 0, and the raw score has the index's sign
        coalesce(account_index, scored_raw_score) as banded_index
    from {{ ref('int_account_totals') }}
),

compared as (
    select
        accounts.*,
        coalesce(event_counts.events, 0) as events,
        coalesce(event_counts.previous_events, 0) as previous_events,
        subscriptions.renewal_date,
        subscriptions.mrr,
        subscriptions.currency,
        dates_to_build.inputs_version
    from accounts
    inner join dates_to_build on accounts.as_of_date = dates_to_build.as_of_date
    left join event_counts on accounts.as_of_date = event_counts.as_of_date and accounts.account_id = event_counts.account_id
    left join subscriptions on accounts.as_of_date = subscriptions.as_of_date and accounts.account_id = subscriptions.account_id
),

-- An account of two is led by one of them anyway.
judged as (
    select
        compared.*,
        {{ score_trend('compared.change_z', 'compared.events', 'compared.previous_events', 'settings') }} as trend,
        case
            when compared.previous_events >= settings.minimum_previous_events and compared.change_z <= -settings.significance
                then ', declining'
            else ''
        end || case
            when
                not compared.is_good
                and compared.renewal_date <= {{ date_plus('settings.renewal_horizon_days', 'compared.as_of_date') }}
                then ', unhealthy_before_renewal'
            else ''
        end || case
            when compared.scored_customers > 2 and compared.concentration >= settings.concentration_risk_from then ', concentrated'
            else ''
        end as reasons
    from compared
    cross join settings
)

select
    judged.as_of_date,
    judged.account_id,
    judged.customers,
    judged.scored_customers,
    judged.active_customers,
    {{ ratio('judged.active_customers', 'judged.customers') }} as active_share,
    judged.score_models,
    judged.raw_score,
    judged.engagement_index_sum,
    judged.engagement_index_max,
    judged.account_index,
    coalesce(score_bands.band, 'unscored') as band,
    score_bands.band_rank,
    judged.is_good,
    judged.concentration,
    judged.herfindahl_index,
    judged.top_customer_id,
    channels.strongest_channel,
    channels.weakest_channel,
    judged.events,
    judged.previous_events,
    judged.previous_raw_score,
    judged.score_variance,
    judged.change_z,
    judged.trend,
    judged.renewal_date,
    judged.mrr,
    judged.currency,
    judged.reasons <> '' as at_risk,
    nullif(substring(judged.reasons, 3), '') as risk_reasons,
    judged.inputs_version
from judged
left join channels on judged.as_of_date = channels.as_of_date and judged.account_id = channels.account_id
left join score_bands
    on
        judged.banded_index is not null
        and {{ in_force('score_bands', 'judged.as_of_date') }}
        and {{ in_band('judged.banded_index', 'score_bands') }}
