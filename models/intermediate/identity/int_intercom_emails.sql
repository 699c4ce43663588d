{{ config(materialized='view', **connector_model('int_intercom_emails')) }}
{{ email_links('stg_intercom__contacts') }}
