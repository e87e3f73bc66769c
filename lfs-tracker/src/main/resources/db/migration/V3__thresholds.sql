-- One row for each threshold that was passed in a period; sent until it is resolved and alerting-service knows.
create table quota_alert (
    account_id   integer     not null references account,
    budget_id    text        not null,
    period       date        not null,
    threshold    smallint    not null,
    summary      text        not null,
    description  text        not null,
    fired_at     timestamptz not null,
    resolved_at  timestamptz,
    settled_at   timestamptz,
    primary key (account_id, budget_id, period, threshold)
);
create index quota_alert_open on quota_alert (account_id) where settled_at is null;
