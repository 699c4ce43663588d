-- A batch export: one row an event, what was sent in properties.
create schema posthog_export;

create table posthog_export.events (
    uuid varchar, event varchar, properties varchar, distinct_id varchar, team_id integer, ip varchar, timestamp timestamp with time zone
);
insert into posthog_export.events values
-- anonymous: the distinct id is the device's
('ph1', '$pageview', '{"$device_id": "pdev-1", "$is_identified": false, "$session_id": "ps-1", "$current_url": "https://app.example/x?mail=ida@example.com", "utm_campaign": "june"}',
 'pdev-1', 1, '203.0.113.5', '2026-06-20 12:00:00+02'),
-- the event that says who it is, exported twice
('ph2', '$identify', '{"$device_id": "pdev-1", "$anon_distinct_id": "pdev-1", "$is_identified": true, "$set": {"email": "ida@example.com"}}',
 'p-ida', 1, '203.0.113.5', '2026-06-20 10:01:00+00'),
('ph2', '$identify', '{"$device_id": "pdev-1", "$anon_distinct_id": "pdev-1", "$is_identified": true, "$set": {"email": "ida@example.com"}}',
 'p-ida', 1, '203.0.113.5', '2026-06-20 10:01:00+00'),
-- another id of hers, which a server used before
('ph3', '$create_alias', '{"alias": "p-ida-server"}', 'p-ida', 1, null, '2026-06-20 10:02:00+00'),
('ph4', 'Invoice Paid', '{}', 'p-ida-server', 1, null, '2026-06-18 10:00:00+00'),
('ph5', '$pageview', '{"$device_id": "pdev-2", "$is_identified": false, "$raw_user_agent": "bingbot/2.0"}', 'pdev-2', 1, null, '2026-06-20 10:00:00+00');
