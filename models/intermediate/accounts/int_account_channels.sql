{{ config(materialized='ephemeral') }}
-- A channel in which no event is worth anything can't be weak. Of channels with as many points, often
-- none, the weaker is the one in which all accounts together have more.
with customers as (
    select * from {{ ref('int_account_customers') }}
),

weighted_channels as (
    select distinct score_settings.as_of_date, score_settings.score_model, weights.channel
    from {{ ref('int_score_settings') }} as score_settings
    inner join {{ ref('int_score_weights') }} as weights on score_settings.settings_number = weights.settings_number
    where weights.weight <> 0
),

accounts as (
    select
        {%- for channel in channels() %}
        sum({{ channel }}_raw_score) as {{ channel }}_raw_score,
        {%- endfor %}
        as_of_date,
        account_id
    from customers
    group by as_of_date, account_id
),

score_models as (
    select distinct as_of_date, account_id, score_model
    from customers
),

channels as (
    select distinct score_models.as_of_date, score_models.account_id, weighted_channels.channel
    from score_models
    inner join weighted_channels
        on
            score_models.as_of_date = weighted_channels.as_of_date
            and score_models.score_model = weighted_channels.score_model
),

summed as (
    select
        channels.*,
        case channels.channel
            {%- for channel in channels() %}
            when '{{ channel }}' then accounts.{{ channel }}_raw_score
            {%- endfor %}
        end as raw_score
    from channels
    inner join accounts
        on
            channels.as_of_date = accounts.as_of_date
            and channels.account_id = accounts.account_id
),

compared as (
    select *, sum(raw_score) over (partition by as_of_date, channel) as points_of_all
    from summed
),

ranked as (
    select
        *,
        row_number() over (
            partition by as_of_date, account_id order by raw_score desc, points_of_all asc, channel asc
        ) as strength_rank,
        count(*) over (partition by as_of_date, account_id) as channel_count
    from compared
)

select
    as_of_date,
    account_id,
    max(case when strength_rank = 1 then channel end) as strongest_channel,
    max(case when strength_rank = channel_count and channel_count > 1 then channel end) as weakest_channel
from ranked
group by as_of_date, account_id
having max(abs(raw_score)) > 0
