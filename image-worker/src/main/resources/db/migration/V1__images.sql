create table image (
    oid        text primary key,
    bytes      bigint not null,
    format     text not null,
    width      integer not null,
    height     integer not null,
    alpha      boolean not null,
    animated   boolean not null,
    created_at timestamptz not null default now()
);

create sequence source_seq;

create table source (
    collection text not null,
    path       text not null,
    oid        text not null references image (oid),
    tags       text[] not null,
    deleted    boolean not null default false,
    seq        bigint not null unique,
    changed_at timestamptz not null default now(),
    primary key (collection, path)
);

create table encode_job (
    id           bigint generated always as identity primary key,
    address      text not null,
    state        text not null default 'ready' check (state in ('ready', 'running', 'dead')),
    priority     smallint not null default 7,
    run_at       timestamptz not null default now(),
    attempt      integer not null default 0,
    max_attempts integer not null default 4,
    lease_owner  text,
    lease_until  timestamptz,
    last_error   text,
    created_at   timestamptz not null default now()
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

create unique index encode_job_address on encode_job (address);
create index encode_job_ready on encode_job (priority, run_at, id) where state = 'ready';
create index encode_job_lease on encode_job (lease_until) where state = 'running';
