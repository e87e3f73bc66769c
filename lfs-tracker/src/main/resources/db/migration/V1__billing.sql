-- Amounts are bigint in billionths (GitHub reports nine decimals): quantity in the SKU's unit, money in USD.

create table account (
    id   integer generated always as identity primary key,
    name text not null
);
create unique index account_name on account (lower(name));

-- The empty name stands for usage that GitHub attributes to no repository.
create table repository (
    id         integer generated always as identity primary key,
    account_id integer not null references account,
    name       text    not null
);
create unique index repository_name on repository (account_id, lower(name));

create table sku (
    id   smallint generated always as identity primary key,
    name text not null unique,
    unit text not null
);
insert into sku (name, unit) values ('LFS_STORAGE', 'GIGABYTE_HOURS'), ('LFS_BANDWIDTH', 'GIGABYTES');

create table usage_daily (
    account_id    integer     not null,
    repository_id integer     not null,
    sku_id        smallint    not null,
    day           date        not null,
    qty_nano      bigint      not null,
    price_nano    bigint      not null,
    gross_nano    bigint      not null,
    disc_nano     bigint      not null,
    net_nano      bigint      not null,
    revision      smallint    not null default 1,
    first_seen    timestamptz not null,
    updated_at    timestamptz not null,
    primary key (account_id, sku_id, day, repository_id)
) partition by range (day);
create index usage_daily_repository on usage_daily (account_id, repository_id, sku_id, day);

-- What GitHub said before it said something else; only ever appended to.
create table usage_restated (
    account_id    integer     not null,
    repository_id integer     not null,
    sku_id        smallint    not null,
    day           date        not null,
    revision      smallint    not null,
    old_qty_nano  bigint      not null,
    new_qty_nano  bigint      not null,
    old_net_nano  bigint      not null,
    new_net_nano  bigint      not null,
    at            timestamptz not null
);
create index usage_restated_day on usage_restated (account_id, day);

create table account_daily (
    account_id integer  not null,
    sku_id     smallint not null,
    day        date     not null,
    qty_nano   bigint   not null,
    price_nano bigint   not null,
    gross_nano bigint   not null,
    disc_nano  bigint   not null,
    net_nano   bigint   not null,
    primary key (account_id, sku_id, day)
);

-- Where each day stands: the last answer that was taken, and how many answers in a row were equal to it.
create table billing_day (
    account_id  integer not null references account,
    day         date    not null,
    pulled_at   timestamptz,
    body_sha256 bytea,
    etag        text,
    agreeing    integer not null default 0,
    suspect     boolean not null default false,
    requested_at timestamptz,
    primary key (account_id, day)
);

create table billing_pull (
    id         bigint generated always as identity primary key,
    account_id integer     not null references account,
    day        date        not null,
    started    timestamptz not null,
    outcome    text        not null,
    status     integer,
    items      integer     not null,
    changed    integer     not null,
    doubled    integer     not null,
    detail     text
);
