-- A copy of the daily tables: nested parameters, microseconds, no ids.
create schema analytics_123;

create table analytics_123.events (
    event_date varchar, event_timestamp bigint, event_name varchar,
    event_params struct(
        "key" varchar,
        "value" struct(string_value varchar, int_value bigint, float_value double, double_value double)
    )[],
    event_bundle_sequence_id bigint, user_id varchar, user_pseudo_id varchar,
    ecommerce struct(purchase_revenue double, refund_value double, transaction_id varchar),
    batch_event_index bigint
);
insert into analytics_123.events
select
    event_date, epoch_us(occurred_at), event_name,
    [
        {'key': 'page_location', 'value': {'string_value': page, 'int_value': null, 'float_value': null, 'double_value': null}},
        {'key': 'ga_session_id', 'value': {'string_value': null, 'int_value': session, 'float_value': null, 'double_value': null}},
        {'key': 'currency', 'value': {'string_value': 'EUR', 'int_value': null, 'float_value': null, 'double_value': null}}
    ],
    bundle, user_id, user_pseudo_id,
    {'purchase_revenue': revenue, 'refund_value': refund, 'transaction_id': transaction_id}, batch_event_index
from (values
    -- before the login; the day of the table is the property's, the time is in UTC
    ('20260621', timestamp '2026-06-20 22:30:00', 'page_view', 'https://shop.example/p?mail=finn@example.com#top', 111, 1, null, 'ga-1', null, null, null, 1),
    -- two events of one bundle at the same microsecond
    ('20260621', timestamp '2026-06-20 22:30:00', 'page_view', 'https://shop.example/p', 111, 1, null, 'ga-1', null, null, null, 2),
    -- the table of the day, written again with the same row
    ('20260621', timestamp '2026-06-20 22:30:00', 'page_view', 'https://shop.example/p', 111, 1, null, 'ga-1', null, null, null, 2),
    ('20260621', timestamp '2026-06-20 22:31:00', 'login', 'https://shop.example', 111, 2, 'g-finn', 'ga-1', null, null, null, 1),
    -- the thank-you page, loaded again
    ('20260621', timestamp '2026-06-21 10:00:00', 'purchase', 'https://shop.example/thanks', 112, 3, 'g-finn', 'ga-1', 30.5, null, 'go-1', 1),
    ('20260621', timestamp '2026-06-21 10:07:00', 'purchase', 'https://shop.example/thanks', 112, 4, 'g-finn', 'ga-1', 30.5, null, 'go-1', 1),
    -- two purchases whose shop sends no number
    ('20260622', timestamp '2026-06-22 10:00:00', 'purchase', 'https://shop.example/thanks', 113, 5, 'g-finn', 'ga-1', 5.0, null, '(not set)', 1),
    ('20260622', timestamp '2026-06-22 11:00:00', 'purchase', 'https://shop.example/thanks', 113, 6, 'g-finn', 'ga-1', 6.0, null, '(not set)', 1),
    ('20260623', timestamp '2026-06-23 10:00:00', 'refund', 'https://shop.example', null, 7, 'g-finn', 'ga-1', null, 10.5, 'go-1', 1),
    -- a visitor without consent has no device
    ('20260623', timestamp '2026-06-23 11:00:00', 'page_view', 'https://shop.example', null, 8, null, null, null, null, null, 1)
) as rows_of_day (
    event_date, occurred_at, event_name, page, session, bundle, user_id, user_pseudo_id, revenue, refund, transaction_id, batch_event_index
);
