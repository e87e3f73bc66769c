-- What operators decided about advice, and what was expected of it then.
create table advice_decision (
    seq bigint generated always as identity primary key,
    recommendation_id text not null,
    accepted boolean not null,
    committed_gigabytes double precision not null,
    gigabytes double precision not null,
    monthly_saving double precision not null,
    commit_price double precision not null,
    overage_price double precision not null,
    reason text not null,
    actor text not null,
    at timestamptz not null default now()
);
create index advice_decision_newest on advice_decision (recommendation_id, seq desc);
