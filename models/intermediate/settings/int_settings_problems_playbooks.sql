with playbooks as (
    select * from {{ ref('stg_settings__playbooks') }}
),

bands as (
    select distinct band as known_band
    from {{ ref('stg_settings__score_bands') }}
),

checked as (
    select
        playbooks.*,
        bands.known_band,
        coalesce(playbooks.playbook, '(no playbook)') as row_key,
        {{ previous_validity('playbooks.playbook') }} as previous_valid_to
    from playbooks
    left join bands on playbooks.band = bands.known_band
),

problems as (
    {{ settings_problems('checked', 'playbooks.csv', [
        ("playbook is null", "the playbook has no name: write one or delete the row."),
        ("band <> 'unscored' and known_band is null", "score_bands.csv has no such band: write one of its bands, unscored, or nothing for any."),
        ("trend not in ('increasing', 'stable', 'declining', 'new', 'lapsed')", "there is no such trend: write increasing, stable, declining, new, lapsed, or nothing for any."),
        ("lifecycle_status not in ('new', 'returning', 'resurrected', 'dormant', 'lost', 'never_active')", "there is no such lifecycle status: write new, returning, resurrected, dormant, lost, never_active, or nothing for any."),
        ("renewal_horizon_days < 1", "renewal_horizon_days isn't above 0: write how many days before a renewal the playbook may act, or nothing if it isn't about renewals."),
        ("action is null", "the action is empty: say what to do."),
        ("channel is null", "the channel is empty: say where the action is taken, such as phone or email."),
        ("priority is null or priority < 1", "the priority isn't a whole number from 1 on: write 1 for what comes first."),
        ("holdout_share is null or holdout_share not between 0 and 1", "holdout_share isn't between 0 and 1: write 0 for nobody, 0.1 for a tenth of the customers."),
        ("renewal_horizon_days is null and cool_down_days is null", "cool_down_days is empty: write in how many days a customer gets the action once at most."),
        ("renewal_horizon_days is not null and cool_down_days is not null", "a playbook with a renewal horizon acts once for each renewal: leave cool_down_days empty."),
        ("cool_down_days < 1", "cool_down_days isn't above 0: write at least 1."),
        ("cool_down_days > " ~ longest_cool_down(), "cool_down_days isn't shorter than the kept history: write at most " ~ longest_cool_down() ~ ", or raise history_periods."),
    ] + validity_checks()) }}
)

select seed_file, row_key, problem from problems
