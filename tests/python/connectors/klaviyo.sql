-- Klaviyo's tables as Fivetran makes them (unpacked): a property is a column once an event had it.
create schema klaviyo_prod;

create table klaviyo_prod.event (
    id varchar, person_id varchar, campaign_id varchar, flow_id varchar, flow_message_id varchar, metric_id varchar, type varchar,
    uuid varchar, _variation varchar, datetime timestamp with time zone, timestamp timestamp with time zone,
    property_cohort_message_send_cohort varchar, property_machine_open boolean, property_bot_click varchar,
    property_bounce_type varchar, property_subject varchar, property_url varchar, property_ip varchar, property_attribution varchar,
    property_value double precision, _fivetran_deleted boolean, _fivetran_synced timestamp with time zone
);
insert into klaviyo_prod.event values
-- a campaign's message: received, opened by Apple's mail program, then by Kim, clicked by a scanner and by Kim
('kl01', '01KIM', 'CAMP1', null, null, 'M1', 'Received Email', 'x1', 'V1', '2026-06-20 08:00:00+00', '2026-06-20 08:00:00+00',
 '1781942400:CAMP1', null, null, null, 'Hello Kim', null, null, null, null, false, '2026-06-20 09:00:00+00'),
('kl02', '01KIM', 'CAMP1', null, null, 'M2', 'Opened Email', 'x2', 'V1', '2026-06-20 08:00:03+00', '2026-06-20 08:00:03+00',
 '1781942400:CAMP1', true, null, null, 'Hello Kim', null, '203.0.113.7', null, null, false, '2026-06-20 09:00:00+00'),
('kl03', '01KIM', 'CAMP1', null, null, 'M2', 'Opened Email', 'x3', 'V1', '2026-06-20 18:00:00+00', '2026-06-20 18:00:00+00',
 '1781942400:CAMP1', false, null, null, 'Hello Kim', null, '203.0.113.7', null, null, false, '2026-06-20 19:00:00+00'),
('kl04', '01KIM', 'CAMP1', null, null, 'M3', 'Clicked Email', 'x4', 'V1', '2026-06-20 08:00:04+00', '2026-06-20 08:00:04+00',
 '1781942400:CAMP1', null, 'True', null, 'Hello Kim', 'https://shop.example/?mail=kim@example.com', null, null, null, false, '2026-06-20 09:00:00+00'),
('kl05', '01KIM', 'CAMP1', null, null, 'M3', 'Clicked Email', 'x5', 'V1', '2026-06-20 18:01:00+00', '2026-06-20 18:01:00+00',
 '1781942400:CAMP1', null, 'False', null, 'Hello Kim', 'https://shop.example/?mail=kim@example.com', null, null, null, false, '2026-06-20 19:00:00+00'),
-- loaded again, into a warehouse that appends
('kl05', '01KIM', 'CAMP1', null, null, 'M3', 'Clicked Email', 'x5', 'V1', '2026-06-20 18:01:00+00', '2026-06-20 18:01:00+00',
 '1781942400:CAMP1', null, 'False', null, 'Hello Kim', 'https://shop.example/?mail=kim@example.com', null, null, null, false, '2026-06-21 19:00:00+00'),
-- a flow that sends the same message twice, each a delivery of its own; the second one is opened
('kl06', '01KIM', null, 'FLOW1', 'FM1', 'M1', 'Received Email', 'x6', null, '2026-06-21 08:00:00+00', '2026-06-21 08:00:00+00',
 '1782028800:FM1', null, null, null, 'Your basket', null, null, null, null, false, '2026-06-21 09:00:00+00'),
('kl07', '01KIM', null, 'FLOW1', 'FM1', 'M1', 'Received Email', 'x7', null, '2026-06-23 08:00:00+00', '2026-06-23 08:00:00+00',
 '1782201600:FM1', null, null, null, 'Your basket', null, null, null, null, false, '2026-06-23 09:00:00+00'),
('kl08', '01KIM', null, 'FLOW1', 'FM1', 'M2', 'Opened Email', 'x8', null, '2026-06-23 09:00:00+00', '2026-06-23 09:00:00+00',
 '1782201600:FM1', false, null, null, 'Your basket', null, '203.0.113.7', null, null, false, '2026-06-23 10:00:00+00'),
