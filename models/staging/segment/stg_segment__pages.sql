{{ config(**connector_model('stg_segment__pages')) }}
{{ behind_settings_check() }}
{{ event_stream('segment', 'pages', "'page_view'", ['path', 'context_page_path']) }}
