-- HubSpot's tables as Fivetran makes them. Events name a recipient's address, never a contact.
create schema hubspot_prod;

create table hubspot_prod.email_event (
    id varchar, type varchar, created timestamp with time zone, recipient varchar, email_campaign_id bigint, app_id bigint,
    portal_id bigint, sent_by_id varchar, sent_by_created timestamp with time zone, caused_by_id varchar, obsoleted_by_id varchar,
    filtered_event boolean, _fivetran_synced timestamp with time zone
);
insert into hubspot_prod.email_event values
-- a message from its sending to the click, and the openings by Apple, by a scanner that HubSpot knows, and by Lea
('hs01', 'SENT', '2026-06-20 08:00:00+00', 'lea@example.com', 7001, 113, 9, null, null, null, null, false, '2026-06-20 09:00:00+00'),
('hs02', 'PROCESSED', '2026-06-20 08:00:01+00', 'lea@example.com', 7001, 113, 9, 'hs01', '2026-06-20 08:00:00+00', null, null, false, '2026-06-20 09:00:00+00'),
('hs03', 'DELIVERED', '2026-06-20 08:00:02+00', 'lea@example.com', 7001, 113, 9, 'hs01', '2026-06-20 08:00:00+00', null, null, false, '2026-06-20 09:00:00+00'),
-- delivered a second time: the same message
('hs04', 'DELIVERED', '2026-06-20 08:05:02+00', 'lea@example.com', 7001, 113, 9, 'hs01', '2026-06-20 08:00:00+00', null, null, false, '2026-06-20 09:00:00+00'),
('hs05', 'OPEN', '2026-06-20 08:01:00+00', 'lea@example.com', 7001, 113, 9, 'hs01', '2026-06-20 08:00:00+00', null, null, false, '2026-06-20 09:00:00+00'),
('hs06', 'OPEN', '2026-06-20 08:01:01+00', 'lea@example.com', 7001, 113, 9, 'hs01', '2026-06-20 08:00:00+00', null, null, true, '2026-06-20 09:00:00+00'),
-- another spelling of the address; the row of its program comes a day later
('hs07', 'OPEN', '2026-06-20 18:00:00+00', 'Lea@Example.com', 7001, 113, 9, 'hs01', '2026-06-20 08:00:00+00', null, null, false, '2026-06-20 19:00:00+00'),
('hs08', 'CLICK', '2026-06-20 08:01:02+00', 'lea@example.com', 7001, 113, 9, 'hs01', '2026-06-20 08:00:00+00', null, null, false, '2026-06-20 09:00:00+00'),
('hs09', 'CLICK', '2026-06-20 18:01:00+00', 'lea@example.com', 7001, 113, 9, 'hs01', '2026-06-20 08:00:00+00', 'hs07', null, false, '2026-06-20 19:00:00+00'),
-- an address that Lea had before, and one at work
('hs10', 'DELIVERED', '2026-05-20 08:00:00+00', 'lea.old@example.com', 7000, 113, 9, 'hs-a', '2026-05-20 08:00:00+00', null, null, false, '2026-05-20 09:00:00+00'),
('hs11', 'OPEN', '2026-06-21 08:00:00+00', 'lea@work.example', 7002, 113, 9, 'hs-b', '2026-06-21 07:00:00+00', null, null, false, '2026-06-21 09:00:00+00'),
-- delivered, as it seemed, and bounced after all
('hs12', 'SENT', '2026-06-20 08:00:00+00', 'max@example.com', 7001, 113, 9, null, null, null, null, false, '2026-06-20 09:00:00+00'),
('hs13', 'DELIVERED', '2026-06-20 08:00:02+00', 'max@example.com', 7001, 113, 9, 'hs12', '2026-06-20 08:00:00+00', null, 'hs14', false, '2026-06-20 09:00:00+00'),
('hs14', 'BOUNCE', '2026-06-20 08:30:00+00', 'max@example.com', 7001, 113, 9, 'hs12', '2026-06-20 08:00:00+00', null, null, false, '2026-06-20 09:00:00+00'),
-- never sent, since it had bounced
('hs15', 'DROPPED', '2026-06-22 08:00:00+00', 'max@example.com', 7003, 113, 9, null, null, null, null, false, '2026-06-22 09:00:00+00'),
-- one kind of e-mails given up, all of them, and back again
('hs16', 'STATUSCHANGE', '2026-06-23 08:00:00+00', 'max@example.com', null, 113, 9, null, null, null, null, false, '2026-06-23 09:00:00+00'),
('hs17', 'STATUSCHANGE', '2026-06-23 09:00:00+00', 'max@example.com', 7001, 113, 9, 'hs12', null, null, null, false, '2026-06-23 10:00:00+00'),
('hs18', 'STATUSCHANGE', '2026-06-24 09:00:00+00', 'max@example.com', null, 113, 9, null, null, null, null, false, '2026-06-24 10:00:00+00'),
-- a change whose detail isn't there
('hs19', 'STATUSCHANGE', '2026-06-24 10:00:00+00', 'max@example.com', null, 113, 9, null, null, null, null, false, '2026-06-24 11:00:00+00'),
('hs20', 'SPAMREPORT', '2026-06-24 11:00:00+00', 'max@example.com', 7001, 113, 9, 'hs12', null, null, null, false, '2026-06-24 12:00:00+00'),
-- no contact, but Klaviyo knows whose address it is
('hs21', 'OPEN', '2026-06-24 11:00:00+00', 'kim@example.com', 7001, 113, 9, 'hs-c', null, null, null, null, '2026-06-24 12:00:00+00'),
-- an address that was taken off the event: nobody's
('hs22', 'OPEN', '2026-06-24 11:00:00+00', null, 7001, 113, 9, 'hs-d', null, null, null, null, '2026-06-24 12:00:00+00'),
-- alone on its day, so that nothing else lets the day be read again
('hs23', 'OPEN', '2026-06-12 11:00:00+00', 'lea@example.com', 6999, 113, 9, 'hs-e', null, null, null, false, '2026-06-12 12:00:00+00');

