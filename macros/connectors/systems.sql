{#-
  The systems that track what people do on a website or in an application.

  Returns: dict, as of `connector_systems`.
-#}
{% macro tracking_systems() %}
  {{ return({
    'segment': {
      'tables': ['tracks', 'pages', 'identifies', 'users'],
      'further_tables': ['screens', 'aliases', 'order_completed', 'order_refunded'],
      'interactions': {
        'stg_segment__tracks': ['tracks'],
        'stg_segment__pages': ['pages'],
        'stg_segment__screens': ['screens'],
        'stg_segment__identifies': ['identifies'],
        'stg_segment__orders': ['order_completed'],
        'stg_segment__refunds': ['order_refunded'],
      },
      'customers': {'stg_segment__users': ['users']},
      'identities': {'stg_segment__users': ['users'], 'stg_segment__aliases': ['aliases']},
    },
    'rudderstack': {
      'tables': ['tracks', 'pages', 'identifies', 'users'],
      'further_tables': ['screens', 'aliases', 'order_completed', 'order_refunded'],
      'interactions': {
        'stg_rudderstack__tracks': ['tracks'],
        'stg_rudderstack__pages': ['pages'],
        'stg_rudderstack__screens': ['screens'],
        'stg_rudderstack__identifies': ['identifies'],
        'stg_rudderstack__orders': ['order_completed'],
        'stg_rudderstack__refunds': ['order_refunded'],
      },
      'customers': {'stg_rudderstack__users': ['users']},
      'identities': {'stg_rudderstack__users': ['users'], 'stg_rudderstack__aliases': ['aliases']},
    },
    'snowplow': {
      'tables': ['events'],
      'interactions': {'stg_snowplow__events': ['events']},
    },
    'ga4': {
      'tables': ['events'],
      'lookback_days': 4,
      'interactions': {'stg_ga4__events': ['events']},
    },
    'amplitude': {
      'tables': ['events'],
      'interactions': {'stg_amplitude__events': ['events']},
    },
    'mixpanel': {
      'tables': ['mp_master_event'],
      'further_tables': ['mp_identity_mappings_data_view'],
      'interactions': {'stg_mixpanel__events': ['mp_master_event']},
      'identities': {'stg_mixpanel__identity_mappings': ['mp_identity_mappings_data_view']},
    },
    'posthog': {
      'tables': ['events'],
      'interactions': {'stg_posthog__events': ['events']},
      'identities': {'stg_posthog__events': ['events']},
    },
  }) }}
{% endmacro %}


{#-
  The systems that a company sells, writes and answers with.

  Returns: dict, as of `connector_systems`.
-#}
{% macro business_systems() %}
  {{ return({
    'shopify': {
      'tables': ['order', 'transaction', 'customer'],
      'interactions': {
        'stg_shopify__orders': ['order'],
        'int_shopify_cancellations': ['order'],
        'int_shopify_refunds': ['order', 'transaction'],
      },
      'customers': {'stg_shopify__customers': ['customer']},
      'identities': {'stg_shopify__customers': ['customer']},
      'others': {'stg_shopify__refunds': ['order', 'transaction']},
    },
    'stripe': {
      'tables': ['charge', 'refund', 'customer', 'subscription_history', 'subscription_item', 'price'],
      'interactions': {
        'stg_stripe__charges': ['charge'],
        'int_stripe_refunds': ['charge', 'refund'],
      },
      'customers': {'stg_stripe__customers': ['customer']},
      'subscriptions': {'int_stripe_subscriptions': ['subscription_history', 'subscription_item', 'price']},
      'identities': {'stg_stripe__customers': ['customer']},
      'others': {
        'stg_stripe__refunds': ['charge', 'refund'],
        'stg_stripe__subscriptions': ['subscription_history', 'subscription_item', 'price'],
        'stg_stripe__subscription_items': ['subscription_history', 'subscription_item', 'price'],
        'stg_stripe__prices': ['subscription_history', 'subscription_item', 'price'],
      },
    },
    'zendesk': {
      'tables': ['ticket', 'ticket_field_history', 'ticket_comment', 'satisfaction_rating', 'user'],
      'interactions': {
        'int_zendesk_tickets': ['ticket', 'user'],
        'int_zendesk_status_changes': ['ticket', 'ticket_field_history', 'user'],
        'int_zendesk_comments': ['ticket', 'ticket_comment', 'user'],
        'stg_zendesk__ratings': ['satisfaction_rating'],
      },
      'customers': {'int_zendesk_customers': ['user']},
      'identities': {'int_zendesk_customers': ['user']},
      'others': {
        'stg_zendesk__tickets': ['ticket', 'user'],
        'stg_zendesk__status_changes': ['ticket', 'ticket_field_history', 'user'],
        'stg_zendesk__comments': ['ticket', 'ticket_comment', 'user'],
        'stg_zendesk__users': ['user'],
      },
    },
    'klaviyo': {
      'tables': ['event', 'person'],
      'interactions': {'stg_klaviyo__events': ['event']},
      'customers': {'stg_klaviyo__persons': ['person']},
      'identities': {'stg_klaviyo__persons': ['person'], 'int_klaviyo_emails': ['person']},
    },
    'hubspot': {
      'tables': ['email_event', 'email_event_open', 'email_event_click', 'email_event_status_change', 'contact'],
      'interactions': {'int_hubspot_email_events': ['email_event']},
      'customers': {'stg_hubspot__contacts': ['contact']},
      'identities': {'int_hubspot_contact_ids': ['contact']},
      'others': {
        'stg_hubspot__email_events': ['email_event'],
        'stg_hubspot__email_opens': ['email_event', 'email_event_open'],
        'stg_hubspot__email_clicks': ['email_event', 'email_event_click'],
        'stg_hubspot__email_status_changes': ['email_event', 'email_event_status_change'],
      },
    },
    'intercom': {
      'tables': ['conversation_history', 'conversation_part_history', 'conversation_contact_history', 'contact_history'],
      'interactions': {'int_intercom_events': ['conversation_history', 'conversation_part_history']},
      'customers': {'stg_intercom__contacts': ['contact_history']},
      'identities': {'stg_intercom__contacts': ['contact_history'], 'int_intercom_emails': ['contact_history']},
      'others': {
        'stg_intercom__conversations': ['conversation_history', 'conversation_part_history'],
        'stg_intercom__conversation_parts': ['conversation_history', 'conversation_part_history'],
        'stg_intercom__conversation_contacts': [
          'conversation_history', 'conversation_part_history', 'conversation_contact_history',
        ],
      },
    },
  }) }}
{% endmacro %}
