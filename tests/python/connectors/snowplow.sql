-- Columns of atomic.events that matter here; times are in UTC without saying so.
create schema atomic;

create table atomic.events (
    app_id varchar, platform varchar, etl_tstamp timestamp, collector_tstamp timestamp, dvce_created_tstamp timestamp,
    event varchar, event_id varchar, user_id varchar, user_ipaddress varchar, domain_userid varchar, network_userid varchar,
    page_url varchar, page_urlpath varchar, page_urlquery varchar, mkt_campaign varchar,
    se_category varchar, se_action varchar, se_label varchar, tr_orderid varchar, tr_total decimal(18, 2), tr_currency varchar,
    useragent varchar, domain_sessionid varchar, derived_tstamp timestamp, event_name varchar, load_tstamp timestamp
);
insert into atomic.events values
-- an anonymous page view, and the tracker's retry of it: one event id, two rows
('shop', 'web', '2026-06-20 10:05:00', '2026-06-20 10:00:05', '2026-06-20 12:00:00', 'page_view', 's1', null, '203.0.113.1',
 'duid-1', 'nuid-1', 'https://shop.example/a?mail=eve@example.com', '/a', 'mail=eve@example.com', 'spring',
 null, null, null, null, null, null, 'Mozilla/5.0', 'ses-1', '2026-06-20 10:00:00', 'page_view', '2026-06-20 10:06:00'),
('shop', 'web', '2026-06-20 10:05:00', '2026-06-20 10:00:35', '2026-06-20 12:00:00', 'page_view', 's1', null, '203.0.113.1',
 'duid-1', 'nuid-1', 'https://shop.example/a?mail=eve@example.com', '/a', 'mail=eve@example.com', 'spring',
 null, null, null, null, null, null, 'Mozilla/5.0', 'ses-1', '2026-06-20 10:00:00', 'page_view', '2026-06-20 10:06:00'),
-- a heartbeat, which counts as nothing
('shop', 'web', '2026-06-20 10:05:00', '2026-06-20 10:00:15', '2026-06-20 12:00:10', 'page_ping', 's2', 's-eve', '203.0.113.1',
 'duid-1', 'nuid-1', 'https://shop.example/a', '/a', null, null, null, null, null, null, null, null, 'Mozilla/5.0', 'ses-1',
 '2026-06-20 10:00:10', 'page_ping', '2026-06-20 10:06:00'),
-- a structured event is named by its action
('shop', 'web', '2026-06-20 10:05:00', '2026-06-20 10:01:05', '2026-06-20 12:01:00', 'struct', 's3', 's-eve', '203.0.113.1',
 'duid-1', 'nuid-1', 'https://shop.example/a', '/a', null, null, 'shop', 'Add-To Cart', 'sku-1', null, null, null, 'Mozilla/5.0', 'ses-1',
 '2026-06-20 10:01:00', 'event', '2026-06-20 10:06:00'),
-- an older loader without load time and corrected time
('shop', 'web', '2026-06-20 10:05:00', '2026-06-20 10:02:05', '2026-06-20 12:02:00', 'transaction', 's4', 's-eve', '203.0.113.1',
 'duid-1', 'nuid-1', 'https://shop.example/b', '/b', null, null, null, null, null, 'so-1', 20.00, 'eur', 'Mozilla/5.0', 'ses-1',
 null, 'transaction', null),
-- a self-describing event; the cookie is blocked, the collector's is there
('shop', 'web', '2026-06-20 10:05:00', '2026-06-20 10:03:05', '2026-06-20 12:03:00', 'unstruct', 's5', '', '203.0.113.1',
 null, 'nuid-9', 'https://shop.example/c', '/c', null, null, null, null, null, null, null, null, 'AhrefsBot/7.0', 'ses-2',
 '2026-06-20 10:03:00', 'link_click', '2026-06-20 10:06:00');
