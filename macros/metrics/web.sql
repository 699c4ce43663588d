{#-
  The events of the website by a person, on some event dates: accepted ones, and those of devices on
  which nobody was ever known. The latter are refused before duplicates are told apart, so that is
  done here, in the order in which accepted ones are.

  Args:
    dates (str): the CTE with the wanted dates, `partition_date`.
  Returns: SQL, a select with `source`, `event_date`, `interaction_id`, `visitor_id` (the device where
    it is known, else the customer), `customer_id`, `event_type`, `occurred_at`, `content_id`,
    `is_page_view` and `is_conversion`.
-#}
{% macro web_events(dates) -%}
  {%- set columns = ['source', 'event_date', 'interaction_id', 'anonymous_id', 'customer_id', 'event_type', 'occurred_at', 'content_id'] -%}
  {%- set wanted = 'event_date in (select ' ~ dates ~ '.partition_date from ' ~ dates ~ ')' %}
    select
        events.source,
        events.event_date,
        events.interaction_id,
        coalesce('device:' || events.anonymous_id, 'customer:' || events.customer_id) as visitor_id,
        events.customer_id,
        events.event_type,
        events.occurred_at,
        events.content_id,
        coalesce(event_types.counts_as = 'page_view', false) as is_page_view,
        event_types.is_conversion
    from (
        select {{ columns | join(', ') }}, is_machine, 1 as load_rank
        from {{ ref('int_interactions') }}
        where {{ wanted }}
        union all
        select
            {{ columns | join(', ') }},
            coalesce(is_bot, false) as is_machine,
            row_number() over (
                partition by source, event_date, interaction_id order by {{ customer_engagement.first_load_first('never_identified') }}
            ) as load_rank
        from {{ ref('int_rejected_interactions') }} as never_identified
        where rejection_reason = 'never_identified' and {{ wanted }}
    ) as events
    inner join {{ ref('stg_settings__event_types') }} as event_types on events.event_type = event_types.event_type
    where event_types.channel = 'web' and events.load_rank = 1 and not events.is_machine
{%- endmacro %}


{#-
  The lengths of the windows in which visitors are counted.

  Returns: list of int, days.
-#}
{% macro visitor_windows() %}
  {{ return([1, 7, 30]) }}
{% endmacro %}


{#-
  By what visitors are told apart; `everybody` is the same for all.

  Returns: list of str, columns of `int_web_visitor_spans`.
-#}
{% macro visitor_dimensions() %}
  {{ return(['everybody', 'visitor_kind', 'plan', 'country']) }}
{% endmacro %}
