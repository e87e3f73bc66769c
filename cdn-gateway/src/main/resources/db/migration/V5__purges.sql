-- Purges and their calls: a durable queue whose rows are claimed with a lease by the clock of the database.
create table purge (
    id bigint generated always as identity primary key,
    operation text not null,
    items text[] not null,
    soft boolean not null,
    actor text not null,
    state text not null default 'RUNNING',
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    idempotency_key text,
    request_sha256 text not null,
    unique (actor, idempotency_key)
);

create index purge_finished on purge (finished_at) where finished_at is not null;

create table purge_call (
    id bigint generated always as identity primary key,
    purge bigint not null references purge on delete cascade,
    cdn text not null,
    operation text not null,
    items text[] not null,
    soft boolean not null,
    state text not null default 'WAITING',
    attempts int not null default 0,
    next_at timestamptz not null default now(),
    lease_until timestamptz,
    fence bigint not null default 0,
    accepted_at timestamptz,
    reference text,
    verified text,
    error text
);

create index purge_call_due on purge_call (cdn, next_at) where state in ('WAITING', 'ACCEPTED', 'VERIFYING');
create index purge_call_purge on purge_call (purge);

-- The vendors' token buckets, shared by all replicas.
create table vendor_allowance (
    bucket text primary key,
    tokens double precision not null,
    at timestamptz not null default now(),
    blocked_until timestamptz
);
