-- A Shopify shop in Berlin as Fivetran loads it: numbers as ids, what is updated in its place.
create schema shopify_prod;

create table shopify_prod."order" (
    id bigint, customer_id bigint, email varchar, name varchar, currency varchar, presentment_currency varchar,
    total_price double precision, financial_status varchar, test boolean, billing_address_name varchar, browser_ip varchar,
    created_at timestamp with time zone, processed_at timestamp with time zone, cancelled_at timestamp with time zone,
    updated_at timestamp with time zone, _fivetran_deleted boolean, _fivetran_synced timestamp with time zone
);
insert into shopify_prod."order" values
-- placed on the 20th in New York, which is the 21st in UTC
(1001, 501, 'kim@example.com', '#1001', 'EUR', 'EUR', 60, 'paid', false, 'Kim Example', '203.0.113.7',
 '2026-06-20 23:30:00-04', '2026-06-20 23:30:00-04', null, '2026-06-20 23:30:00-04', false, '2026-06-21 04:00:00+00'),
-- the same order, edited: some warehouses append the new row
(1001, 501, 'kim@example.com', '#1001', 'EUR', 'EUR', 50.1, 'partially_refunded', false, 'Kim Example', '203.0.113.7',
 '2026-06-20 23:30:00-04', '2026-06-20 23:30:00-04', null, '2026-06-24 10:00:00+00', false, '2026-06-24 11:00:00+00'),
-- a guest, who paid in another currency than the shop's
(1002, null, ' Gus@Example.com', '#1002', 'EUR', 'USD', 100, 'partially_refunded', false, 'Gus Example', '203.0.113.8',
 '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', null, '2026-06-22 10:00:00+00', false, '2026-06-22 11:00:00+00'),
(1003, 501, 'kim@example.com', '#1003', 'EUR', 'EUR', 10, 'paid', true, 'Kim Example', '203.0.113.7',
 '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', null, '2026-06-22 10:00:00+00', false, '2026-06-22 11:00:00+00'),
(1004, 501, 'kim@example.com', '#1004', 'EUR', 'EUR', 70, 'voided', false, 'Kim Example', '203.0.113.7',
 '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', '2026-06-24 09:00:00+00', '2026-06-24 09:00:00+00', false, '2026-06-24 11:00:00+00'),
-- deleted in the shop: the loader keeps the row and marks it
(1005, 501, 'kim@example.com', '#1005', 'EUR', 'EUR', 999, 'paid', false, 'Kim Example', '203.0.113.7',
 '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', null, '2026-06-22 10:00:00+00', true, '2026-06-23 11:00:00+00'),
-- brought from the shop before: created today, placed in May
(1006, 501, 'kim@example.com', '#1006', 'EUR', 'EUR', 30, 'paid', null, 'Kim Example', null,
 '2026-06-22 10:00:00+00', '2026-05-02 10:00:00+00', null, '2026-06-22 10:00:00+00', null, '2026-06-22 11:00:00+00'),
-- the till in the shop: nobody is known
(1007, null, null, '#1007', 'EUR', 'EUR', 5, 'paid', false, null, null,
 '2026-06-22 10:00:00+00', '2026-06-22 10:00:00+00', null, '2026-06-22 10:00:00+00', false, '2026-06-22 11:00:00+00'),
-- the guest has an account by now
(1008, 502, 'gus@example.com', '#1008', 'EUR', 'EUR', 40, 'paid', false, 'Gus Example', null,
 '2026-06-23 10:00:00+00', '2026-06-23 10:00:00+00', null, '2026-06-23 10:00:00+00', false, '2026-06-23 11:00:00+00'),
(1009, 503, null, '#1009', 'EUR', 'EUR', 20, 'pending', false, 'Cleo Example', null,
 '2026-06-23 10:00:00+00', '2026-06-23 10:00:00+00', null, '2026-06-23 10:00:00+00', false, '2026-06-23 11:00:00+00');

create table shopify_prod.transaction (
    id bigint, order_id bigint, refund_id bigint, parent_id bigint, kind varchar, status varchar, test boolean, amount double precision,
    currency varchar, currency_exchange_final_amount double precision, currency_exchange_currency varchar,
    payment_credit_card_number varchar, created_at timestamp with time zone, processed_at timestamp with time zone,
    _fivetran_synced timestamp with time zone
);
insert into shopify_prod.transaction values
(9001, 1001, null, null, 'sale', 'success', false, 50.1, 'EUR', null, null, '**** 1111',
 '2026-06-21 03:30:05+00', '2026-06-21 03:30:05+00', '2026-06-21 04:00:00+00'),
-- a part of the order comes back, and another
(9002, 1001, 7001, 9001, 'refund', 'success', false, 20, 'EUR', null, null, '**** 1111',
 '2026-06-23 10:00:00+00', '2026-06-23 10:00:00+00', '2026-06-23 11:00:00+00'),
(9003, 1001, 7002, 9001, 'refund', 'success', false, 0.1, 'EUR', null, null, '**** 1111',
 '2026-06-23 10:00:00+00', '2026-06-23 10:00:00+00', '2026-06-23 11:00:00+00'),
-- loaded twice
(9003, 1001, 7002, 9001, 'refund', 'success', false, 0.1, 'EUR', null, null, '**** 1111',
 '2026-06-23 10:00:00+00', '2026-06-23 10:00:00+00', '2026-06-23 12:00:00+00'),
-- didn't go through
(9004, 1001, 7003, 9001, 'refund', 'failure', false, 30, 'EUR', null, null, '**** 1111',
 '2026-06-23 10:00:00+00', '2026-06-23 10:00:00+00', '2026-06-23 11:00:00+00'),
-- 22 dollars went back, which were 20 euros
(9005, 1002, 7004, null, 'refund', 'success', false, 22, 'USD', -20, 'EUR', null,
 '2026-06-24 10:00:00+00', '2026-06-24 10:00:00+00', '2026-06-24 11:00:00+00'),
(9006, 1003, 7005, null, 'refund', 'success', true, 10, 'EUR', null, null, null,
 '2026-06-24 10:00:00+00', '2026-06-24 10:00:00+00', '2026-06-24 11:00:00+00'),
-- of an order that isn't there
(9007, 999, 7006, null, 'refund', 'success', false, 10, 'EUR', null, null, null,
 '2026-06-24 10:00:00+00', '2026-06-24 10:00:00+00', '2026-06-24 11:00:00+00');

create table shopify_prod.customer (
    id bigint, email varchar, first_name varchar, last_name varchar, phone varchar, state varchar,
    created_at timestamp with time zone, updated_at timestamp with time zone, _fivetran_deleted boolean,
    _fivetran_synced timestamp with time zone
);
insert into shopify_prod.customer values
(501, 'kim@example.com', 'Kim', 'Example', '+49305550100', 'enabled', '2026-01-01 09:00:00+00', '2026-06-24 11:00:00+00', false, '2026-06-24 11:00:00+00'),
(502, 'Gus@example.com', 'Gus', 'Example', null, 'enabled', '2026-06-23 09:00:00+00', '2026-06-23 09:00:00+00', false, '2026-06-23 11:00:00+00'),
-- a telephone number and no address
(503, null, 'Cleo', 'Example', '+49305550101', 'disabled', '2026-06-23 09:00:00+00', '2026-06-23 09:00:00+00', false, '2026-06-23 11:00:00+00'),
-- merged into another: gone
(504, 'kim.old@example.com', 'Kim', 'Example', null, 'disabled', '2025-01-01 09:00:00+00', '2026-06-23 09:00:00+00', true, '2026-06-23 11:00:00+00');
