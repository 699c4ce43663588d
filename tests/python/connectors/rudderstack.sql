-- RudderStack's tables: Segment's names, a session of its own, and times without a zone, in UTC.
create schema rudder_web;

create table rudder_web.tracks (
    id varchar, anonymous_id varchar, user_id varchar, event varchar, event_text varchar, context_ip varchar,
    context_session_id bigint, context_user_agent varchar, original_timestamp timestamp, sent_at timestamp,
    timestamp timestamp, received_at timestamp
);
insert into rudder_web.tracks values
-- delivered at least once: the same id, twice
('r1', 'rdev-1', 'r-dora', 'product_added', 'Product Added', '203.0.113.9', 1781000000, 'Mozilla/5.0',
 '2026-06-20 10:00:00', '2026-06-20 10:00:01', '2026-06-20 10:00:00', '2026-06-20 10:00:02'),
('r1', 'rdev-1', 'r-dora', 'product_added', 'Product Added', '203.0.113.9', 1781000000, 'Mozilla/5.0',
 '2026-06-20 10:00:00', '2026-06-20 10:00:01', '2026-06-20 10:00:00', '2026-06-20 10:00:09');

-- A source without identified page views yet has no column user_id.
create table rudder_web.pages (
    id varchar, anonymous_id varchar, context_page_path varchar, context_session_id bigint, timestamp timestamp, received_at timestamp
);
insert into rudder_web.pages values
('rp1', 'rdev-1', '/cart', 1781000000, '2026-06-20 09:59:00', '2026-06-20 09:59:01');

create table rudder_web.identifies (
    id varchar, anonymous_id varchar, user_id varchar, context_traits_email varchar, timestamp timestamp, received_at timestamp
);
insert into rudder_web.identifies values
('ri1', 'rdev-1', 'r-dora', 'dora@example.com', '2026-06-20 09:59:30', '2026-06-20 09:59:31');

create table rudder_web.users (
    id varchar, email varchar, plan varchar, company_id varchar, created_at timestamp, received_at timestamp
);
insert into rudder_web.users values
('r-dora', 'dora@example.com', 'team', null, '2026-06-01 00:00:00', '2026-06-20 09:59:31'),
-- whom Segment knows, too, by an id that she gave up
('u-ann-old', null, 'free', 'acme', '2025-01-01 00:00:00', '2025-06-20 09:59:31');
