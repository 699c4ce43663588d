{{ config(**connector_model('stg_rudderstack__aliases')) }}
{{ behind_settings_check() }}
{{ event_stream_aliases('rudderstack') }}
