{{ config(**connector_model('stg_segment__aliases')) }}
{{ behind_settings_check() }}
{{ event_stream_aliases('segment') }}
