{{ config(**connector_model('stg_segment__screens')) }}
{{ behind_settings_check() }}
{{ event_stream('segment', 'screens', "'screen_view'", ['name']) }}
