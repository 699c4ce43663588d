{{ config(materialized='view', **connector_model('int_klaviyo_emails')) }}
{{ email_links('stg_klaviyo__persons') }}
