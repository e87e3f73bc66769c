-- The CDNs, and a version that grows with each change so that replicas notice.
create table cdn (
    name text primary key,
    url text not null,
    weight double precision not null check (weight > 0),
    probe text not null,
    drain_reason text,
    drained_at timestamptz,
    drained_until timestamptz,
    updated_at timestamptz not null default now(),
    check ((drain_reason is null) = (drained_at is null))
);

create table cdn_set (
    only_row boolean primary key default true check (only_row),
    version bigint not null default 0,
    seeded boolean not null default false
);

insert into cdn_set default values;
