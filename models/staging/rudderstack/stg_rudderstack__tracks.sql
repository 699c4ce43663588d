{{ config(**connector_model('stg_rudderstack__tracks')) }}
{{ behind_settings_check() }}
{{ event_stream('rudderstack', 'tracks', 'lower(source.event)', ['event'], without_own_table('rudderstack')) }}
