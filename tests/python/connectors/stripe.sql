-- A Stripe account as Fivetran loads it: amounts in the smallest unit, subscriptions in versions.
create schema stripe_prod;

create table stripe_prod.charge (
    id varchar, customer_id varchar, receipt_email varchar, invoice_id varchar, amount bigint, amount_refunded bigint, currency varchar,
    status varchar, paid boolean, captured boolean, failure_code varchar, livemode boolean, shipping_name varchar,
    created timestamp with time zone, _fivetran_synced timestamp with time zone
);
insert into stripe_prod.charge values
('ch_1', 'cus_1', 'kim@example.com', null, 4990, 0, 'eur', 'succeeded', true, true, null, true, 'Kim Example',
 '2026-06-20 10:00:00+00', '2026-06-20 11:00:00+00'),
-- again, since a part of it was refunded: some warehouses append the new row
('ch_1', 'cus_1', 'kim@example.com', null, 4990, 1000, 'eur', 'succeeded', true, true, null, true, 'Kim Example',
 '2026-06-20 10:00:00+00', '2026-06-22 11:00:00+00'),
-- paid by itself, for an invoice of a subscription
('ch_2', 'cus_1', null, 'in_1', 2000, 0, 'eur', 'succeeded', true, true, null, true, null,
 '2026-06-21 10:00:00+00', '2026-06-21 11:00:00+00'),
-- the card is refused, and again three hours later
('ch_3', 'cus_3', null, 'in_2', 3000, 0, 'eur', 'failed', false, false, 'card_declined', true, null,
 '2026-06-21 10:00:00+00', '2026-06-21 11:00:00+00'),
('ch_4', 'cus_3', null, 'in_2', 3000, 0, 'eur', 'failed', false, false, 'card_declined', true, null,
 '2026-06-21 13:00:00+00', '2026-06-21 14:00:00+00'),
-- yen have no cents
('ch_5', 'cus_2', null, null, 5000, 5000, 'jpy', 'succeeded', true, true, null, true, null,
 '2026-06-21 10:00:00+00', '2026-06-21 11:00:00+00'),
-- only reserved, and on its way
('ch_6', 'cus_1', null, null, 8000, 0, 'eur', 'succeeded', true, false, null, true, null,
 '2026-06-21 10:00:00+00', '2026-06-21 11:00:00+00'),
('ch_7', 'cus_1', null, null, 8000, 0, 'eur', 'pending', false, false, null, true, null,
 '2026-06-21 10:00:00+00', '2026-06-21 11:00:00+00'),
-- a key of the test mode
('ch_8', 'cus_1', null, null, 8000, 0, 'eur', 'succeeded', true, true, null, false, null,
 '2026-06-21 10:00:00+00', '2026-06-21 11:00:00+00'),
-- a guest, who is known by the shop's accounts
('ch_9', null, 'Gus@Example.com', null, 1500, 0, 'eur', 'succeeded', true, true, null, true, 'Gus Example',
 '2026-06-22 10:00:00+00', '2026-06-22 11:00:00+00');

create table stripe_prod.refund (
    id varchar, charge_id varchar, amount bigint, currency varchar, status varchar, reason varchar,
    created timestamp with time zone, _fivetran_synced timestamp with time zone
);
insert into stripe_prod.refund values
('re_1', 'ch_1', 1000, 'eur', 'succeeded', 'requested_by_customer', '2026-06-22 10:00:00+00', '2026-06-22 11:00:00+00'),
('re_2', 'ch_5', 5000, 'jpy', 'succeeded', 'duplicate', '2026-06-22 10:00:00+00', '2026-06-22 11:00:00+00'),
-- went through at first, and came back from the bank
('re_3', 'ch_1', 500, 'eur', 'succeeded', null, '2026-06-22 10:00:00+00', '2026-06-22 11:00:00+00'),
('re_3', 'ch_1', 500, 'eur', 'failed', null, '2026-06-22 10:00:00+00', '2026-06-23 11:00:00+00'),
('re_4', 'ch_1', 500, 'eur', 'pending', null, '2026-06-22 10:00:00+00', '2026-06-22 11:00:00+00'),
('re_5', 'ch_8', 8000, 'eur', 'succeeded', null, '2026-06-22 10:00:00+00', '2026-06-22 11:00:00+00');

