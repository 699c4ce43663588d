-- A Zendesk account as Fivetran loads it.
create schema zendesk_prod;

create table zendesk_prod."user" (
    id bigint, email varchar, name varchar, phone varchar, role varchar, external_id varchar, organization_id bigint, active boolean,
    suspended boolean, created_at timestamp with time zone, updated_at timestamp with time zone, _fivetran_synced timestamp with time zone
);
insert into zendesk_prod."user" values
-- known by the company's own id, too
(11, 'Kim@Example.com', 'Kim Example', '+49305550100', 'end-user', 'u-kim', 1, true, false,
 '2026-06-01 10:00:00+00', '2026-06-01 10:00:00+00', '2026-06-20 11:00:00+00'),
-- wrote an e-mail, and that is all that is known
(12, 'gus@example.com', 'Gus Example', null, 'end-user', null, null, true, false,
 '2026-06-01 10:00:00+00', '2026-06-01 10:00:00+00', '2026-06-20 11:00:00+00'),
-- merged into Kim: not active, the tickets are Kim's by now
(13, 'kim.old@example.com', 'Kim Example', null, 'end-user', null, null, false, false,
 '2026-05-01 10:00:00+00', '2026-06-10 10:00:00+00', '2026-06-20 11:00:00+00'),
(21, 'agent@example.com', 'Agent Example', null, 'agent', null, null, true, false,
 '2026-01-01 10:00:00+00', '2026-01-01 10:00:00+00', '2026-06-20 11:00:00+00'),
-- an agent who has left
(22, 'left@example.com', 'Left Example', null, 'admin', null, null, false, false,
 '2026-01-01 10:00:00+00', '2026-06-15 10:00:00+00', '2026-06-20 11:00:00+00'),
-- called, without an address
(14, null, 'Caller Example', '+49305550102', 'end-user', null, null, true, false,
 '2026-06-01 10:00:00+00', '2026-06-01 10:00:00+00', '2026-06-20 11:00:00+00');

create table zendesk_prod.ticket (
    id bigint, requester_id bigint, submitter_id bigint, assignee_id bigint, status varchar, subject varchar, description varchar,
    via_channel varchar, created_at timestamp with time zone, updated_at timestamp with time zone, _fivetran_synced timestamp with time zone
);
insert into zendesk_prod.ticket values
(101, 11, 11, 21, 'solved', 'My order', 'Where is it, please? Kim Example', 'email',
 '2026-06-10 10:00:00+00', '2026-06-14 10:00:00+00', '2026-06-14 11:00:00+00'),
-- the version before, where the loader appends
(101, 11, 11, null, 'new', 'My order', 'Where is it, please? Kim Example', 'email',
 '2026-06-10 10:00:00+00', '2026-06-10 10:00:00+00', '2026-06-10 11:00:00+00'),
-- an agent writes down what a caller says
(102, 14, 21, 21, 'open', 'Call', 'Call back, please', 'voice',
 '2026-06-11 10:00:00+00', '2026-06-11 10:00:00+00', '2026-06-11 11:00:00+00'),
-- spam, in the bin
(103, 12, 12, null, 'deleted', 'Win', 'Click, please', 'email',
 '2026-06-11 10:00:00+00', '2026-06-11 10:30:00+00', '2026-06-11 11:00:00+00'),
-- among agents
(104, 22, 22, 21, 'closed', 'Printer', 'Mend it, please', 'web',
 '2026-06-11 10:00:00+00', '2026-06-11 10:30:00+00', '2026-06-11 11:00:00+00'),
(105, 12, 12, 21, 'closed', 'Question', 'An answer, please', 'web',
 '2026-06-12 10:00:00+00', '2026-06-16 10:30:00+00', '2026-06-16 11:00:00+00');

