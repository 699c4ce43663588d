{{ config(**connector_model('stg_rudderstack__screens')) }}
{{ behind_settings_check() }}
{{ event_stream('rudderstack', 'screens', "'screen_view'", ['name']) }}
