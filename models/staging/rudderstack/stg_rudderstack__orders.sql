{{ config(**connector_model('stg_rudderstack__orders')) }}
{{ behind_settings_check() }}
{{ event_stream_orders('rudderstack', 'order_completed') }}