create table zendesk_prod.ticket_field_history (
    ticket_id bigint, field_name varchar, updated timestamp with time zone, value varchar, user_id bigint,
    _fivetran_synced timestamp with time zone
);
insert into zendesk_prod.ticket_field_history values
(101, 'status', '2026-06-10 10:00:00+00', 'new', 11, '2026-06-14 11:00:00+00'),
(101, 'priority', '2026-06-10 10:00:00+00', 'normal', 11, '2026-06-14 11:00:00+00'),
(101, 'status', '2026-06-10 12:00:00+00', 'pending', 21, '2026-06-14 11:00:00+00'),
(101, 'status', '2026-06-10 13:00:00+00', 'open', 11, '2026-06-14 11:00:00+00'),
(101, 'status', '2026-06-11 10:00:00+00', 'solved', 21, '2026-06-14 11:00:00+00'),
-- loaded twice
(101, 'status', '2026-06-11 10:00:00+00', 'solved', 21, '2026-06-14 11:30:00+00'),
-- Kim answers: it is open again
(101, 'status', '2026-06-13 10:00:00+00', 'open', 11, '2026-06-14 11:00:00+00'),
(101, 'status', '2026-06-14 10:00:00+00', 'solved', 21, '2026-06-14 11:00:00+00'),
(103, 'status', '2026-06-11 10:30:00+00', 'solved', 21, '2026-06-11 11:00:00+00'),
(104, 'status', '2026-06-11 10:30:00+00', 'solved', 21, '2026-06-11 11:00:00+00'),
(105, 'status', '2026-06-12 10:00:00+00', 'new', 12, '2026-06-16 11:00:00+00'),
(105, 'status', '2026-06-12 16:00:00+00', 'solved', 21, '2026-06-16 11:00:00+00'),
-- four days later Zendesk closes what is solved
(105, 'status', '2026-06-16 10:30:00+00', 'closed', null, '2026-06-16 11:00:00+00');

create table zendesk_prod.ticket_comment (
    id bigint, ticket_id bigint, user_id bigint, body varchar, public boolean, created timestamp with time zone,
    _fivetran_synced timestamp with time zone
);
insert into zendesk_prod.ticket_comment values
-- the ticket's own text
(1001, 101, 11, 'Where is it, please? Kim Example', true, '2026-06-10 10:00:00+00', '2026-06-14 11:00:00+00'),
-- a note among agents, and what Zendesk writes by itself
(1002, 101, 21, 'Kim again, please answer', false, '2026-06-10 10:30:00+00', '2026-06-14 11:00:00+00'),
(1003, 101, -1, 'We have your ticket, please wait', true, '2026-06-10 10:31:00+00', '2026-06-14 11:00:00+00'),
(1004, 101, 22, 'Your number, please', true, '2026-06-10 12:00:00+00', '2026-06-14 11:00:00+00'),
(1005, 101, 11, '4711, please', true, '2026-06-10 13:00:00+00', '2026-06-14 11:00:00+00'),
-- somebody in copy
(1006, 101, 12, 'Mine too, please', true, '2026-06-10 14:00:00+00', '2026-06-14 11:00:00+00'),
(1007, 102, 21, 'Call back, please', true, '2026-06-11 10:00:00+00', '2026-06-14 11:00:00+00'),
(1008, 104, 22, 'Mend it, please', true, '2026-06-11 10:00:00+00', '2026-06-14 11:00:00+00'),
(1009, 104, 21, 'Done, please look', true, '2026-06-11 10:30:00+00', '2026-06-14 11:00:00+00');

create table zendesk_prod.satisfaction_rating (
    id bigint, ticket_id bigint, requester_id bigint, assignee_id bigint, score varchar, comment varchar, reason varchar,
    created_at timestamp with time zone, updated_at timestamp with time zone, _fivetran_synced timestamp with time zone
);
insert into zendesk_prod.satisfaction_rating values
-- asked for on the 12th, bad on the 13th
(501, 101, 11, 21, 'bad', 'Slow, please', null, '2026-06-12 10:00:00+00', '2026-06-13 10:00:00+00', '2026-06-13 11:00:00+00'),
-- a second one, good
(502, 101, 11, 21, 'good_with_comment', 'Fine, please', null, '2026-06-15 10:00:00+00', '2026-06-15 10:00:00+00', '2026-06-15 11:00:00+00'),
(503, 105, 12, 21, 'offered', null, null, '2026-06-13 10:00:00+00', '2026-06-13 10:00:00+00', '2026-06-13 11:00:00+00'),
(504, 102, 14, 21, 'unoffered', null, null, '2026-06-11 10:00:00+00', '2026-06-11 10:00:00+00', '2026-06-11 11:00:00+00');
