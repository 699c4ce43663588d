with event_types as (
    select event_type, channel, initiator, is_active, is_conversion, counts_as
    from {{ ref('stg_settings__event_types') }}
),

checked as (
    select
        *,
        coalesce(event_type, '(no event type)') as row_key,
        count(*) over (partition by event_type) as rows_of_key
    from event_types
),

excluded_customers as (
    select customer_id, reason
    from {{ ref('stg_settings__excluded_customers') }}
),

checked_exclusions as (
    select
        *,
        coalesce(customer_id, '(no customer)') as row_key,
        count(*) over (partition by customer_id) as rows_of_key
    from excluded_customers
),

problems as (
    {{ settings_problems('checked', 'event_types.csv', [
        ("coalesce(event_type, '') = ''", "the event type is empty: write one or delete the row."),
        ("rows_of_key > 1", "the event type stands in more than one row: keep one."),
        ("channel is null or channel not in ('" ~ channels() | join("', '") ~ "')", "the channel isn't known: write one of " ~ channels() | join(", ") ~ "."),
        ("initiator is null or initiator not in ('customer', 'company', 'unknown')", "the initiator isn't known: write customer, company or unknown."),
        ("is_active is null", "is_active is empty: write true or false."),
        ("is_conversion is null", "is_conversion is empty: write true or false."),
        ("counts_as not in ('" ~ event_roles() | join("', '") ~ "')", "counts_as isn't known: write one of " ~ event_roles() | join(", ") ~ ", or leave it empty."),
    ]) }}
    union all
    {{ settings_problems('checked_exclusions', 'excluded_customers.csv', [
        ("coalesce(customer_id, '') = ''", "the customer is empty: write one or delete the row."),
        ("rows_of_key > 1", "the customer stands in more than one row: keep one."),
        ("reason is null or reason not in ('internal', 'test', 'erased')", "the reason isn't known: write internal, test or erased."),
    ]) }}
)

select seed_file, row_key, problem from problems
