-- A JSON pipeline: a few columns, everything else in properties; times are local, as an older project has them.
create schema mixpanel_export;

create table mixpanel_export.mp_master_event (
    device_id varchar, distinct_id varchar, event_name varchar, insert_id varchar, "time" timestamp, user_id varchar, properties varchar
);
insert into mixpanel_export.mp_master_event values
-- on a day of summer time, two hours before UTC; only the distinct id names the device
(null, '$device:mdev-1', '$mp_web_page_view', 'm1', '2026-06-20 12:00:00', null, '{"$current_url": "https://app.example/home?mail=hal@example.com"}'),
-- the same insert id for another event is no duplicate, for the same one it is
('mdev-1', 'm-hal', 'Report Created', 'm1', '2026-06-20 12:01:00', 'm-hal', '{}'),
('mdev-1', 'm-hal', 'Report Created', 'm1', '2026-06-20 12:01:00', 'm-hal', '{}'),
-- an id that Mixpanel resolves to another one
(null, 'm-hal-old', 'Report Created', 'm3', '2026-06-19 12:01:00', null, '{}'),
-- in winter, one hour
('mdev-1', 'm-hal', 'Report Created', 'm4', '2026-01-20 12:00:00', 'm-hal', '{}');

create table mixpanel_export.mp_identity_mappings_data_view (distinct_id varchar, resolved_distinct_id varchar);
insert into mixpanel_export.mp_identity_mappings_data_view values ('m-hal-old', 'm-hal');
