{{ config(**connector_model('stg_stripe__subscriptions')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('stripe', 'subscription_history')) %}
{%- set started_at = source_time(columns, 'start_date', 'stripe') %}
{%- set trial_ended_at = source_time(columns, 'trial_end', 'stripe') %}
{%- set created_at = source_time(columns, 'created', 'stripe') %}

with source as (
    select * from {{ source('stripe', 'subscription_history') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as subscription_id,
        'stripe:' || {{ source_text(columns, ['customer_id']) }} as customer_id,

        -- what
        {{ source_text(columns, ['status']) }} as status,
        {{ source_flag(columns, ['cancel_at_period_end']) }} as is_cancelled,
        {{ source_flag(columns, ['_fivetran_deleted']) }}
        or not {{ source_flag(columns, ['livemode'], missing='true') }} as is_deleted,

        -- when: a trial brings no revenue
        greatest(coalesce({{ started_at }}, {{ created_at }}), coalesce({{ trial_ended_at }}, {{ started_at }}, {{ created_at }}))
            as subscription_started_at,
        {{ source_time(columns, 'ended_at', 'stripe') }} as subscription_ended_at,
        {{ source_time(columns, 'cancel_at', 'stripe') }} as cancels_at,
        {{ source_time(columns, 'current_period_start', 'stripe') }} as period_started_at,
        {{ source_time(columns, 'current_period_end', 'stripe') }} as period_ends_at,
        {{ source_time(columns, '_fivetran_synced', 'stripe') }} as loaded_at

    from source
    where {{ source_flag(columns, ['_fivetran_active'], missing='true') }}
)

{{ latest_rows('renamed', 'subscription_id', [
    'subscription_id', 'customer_id', 'status', 'is_cancelled', 'subscription_started_at', 'subscription_ended_at', 'cancels_at',
    'period_started_at', 'period_ends_at', 'loaded_at',
]) }}
