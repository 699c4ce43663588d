with settings as (
    select setting, setting_value
    from {{ ref('stg_settings__metric_settings') }}
),

known_settings as (
    {% for setting in metric_settings() -%}
    select
        '{{ setting.name }}' as known_setting,
        {{ 'true' if setting.type == 'integer' else 'false' }} as is_whole,
        {{ setting.least }} as smallest,
        {{ setting.most }} as largest
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

checked as (
    select
        settings.*,
        known_settings.*,
        coalesce(settings.setting, known_settings.known_setting, '(no setting)') as row_key,
        count(*) over (partition by settings.setting, known_settings.known_setting) as rows_of_key
    from settings
    full outer join known_settings on settings.setting = known_settings.known_setting
),

problems as (
    {{ settings_problems('checked', 'metric_settings.csv', [
        ("known_setting is null", "no metric has a setting of this name: correct it or delete the row. There are " ~ metric_settings() | map(attribute="name") | join(", ") ~ "."),
        ("known_setting is not null and setting_value is null", "the setting has no value: add a row with one."),
        ("rows_of_key > 1", "the setting stands in more than one row: keep one."),
        ("setting_value not between smallest and largest", "the value is out of range: see what the column meaning says of it, and correct it."),
        ("is_whole and setting_value <> floor(setting_value)", "the value isn't a whole number: write one."),
    ]) }}
)

select seed_file, row_key, problem from problems