create table hubspot_prod.email_event_open (
    id varchar, browser varchar, duration bigint, ip_address varchar, location varchar, user_agent varchar, _fivetran_synced timestamp with time zone
);
insert into hubspot_prod.email_event_open values
('hs05', '{"name": "unknown"}', 0, '203.0.113.7', '{"city": "Berlin"}', 'Mozilla/5.0', '2026-06-20 09:00:00+00'),
('hs06', '{"name": "Chrome"}', 0, '203.0.113.7', null, 'Mozilla/5.0 (Windows NT 10.0) Chrome/60', '2026-06-20 09:00:00+00'),
('hs07', '{"name": "Chrome"}', 8000, '203.0.113.7', null, 'Mozilla/5.0 (Windows NT 10.0) Chrome/120', '2026-06-21 19:00:00+00'),
('hs11', null, null, '203.0.113.7', null, null, '2026-06-21 09:00:00+00'),
('hs23', null, null, '203.0.113.7', null, 'Mozilla/5.0 (Windows NT 10.0)', '2026-06-12 12:00:00+00');

create table hubspot_prod.email_event_click (
    id varchar, browser varchar, ip_address varchar, location varchar, referer varchar, url varchar, user_agent varchar,
    _fivetran_synced timestamp with time zone
);
insert into hubspot_prod.email_event_click values
('hs08', null, '203.0.113.7', null, null, 'https://shop.example/?mail=lea@example.com', 'BarracudaBot/1.0', '2026-06-20 09:00:00+00'),
('hs09', null, '203.0.113.7', null, null, 'https://shop.example/?mail=lea@example.com', 'Mozilla/5.0 (Windows NT 10.0)', '2026-06-20 19:00:00+00');

create table hubspot_prod.email_event_status_change (
    id varchar, bounced boolean, portal_subscription_status varchar, requested_by varchar, source varchar, subscriptions varchar,
    _fivetran_synced timestamp with time zone
);
insert into hubspot_prod.email_event_status_change values
('hs16', false, null, 'max@example.com', 'SOURCE_RECIPIENT', '[{"id": 12, "status": "UNSUBSCRIBED"}]', '2026-06-23 09:00:00+00'),
('hs17', false, 'UNSUBSCRIBED', 'max@example.com', 'SOURCE_RECIPIENT', '[]', '2026-06-23 10:00:00+00'),
('hs18', false, 'SUBSCRIBED', 'max@example.com', 'SOURCE_RECIPIENT', '[{"id": 12, "status": "SUBSCRIBED"}]', '2026-06-24 10:00:00+00');

create table hubspot_prod.contact (
    id bigint, property_email varchar, property_hs_additional_emails varchar, property_hs_calculated_merged_vids varchar,
    property_user_id varchar, property_firstname varchar, property_phone varchar, property_hs_country_region_code varchar,
    property_associatedcompanyid bigint, property_createdate timestamp with time zone, is_deleted boolean, _fivetran_deleted boolean,
    _fivetran_synced timestamp with time zone
);
insert into hubspot_prod.contact values
(101, 'lea@example.com', 'lea.old@example.com; lea@work.example', '99:1780272000000;98:1780358400000', 'u-lea', 'Lea', '+49301', 'DE', 555,
 '2026-01-05 09:00:00+00', false, false, '2026-06-20 10:00:00+00'),
-- merged into 101, and not listed any more
(99, 'lea.old@example.com', null, null, null, 'Lea', null, 'FR', null, '2025-12-01 09:00:00+00', true, true, '2026-06-02 10:00:00+00'),
-- an address alone
(102, 'Max@example.com', null, null, null, 'Max', null, 'AT', null, '2026-02-05 09:00:00+00', false, false, '2026-06-20 10:00:00+00'),
-- forgotten on request
(103, null, null, null, null, null, null, null, null, '2026-03-05 09:00:00+00', true, false, '2026-06-20 10:00:00+00');
