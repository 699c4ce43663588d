{{ config(**connector_model('stg_rudderstack__users')) }}
{{ behind_settings_check() }}
{{ event_stream_users('rudderstack') }}
