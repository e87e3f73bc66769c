-- Warmings and their fetches: the same queue as that of purges, with what each fetch showed.
create table warming (
    id bigint generated always as identity primary key,
    source text not null,
    named int not null,
    rate double precision not null,
    actor text not null,
    state text not null default 'RUNNING',
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    ends_at timestamptz,
    idempotency_key text,
    request_sha256 text not null,
    unique (actor, idempotency_key)
);

create index warming_finished on warming (finished_at) where finished_at is not null;
create index warming_ends on warming (ends_at) where state = 'RUNNING' and ends_at is not null;

create table warming_call (
    id bigint generated always as identity primary key,
    warming bigint not null references warming on delete cascade,
    cdn text not null,
    path text not null,
    rate double precision not null,
    state text not null default 'WAITING',
    attempts int not null default 0,
    next_at timestamptz not null default now(),
    lease_until timestamptz,
    fence bigint not null default 0,
    accepted_at timestamptz,
    reference text,
    verified text,
    error text,
    before text,
    bytes bigint not null default 0
);

create index warming_call_due on warming_call (cdn, next_at) where state in ('WAITING', 'ACCEPTED', 'VERIFYING');
create index warming_call_warming on warming_call (warming);

-- When which market is warmed by itself. last_day is the day, in the schedule's own time zone, on which its window last began.
create table warming_schedule (
    name text primary key,
    terms jsonb not null,
    last_day date,
    last_warming bigint references warming on delete set null,
    changed_at timestamptz not null default now()
);
