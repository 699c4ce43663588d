-- Intercom's tables as Fivetran makes them, in its history mode; those of parts have the local time of Berlin.
create schema intercom_prod;

create table intercom_prod.conversation_history (
    id varchar, source_author_id varchar, source_author_type varchar, source_delivered_as varchar, source_type varchar,
    source_body varchar, title varchar, state varchar, assignee_id varchar, created_at timestamp with time zone,
    updated_at timestamp with time zone, first_contact_reply_created_at timestamp with time zone,
    conversation_rating_value integer, conversation_rating_remark varchar, conversation_rating_contact_id varchar,
    conversation_rating_created_at timestamp with time zone, _fivetran_active boolean, _fivetran_synced timestamp with time zone
);
insert into intercom_prod.conversation_history values
-- two versions of a conversation that Nia began; the later one is rated
('ic100', 'c-nia', 'user', 'customer_initiated', 'conversation', 'I am Nia, nia@example.com', 'Invoice', 'open', '7', '2026-06-20 08:00:00+00',
 '2026-06-20 08:30:00+00', '2026-06-20 08:00:00+00', null, null, null, null, false, '2026-06-20 09:00:00+00'),
('ic100', 'c-nia', 'user', 'customer_initiated', 'conversation', 'I am Nia, nia@example.com', 'Invoice', 'closed', '7', '2026-06-20 08:00:00+00',
 '2026-06-21 12:00:00+00', '2026-06-20 08:00:00+00', 5, 'Thanks, Nia', 'c-nia', '2026-06-21 12:00:00+00', true, '2026-06-21 13:00:00+00'),
-- a bot's greeting that nobody answered
('ic200', '9', 'bot', 'operator_initiated', 'conversation', 'Hi', null, 'open', null, '2026-06-20 10:00:00+00',
 '2026-06-20 10:00:00+00', null, null, null, null, null, true, '2026-06-20 11:00:00+00'),
-- a campaign in a colleague's name, which Kim answered the day after
('ic300', '7', 'admin', 'automated', 'email', 'Hello Kim', null, 'open', null, '2026-06-20 10:00:00+00',
 '2026-06-21 10:00:00+00', '2026-06-21 10:00:00+00', null, null, null, null, true, '2026-06-21 11:00:00+00'),
-- a colleague's own message to a lead who became Nia
('ic400', '7', 'admin', 'admin_initiated', 'email', 'Hello', null, 'open', '7', '2026-06-22 10:00:00+00',
 '2026-06-22 10:00:00+00', null, null, null, null, null, true, '2026-06-22 11:00:00+00'),
-- deleted: no version holds
('ic500', 'c-nia', 'user', 'customer_initiated', 'conversation', 'Oops', null, 'open', null, '2026-06-23 10:00:00+00',
 '2026-06-23 10:00:00+00', null, null, null, null, null, false, '2026-06-23 11:00:00+00');

create table intercom_prod.conversation_contact_history (
    contact_id varchar, conversation_id varchar, conversation_updated_at timestamp with time zone,
    _fivetran_active boolean, _fivetran_synced timestamp with time zone
);
insert into intercom_prod.conversation_contact_history values
('c-nia', 'ic100', '2026-06-21 12:00:00+00', true, '2026-06-21 13:00:00+00'),
('c-otto', 'ic200', '2026-06-20 10:00:00+00', true, '2026-06-20 11:00:00+00'),
('c-kim', 'ic300', '2026-06-21 10:00:00+00', true, '2026-06-21 11:00:00+00'),
('c-lead', 'ic400', '2026-06-22 10:00:00+00', true, '2026-06-22 11:00:00+00'),
-- he left the conversation
('c-kim', 'ic400', '2026-06-22 10:00:00+00', false, '2026-06-22 11:00:00+00');

