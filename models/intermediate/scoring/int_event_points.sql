{{ config(materialized='view') }}

{{ event_points(which_dates='is_scored') }}
