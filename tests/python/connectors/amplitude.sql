-- The table of one project, whose number is a part of its name; times in UTC.
create schema amplitude_export;

create table amplitude_export.events_187520 (
    amplitude_id bigint, device_id varchar, user_id varchar, event_type varchar, event_time timestamp, client_event_time timestamp,
    server_upload_time timestamp, "$insert_id" varchar, uuid varchar, session_id bigint, ip_address varchar, event_properties varchar
);
insert into amplitude_export.events_187520 values
-- the client's retry: another row, another uuid, the same insert id
(1, 'adev-1', null, '[Amplitude] Page Viewed', '2026-06-20 10:00:00', '2026-06-20 13:00:00', '2026-06-20 10:00:05', 'ins-1', 'uuid-1',
 1781949600000, '203.0.113.4', '{"[Amplitude] Page Path": "/plans?mail=gil@example.com"}'),
(1, 'adev-1', null, '[Amplitude] Page Viewed', '2026-06-20 10:00:00', '2026-06-20 13:00:00', '2026-06-20 10:00:45', 'ins-1', 'uuid-2',
 1781949600000, '203.0.113.4', '{"[Amplitude] Page Path": "/plans?mail=gil@example.com"}'),
-- sent by a server, without a session and without an insert id
(1, 'adev-1', 'a-gil', 'Plan Upgraded', '2026-06-20 10:01:00', null, '2026-06-20 10:01:05', null, 'uuid-3', -1, null, '{}'),
(1, 'adev-1', 'a-gil', 'session_start', '2026-06-20 10:00:00', '2026-06-20 13:00:00', '2026-06-20 10:00:05', 'ins-4', 'uuid-4',
 1781949600000, '203.0.113.4', '{}');
