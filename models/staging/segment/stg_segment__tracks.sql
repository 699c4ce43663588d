{{ config(**connector_model('stg_segment__tracks')) }}
{{ behind_settings_check() }}
{{ event_stream('segment', 'tracks', 'lower(source.event)', ['event'], without_own_table('segment')) }}
