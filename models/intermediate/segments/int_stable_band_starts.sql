{{ config(materialized='ephemeral') }}
-- A customer's first row begins a band too.
select customer_id, max(as_of_date) as stable_band_since
from {{ ref('customer_segments') }}
where previous_stable_band is null or stable_band <> previous_stable_band
group by customer_id
