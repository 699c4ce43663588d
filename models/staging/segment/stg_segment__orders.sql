{{ config(**connector_model('stg_segment__orders')) }}
{{ behind_settings_check() }}
{{ event_stream_orders('segment', 'order_completed') }}
