with source as (
    select * from {{ ref('playbooks') }}
),

renamed as (
    select
        {{ clean_text('playbook') }} as playbook,
        {{ clean_text('band') }} as band,
        {{ clean_text('trend') }} as trend,
        {{ clean_text('lifecycle_status') }} as lifecycle_status,
        cast(is_at_risk as boolean) as is_at_risk,
        cast(renewal_horizon_days as integer) as renewal_horizon_days,
        {{ clean_text('action', lower=false) }} as action,
        {{ clean_text('channel') }} as channel,
        cast(priority as integer) as priority,
        cast(cool_down_days as integer) as cool_down_days,
        cast(holdout_share as decimal(9, 6)) as holdout_share,
        {{ closed_validity('valid_from', 'from') }} as valid_from,
        {{ closed_validity('valid_to', 'to') }} as valid_to
    from source
)

select * from renamed