-- an order that the shop tells too, attributed to a message
('kl09', '01KIM', 'CAMP1', null, null, 'M9', 'Placed Order', 'x9', null, '2026-06-20 18:10:00+00', '2026-06-20 18:10:00+00',
 null, null, null, null, null, null, null, '{"$attributed_event_id": "kl05"}', 49.9, false, '2026-06-20 19:00:00+00'),
-- Kit: bounced softly, not sent after that, a complaint, and the two names of leaving
('kl10', '01KIT', 'CAMP1', null, null, 'M4', 'Bounced Email', 'x10', 'V1', '2026-06-20 08:00:05+00', '2026-06-20 08:00:05+00',
 '1781942400:CAMP1', null, null, 'Soft', 'Hello Kit', null, null, null, null, false, '2026-06-20 09:00:00+00'),
('kl11', '01KIT', 'CAMP2', null, null, 'M5', 'Dropped Email', 'x11', null, '2026-06-21 08:00:00+00', '2026-06-21 08:00:00+00',
 null, null, null, null, 'Hello again', null, null, null, null, false, '2026-06-21 09:00:00+00'),
('kl12', '01KIT', 'CAMP3', null, null, 'M1', 'Received Email', 'x12', null, '2026-06-22 08:00:00+00', '2026-06-22 08:00:00+00',
 '1782115200:CAMP3', null, null, null, 'Third', null, null, null, null, false, '2026-06-22 09:00:00+00'),
('kl13', '01KIT', 'CAMP3', null, null, 'M6', 'Marked Email as Spam', 'x13', null, '2026-06-22 09:00:00+00', '2026-06-22 09:00:00+00',
 '1782115200:CAMP3', null, null, null, 'Third', null, null, null, null, false, '2026-06-22 10:00:00+00'),
('kl14', '01KIT', 'CAMP3', null, null, 'M7', 'Unsubscribed from Email Marketing', 'x14', null, '2026-06-22 09:01:00+00', '2026-06-22 09:01:00+00',
 null, null, null, null, null, null, null, null, null, null, '2026-06-22 10:00:00+00'),
('kl15', '01KIT', null, null, null, 'M8', 'Unsubscribed from List', 'x15', null, '2026-06-22 09:02:00+00', '2026-06-22 09:02:00+00',
 null, null, null, null, null, null, null, null, null, null, '2026-06-22 10:00:00+00'),
-- a profile that was merged into Kim's later, and one that nobody knows
('kl16', '01OLD', null, null, null, 'M10', 'Active on Site', 'x16', null, '2026-06-18 09:00:00+00', '2026-06-18 09:00:00+00',
 null, null, null, null, null, null, '203.0.113.7', null, null, null, '2026-06-18 10:00:00+00'),
('kl17', '01GONE', null, null, null, 'M10', 'Active on Site', 'x17', null, '2026-06-18 09:00:00+00', null,
 null, null, null, null, null, null, '203.0.113.7', null, null, null, '2026-06-18 10:00:00+00'),
-- deleted in Klaviyo
('kl18', '01KIM', null, null, null, 'M10', 'Active on Site', 'x18', null, '2026-06-18 09:00:00+00', '2026-06-18 09:00:00+00',
 null, null, null, null, null, null, null, null, null, true, '2026-06-19 10:00:00+00');

create table klaviyo_prod.person (
    id varchar, email varchar, external_id varchar, first_name varchar, phone_number varchar, country varchar, ip varchar,
    created timestamp with time zone, updated timestamp with time zone, _fivetran_deleted boolean, _fivetran_synced timestamp with time zone
);
insert into klaviyo_prod.person values
('01KIM', 'Kim@Example.com', 'u-kim', 'Kim', '+4930123', 'Germany', '203.0.113.7',
 '2026-01-01 09:00:00+00', '2026-06-20 09:00:00+00', false, '2026-06-20 10:00:00+00'),
-- no id of the company's own
('01KIT', ' kit@example.com', null, 'Kit', null, 'France', null,
 '2026-02-01 09:00:00+00', '2026-06-20 09:00:00+00', false, '2026-06-20 10:00:00+00'),
-- merged into Kim's: Klaviyo deletes it, its events stay where they were loaded
('01OLD', null, 'u-kim', null, '+4930124', 'Spain', null,
 '2026-06-01 09:00:00+00', '2026-06-18 09:00:00+00', true, '2026-06-25 10:00:00+00'),
-- known by a telephone number alone
('01TEL', null, '', null, '+4930125', null, null,
 '2026-06-02 09:00:00+00', '2026-06-18 09:00:00+00', false, '2026-06-25 10:00:00+00');
