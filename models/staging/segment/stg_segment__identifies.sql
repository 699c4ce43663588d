{{ config(**connector_model('stg_segment__identifies')) }}
{{ behind_settings_check() }}
{{ event_stream('segment', 'identifies', "'identify'") }}
