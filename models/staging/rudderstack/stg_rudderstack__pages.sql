{{ config(**connector_model('stg_rudderstack__pages')) }}
{{ behind_settings_check() }}
{{ event_stream('rudderstack', 'pages', "'page_view'", ['path', 'context_page_path']) }}
