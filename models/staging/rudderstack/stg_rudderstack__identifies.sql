{{ config(**connector_model('stg_rudderstack__identifies')) }}
{{ behind_settings_check() }}
{{ event_stream('rudderstack', 'identifies', "'identify'") }}
