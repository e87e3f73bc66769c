create table folder_import (
    id              bigint generated always as identity primary key,
    idempotency_key text unique,
    root            text not null,
    prefix          text not null,
    collection      text not null,
    tags            text[] not null,
    dry_run         boolean not null,
    state           text not null default 'QUEUED'
                    check (state in ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    position        text not null default '',
    seen            bigint not null default 0,
    imported        bigint not null default 0,
    unchanged       bigint not null default 0,
    refused         bigint not null default 0,
    bytes           bigint not null default 0,
    error           text,
    lease_owner     text,
    lease_until     timestamptz,
    created_at      timestamptz not null default now(),
    finished_at     timestamptz
);

create index folder_import_open on folder_import (id) where state in ('QUEUED', 'RUNNING');

create table folder_import_refusal (
    import_id bigint not null references folder_import (id) on delete cascade,
    path      text not null,
    problem   text not null,
    detail    text not null,
    primary key (import_id, path)
);
