{{ config(**connector_model('stg_segment__users')) }}
{{ behind_settings_check() }}
{{ event_stream_users('segment') }}
