{{ config(**connector_model('stg_rudderstack__refunds')) }}
{{ behind_settings_check() }}
{{ event_stream_orders('rudderstack', 'order_refunded') }}
