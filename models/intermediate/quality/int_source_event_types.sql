{{ config(materialized='view') }}

select source, event_type, min(event_date) as first_event_date
from {{ ref('int_source_event_days') }}
group by source, event_type
