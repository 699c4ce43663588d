-- Segment's tables as its Postgres loader makes them: a column is there once a call had a value for it.
create schema segment_prod;

create table segment_prod.tracks (
    id varchar, anonymous_id varchar, user_id varchar, event varchar, event_text varchar,
    context_ip varchar, context_page_url varchar, context_user_agent varchar,
    original_timestamp timestamp with time zone, sent_at timestamp with time zone,
    timestamp timestamp with time zone, received_at timestamp with time zone, uuid_ts timestamp with time zone
);
insert into segment_prod.tracks values
-- an address in the page's address and a network address: neither is read
('t1', 'dev-ann', 'u-ann', 'signed_in', 'Signed In', '203.0.113.7', 'https://shop.example/?mail=ann@example.com', 'Mozilla/5.0',
 '2026-06-20 10:00:00+00', '2026-06-20 10:00:01+00', '2026-06-20 10:00:00+00', '2026-06-20 10:00:02+00', '2026-06-20 11:00:00+00'),
-- the loader's retry: the same id
('t1', 'dev-ann', 'u-ann', 'signed_in', 'Signed In', '203.0.113.7', 'https://shop.example/', 'Mozilla/5.0',
 '2026-06-20 10:00:00+00', '2026-06-20 10:00:01+00', '2026-06-20 10:00:00+00', '2026-06-20 10:00:02+00', '2026-06-20 12:00:00+00'),
-- a device whose clock is in 2031
('t2', 'dev-ann', 'u-ann', 'invite_sent', 'Invite Sent', null, null, 'Mozilla/5.0',
 '2031-01-01 00:00:00+00', '2031-01-01 00:00:01+00', '2026-06-21 10:00:00+00', '2026-06-21 10:00:01+00', '2026-06-21 11:00:00+00'),
-- an order, which stands in its own table too
('t3', 'dev-ann', 'u-ann', 'order_completed', 'Order Completed', null, null, 'Mozilla/5.0',
 '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', '2026-06-22 10:00:01+00', '2026-06-22 11:00:00+00'),
-- a user whose id is the e-mail address, in two spellings
('t4', 'dev-bob', 'Bob@Example.com', 'signed_up', 'Signed Up', null, null, 'Mozilla/5.0',
 '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', '2026-06-22 10:00:01+00', '2026-06-22 11:00:00+00'),
-- the id that Ann had before
('t5', 'dev-old', 'u-ann-old', 'signed_in', 'Signed In', null, null, 'Mozilla/5.0',
 '2026-06-10 10:00:00+00', '2026-06-10 10:00:00+00', '2026-06-10 10:00:00+00', '2026-06-10 10:00:01+00', '2026-06-10 11:00:00+00'),
-- a call without an event: rejected, not lost
('t6', 'dev-ann', 'u-ann', null, null, null, null, 'Mozilla/5.0',
 '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', '2026-06-22 10:00:01+00', '2026-06-22 11:00:00+00');

-- Times without a zone, as in Redshift, and the page's own columns.
create table segment_prod.pages (
    id varchar, anonymous_id varchar, user_id varchar, path varchar, url varchar, context_user_agent varchar,
    context_campaign_name varchar, timestamp timestamp, received_at timestamp
);
insert into segment_prod.pages values
-- before anybody was known on the device
('p1', 'dev-ann', null, '/pricing', 'https://shop.example/pricing?mail=ann@example.com', 'Mozilla/5.0', 'June', '2026-06-19 10:00:00', '2026-06-19 10:00:01'),
('p2', 'dev-ann', null, '/pricing', 'https://shop.example/pricing', 'Mozilla/5.0 (compatible; Googlebot/2.1)', null, '2026-06-19 11:00:00', '2026-06-19 11:00:01'),
-- nobody was ever known on it
('p3', 'dev-nobody', null, '/', 'https://shop.example/', 'Mozilla/5.0', null, '2026-06-19 10:00:00', '2026-06-19 10:00:01'),
-- another user of Ann's device
('p4', 'dev-ann', 'u-cleo', '/', 'https://shop.example/', 'Mozilla/5.0', null, '2026-06-25 10:00:00', '2026-06-25 10:00:01');

create table segment_prod.identifies (
    id varchar, anonymous_id varchar, user_id varchar, email varchar, timestamp timestamp with time zone, received_at timestamp with time zone
);
insert into segment_prod.identifies values
('i1', 'dev-ann', 'u-ann', 'ann@example.com', '2026-06-20 09:59:00+00', '2026-06-20 09:59:01+00');

create table segment_prod.users (
    id varchar, email varchar, plan varchar, country varchar, created_at varchar, received_at timestamp with time zone
);
insert into segment_prod.users values
('u-ann', 'ann@example.com', 'Pro', 'de', '2026-01-01T09:00:00Z', '2026-06-20 09:59:01+00'),
-- BigQuery's loader appends
('u-ann', 'ann@example.com', 'free', 'de', '2026-01-01T09:00:00Z', '2026-02-20 09:59:01+00'),
('bob@example.com', 'bob@example.com', null, null, null, '2026-06-22 10:00:01+00'),
-- one address, two people
('u-cleo', 'Ann@example.com ', 'free', 'fr', '2026-06-25T09:00:00Z', '2026-06-25 09:59:01+00');

create table segment_prod.aliases (
    id varchar, user_id varchar, previous_id varchar, timestamp timestamp with time zone, received_at timestamp with time zone
);
insert into segment_prod.aliases values
('a1', 'u-ann', 'u-ann-mid', '2026-06-12 10:00:00+00', '2026-06-12 10:00:01+00'),
('a2', 'u-ann-mid', 'u-ann-old', '2026-06-11 10:00:00+00', '2026-06-11 10:00:01+00');

create table segment_prod.order_completed (
    id varchar, anonymous_id varchar, user_id varchar, order_id varchar, total double precision, currency varchar,
    timestamp timestamp with time zone, received_at timestamp with time zone
);
insert into segment_prod.order_completed values
('t3', 'dev-ann', 'u-ann', 'o-1', 49.9, 'eur', '2026-06-22 10:00:00+00', '2026-06-22 10:00:01+00'),
-- the thank-you page, loaded again: another call, the same order
('t7', 'dev-ann', 'u-ann', 'o-1', 49.9, 'eur', '2026-06-22 10:05:00+00', '2026-06-22 10:05:01+00');
