{{ config(materialized='view') }}

with raw_interactions as (
    select * from {{ ref('int_identified_interactions') }}
),

excluded_customers as (
    select customer_id, reason
    from {{ ref('stg_settings__excluded_customers') }}
),

judged as (
    select
        raw_interactions.*,
        {{ rejection_reason('excluded_customers.reason') }} as rejection_reason
    from raw_interactions
    left join excluded_customers
        on raw_interactions.customer_id = excluded_customers.customer_id
)

select * from judged