create table stripe_prod.customer (
    id varchar, email varchar, name varchar, phone varchar, address_country varchar, address_line_1 varchar, is_deleted boolean,
    livemode boolean, created timestamp with time zone, _fivetran_synced timestamp with time zone
);
insert into stripe_prod.customer values
('cus_1', 'Kim@example.com', 'Kim Example', '+49305550100', 'de', 'Example Street 1', false, true, '2026-02-01 10:00:00+00', '2026-06-20 11:00:00+00'),
-- each checkout makes a customer of its own
('cus_2', 'kim@example.com', 'Kim Example', null, null, null, false, true, '2026-03-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('cus_3', null, 'Nia Example', null, 'FR', null, false, true, '2026-03-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('cus_4', 'gone@example.com', 'Gone Example', null, null, null, true, true, '2026-03-01 10:00:00+00', '2026-06-20 11:00:00+00');

create table stripe_prod.subscription_history (
    id varchar, customer_id varchar, status varchar, cancel_at_period_end boolean, livemode boolean,
    start_date timestamp with time zone, created timestamp with time zone, trial_start timestamp with time zone,
    trial_end timestamp with time zone, current_period_start timestamp with time zone, current_period_end timestamp with time zone,
    cancel_at timestamp with time zone, canceled_at timestamp with time zone, ended_at timestamp with time zone,
    _fivetran_active boolean, _fivetran_start timestamp with time zone, _fivetran_end timestamp with time zone,
    _fivetran_synced timestamp with time zone
);
insert into stripe_prod.subscription_history values
-- a trial, then paid by the month: two versions
('sub_month', 'cus_1', 'trialing', false, true, '2026-05-01 10:00:00+00', '2026-05-01 10:00:00+00', '2026-05-01 10:00:00+00',
 '2026-05-15 10:00:00+00', '2026-05-01 10:00:00+00', '2026-05-15 10:00:00+00', null, null, null,
 false, '2026-05-01 10:00:00+00', '2026-05-15 10:00:00+00', '2026-06-22 11:00:00+00'),
('sub_month', 'cus_1', 'active', false, true, '2026-05-01 10:00:00+00', '2026-05-01 10:00:00+00', '2026-05-01 10:00:00+00',
 '2026-05-15 10:00:00+00', '2026-06-15 10:00:00+00', '2026-07-15 10:00:00+00', null, null, null,
 true, '2026-05-15 10:00:00+00', '9999-12-31 00:00:00+00', '2026-06-22 11:00:00+00'),
-- a year in yen, of the same person's other customer
('sub_year', 'cus_2', 'active', false, true, '2026-03-01 10:00:00+00', '2026-03-01 10:00:00+00', null, null,
 '2026-03-01 10:00:00+00', '2027-03-01 10:00:00+00', null, null, null,
 true, '2026-03-01 10:00:00+00', '9999-12-31 00:00:00+00', '2026-06-20 11:00:00+00'),
-- ends with its period
('sub_ends', 'cus_1', 'active', true, true, '2026-04-01 10:00:00+00', '2026-04-01 10:00:00+00', null, null,
 '2026-06-01 10:00:00+00', '2026-07-01 10:00:00+00', null, '2026-06-10 10:00:00+00', null,
 true, '2026-06-10 10:00:00+00', '9999-12-31 00:00:00+00', '2026-06-20 11:00:00+00'),
-- ended
('sub_ended', 'cus_3', 'canceled', false, true, '2026-04-01 10:00:00+00', '2026-04-01 10:00:00+00', null, null,
 '2026-06-01 10:00:00+00', '2026-07-01 10:00:00+00', null, '2026-06-10 10:00:00+00', '2026-06-10 10:00:00+00',
 true, '2026-06-10 10:00:00+00', '9999-12-31 00:00:00+00', '2026-06-20 11:00:00+00'),
-- nobody pays any more, the last period that was paid ended on June 5
('sub_unpaid', 'cus_3', 'unpaid', false, true, '2026-04-05 10:00:00+00', '2026-04-05 10:00:00+00', null, null,
 '2026-06-05 10:00:00+00', '2026-07-05 10:00:00+00', null, null, null,
 true, '2026-06-15 10:00:00+00', '9999-12-31 00:00:00+00', '2026-06-20 11:00:00+00'),
-- the first payment never came; a trial that was left; the test mode
('sub_never', 'cus_3', 'incomplete_expired', false, true, '2026-06-01 10:00:00+00', '2026-06-01 10:00:00+00', null, null,
 '2026-06-01 10:00:00+00', '2026-07-01 10:00:00+00', null, null, '2026-06-02 09:00:00+00',
 true, '2026-06-02 09:00:00+00', '9999-12-31 00:00:00+00', '2026-06-20 11:00:00+00'),
('sub_trial', 'cus_3', 'canceled', false, true, '2026-06-01 10:00:00+00', '2026-06-01 10:00:00+00', '2026-06-01 10:00:00+00',
 '2026-06-15 10:00:00+00', '2026-06-01 10:00:00+00', '2026-06-15 10:00:00+00', null, '2026-06-10 10:00:00+00', '2026-06-10 10:00:00+00',
 true, '2026-06-10 10:00:00+00', '9999-12-31 00:00:00+00', '2026-06-20 11:00:00+00'),
('sub_test', 'cus_1', 'active', false, false, '2026-06-01 10:00:00+00', '2026-06-01 10:00:00+00', null, null,
 '2026-06-01 10:00:00+00', '2026-07-01 10:00:00+00', null, null, null,
 true, '2026-06-01 10:00:00+00', '9999-12-31 00:00:00+00', '2026-06-20 11:00:00+00');

create table stripe_prod.subscription_item (
    id varchar, subscription_id varchar, plan_id varchar, quantity integer, created timestamp with time zone,
    _fivetran_synced timestamp with time zone
);
insert into stripe_prod.subscription_item values
-- two seats, and something by use
('si_1', 'sub_month', 'price_month', 2, '2026-05-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('si_2', 'sub_month', 'price_use', null, '2026-05-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('si_3', 'sub_year', 'price_year', 1, '2026-03-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('si_4', 'sub_ends', 'price_quarter', 1, '2026-04-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('si_5', 'sub_ended', 'price_month', 1, '2026-04-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('si_6', 'sub_unpaid', 'price_month', 1, '2026-04-05 10:00:00+00', '2026-06-20 11:00:00+00'),
('si_7', 'sub_never', 'price_month', 1, '2026-06-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('si_8', 'sub_trial', 'price_month', 1, '2026-06-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('si_9', 'sub_test', 'price_month', 1, '2026-06-01 10:00:00+00', '2026-06-20 11:00:00+00');

create table stripe_prod.price (
    id varchar, product_id varchar, nickname varchar, currency varchar, type varchar, billing_scheme varchar, unit_amount bigint,
    unit_amount_decimal varchar, recurring_interval varchar, recurring_interval_count integer, recurring_usage_type varchar,
    livemode boolean, created timestamp with time zone, _fivetran_synced timestamp with time zone
);
insert into stripe_prod.price values
('price_month', 'prod_1', 'Pro', 'eur', 'recurring', 'per_unit', 1000, '1000', 'month', 1, 'licensed', true, '2026-01-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('price_use', 'prod_2', null, 'eur', 'recurring', 'tiered', null, null, 'month', 1, 'metered', true, '2026-01-01 10:00:00+00', '2026-06-20 11:00:00+00'),
('price_year', 'prod_1', 'Pro, yearly', 'jpy', 'recurring', 'per_unit', 120000, '120000', 'year', 1, 'licensed', true, '2026-01-01 10:00:00+00', '2026-06-20 11:00:00+00'),
-- a price in parts of a cent, for three months
('price_quarter', 'prod_3', null, 'eur', 'recurring', 'per_unit', null, '1000.5', 'month', 3, 'licensed', true, '2026-01-01 10:00:00+00', '2026-06-20 11:00:00+00');
