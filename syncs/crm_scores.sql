-- The table of syncs/crm_scores.yml: psql "$CRM_DATABASE_URL" -f syncs/crm_scores.sql
create table if not exists public.customer_engagement_scores (
    customer_id text primary key,
    as_of_date date not null,
    account_id text,
    engagement_index numeric(9, 1),
    stable_band text,
    stable_band_since date,
    trend text,
    index_change_30_days numeric(9, 1),
    at_risk boolean,
    risk_reasons text,
    lifecycle_status text,
    days_since_last_interaction bigint,
    next_action text,
    fit_score numeric(9, 1)
);
