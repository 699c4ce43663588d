{{ behind_settings_check() }}

with source as (
    select * from {{ source('surveys', 'survey_responses') }}
),

renamed as (
    select
        -- ids
        trim(response_id) as interaction_id,
        upper(trim(customer_id)) as customer_id,
        lower(trim(survey)) as content_id,

        -- what
        'survey_answered' as event_type,
        cast(score as decimal(18, 4)) as quantity,

        -- when
        submitted_at as occurred_at,
        loaded_at

    from source
)

select * from renamed
