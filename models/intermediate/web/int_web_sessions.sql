{{ config(materialized='view') }}

with session_days as (
    select * from {{ ref('int_web_session_days') }}
)

select
    session_id,
    visitor_id,
    customer_id,
    session_date,
    started_at,
    ended_at,
    duration_seconds,
    events,
    page_views,
    conversions,
    is_bounce,
    is_engaged
from session_days
where stands_until = {{ closed_validity('null', 'to') }}