create table intercom_prod.conversation_part_history (
    id varchar, conversation_id varchar, part_type varchar, author_type varchar, author_id varchar, body varchar,
    assigned_to_id varchar, created_at timestamp, _fivetran_active boolean, _fivetran_synced timestamp with time zone
);
insert into intercom_prod.conversation_part_history values
-- what the bot says at once is no answer
('ip01', 'ic100', 'comment', 'bot', '9', 'A colleague will answer', null, '2026-06-20 10:00:01', true, '2026-06-20 09:00:00+00'),
-- among colleagues
('ip02', 'ic100', 'note', 'admin', '7', 'Nia again', null, '2026-06-20 10:05:00', true, '2026-06-20 09:00:00+00'),
('ip03', 'ic100', 'assignment', 'admin', '7', null, '8', '2026-06-20 10:06:00', true, '2026-06-20 09:00:00+00'),
-- an answer given while assigning, loaded twice
('ip04', 'ic100', 'assignment', 'admin', '7', 'It is paid', '8', '2026-06-20 10:30:00', true, '2026-06-20 09:00:00+00'),
('ip04', 'ic100', 'assignment', 'admin', '7', 'It is paid', '8', '2026-06-20 10:30:00', true, '2026-06-20 10:00:00+00'),
-- an older version of a comment
('ip05', 'ic100', 'comment', 'user', 'c-nia', 'Realy?', null, '2026-06-20 10:40:00', false, '2026-06-20 09:00:00+00'),
('ip05', 'ic100', 'comment', 'user', 'c-nia', 'Really?', null, '2026-06-20 10:40:00', true, '2026-06-20 10:00:00+00'),
-- answered and closed at once, opened by Nia's thanks, closed by a rule
('ip06', 'ic100', 'close', 'admin', '7', 'Yes', null, '2026-06-20 11:00:00', true, '2026-06-20 10:00:00+00'),
('ip07', 'ic100', 'open', 'user', 'c-nia', 'Thanks', null, '2026-06-20 23:30:00', true, '2026-06-20 22:00:00+00'),
('ip08', 'ic100', 'close', 'bot', '9', null, null, '2026-06-21 13:00:00', true, '2026-06-21 12:00:00+00'),
('ip09', 'ic300', 'comment', 'user', 'c-kim', 'Hi', null, '2026-06-21 12:00:00', true, '2026-06-21 11:00:00+00'),
-- of a conversation that isn't there: nobody knows whom it was for
('ip10', 'ic999', 'comment', 'admin', '7', 'Hi', null, '2026-06-21 12:00:00', true, '2026-06-21 11:00:00+00');

create table intercom_prod.contact_history (
    id varchar, external_id varchar, role varchar, email varchar, name varchar, phone varchar, location_country varchar,
    created_at timestamp with time zone, updated_at timestamp with time zone, _fivetran_active boolean,
    _fivetran_synced timestamp with time zone
);
insert into intercom_prod.contact_history values
-- a lead, which became a user with another address before that
('c-lead', 'f3b98503-5e0c-4f3a-9b6c-000000000001', 'lead', 'nia@example.com', 'Nia', null, 'Germany',
 '2026-06-01 09:00:00+00', '2026-06-10 09:00:00+00', false, '2026-06-10 10:00:00+00'),
('c-nia', 'u-nia', 'user', 'nia.old@example.com', 'Nia', '+49302', 'Germany',
 '2026-06-10 09:00:00+00', '2026-06-10 09:00:00+00', false, '2026-06-10 10:00:00+00'),
('c-nia', 'u-nia', 'user', 'Nia@Example.com', 'Nia', '+49302', 'Austria',
 '2026-06-10 09:00:00+00', '2026-06-20 09:00:00+00', true, '2026-06-20 10:00:00+00'),
-- a visitor of whom nothing is known
('c-otto', 'f3b98503-5e0c-4f3a-9b6c-000000000002', 'lead', null, null, null, null,
 '2026-06-20 09:00:00+00', '2026-06-20 09:00:00+00', true, '2026-06-20 10:00:00+00'),
-- the company's own id is in Klaviyo
('c-kim', null, 'user', 'kim@example.com', 'Kim', null, 'Germany',
 '2026-02-20 09:00:00+00', '2026-06-20 09:00:00+00', true, '2026-06-20 10:00:00+00');
