-- What was answered under an Idempotency-Key of POST /api/v1/images/{oid}/variants.
create table variant_set (
    idempotency_key text primary key,
    request_hash    text not null,
    addresses       text[] not null,
    job_id          bigint,
    created_at      timestamptz not null default now()
);

-- Since when no source refers to an image; and when its bytes were collected, after which it counts as unknown. The row stays,
-- for sources that were deleted still tell of it in the feed.
alter table image add column unreferenced_since timestamptz;
alter table image add column collected_at timestamptz;
create index source_oid on source (oid) where not deleted;

-- Last day (UTC) on which a variant was served from here.
create table variant_use (
    name    text primary key,
    used_on date not null
);

-- What lies in the store, once a day.
create table storage_snapshot (
    day     date not null,
    bucket  text not null,
    owner   text not null,
    format  text not null,
    objects bigint not null,
    bytes   bigint not null,
    primary key (day, bucket, owner, format)
);

create table storage_collection (
    id         bigint generated always as identity primary key,
    dry_run    boolean not null,
    worker     text not null,
    state      text not null default 'running' check (state in ('running', 'done', 'failed')),
    examined   bigint not null default 0,
    error      text,
    started_at timestamptz not null default now(),
    ended_at   timestamptz
);
create unique index storage_collection_running on storage_collection (state) where state = 'running';

create table storage_collected (
    collection_id bigint not null references storage_collection (id) on delete cascade,
    cause         text not null,
    objects       bigint not null,
    bytes         bigint not null,
    examples      text[] not null,
    primary key (collection_id, cause)
);
