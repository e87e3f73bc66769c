create table alert_group (
    id          text primary key,        -- SHA-256 of group_key: a key may be longer than an index takes
    group_key   text not null,
    labels      jsonb not null,
    received_at timestamptz not null,
    due_at      timestamptz,             -- when it is looked at next; null: nothing to wait for
    notified_at timestamptz              -- null: nothing of it has been told since it was last empty
);
create index alert_group_due on alert_group (due_at) where due_at is not null;

create table alert (
    fingerprint   text primary key,
    group_id      text not null references alert_group,
    labels        jsonb not null,
    annotations   jsonb not null,
    starts_at     timestamptz not null,
    ends_at       timestamptz not null,
    updated_at    timestamptz not null,
    received_at   timestamptz not null,  -- first report of this episode
    timeout       boolean not null,      -- the sender gave no end
    resolved      boolean not null,      -- the sender gave an end in the past
    generator_url text not null,
    told          boolean not null       -- a firing notification of it is in the outbox, a resolved one is not yet
);
create index alert_by_group on alert (group_id);
create index alert_by_end on alert (ends_at);

create table notification (
    id          bigint generated always as identity primary key,
    receiver    text not null,
    group_id    text not null,
    kind        text not null check (kind in ('FIRING', 'REPEAT', 'RESOLVED', 'TEST')),
    dedup_key   text unique,
    message     jsonb not null,
    accepted_at timestamptz not null,    -- of the oldest report that it tells about
    created_at  timestamptz not null default now()
);
create index notification_by_age on notification (created_at);

create table delivery (
    id              bigint generated always as identity primary key,
    notification_id bigint not null references notification on delete cascade,
    channel         text not null,
    group_id        text not null,
    idempotency_key uuid not null default gen_random_uuid(),
    state           text not null default 'PENDING' check (state in ('PENDING', 'SENT', 'FAILED')),
    due_at          timestamptz not null default now(),
    lease_until     timestamptz,
    attempts        int not null default 0,
    done_at         timestamptz,
    last_error      text,
    unique (notification_id, channel)
);
create index delivery_pending on delivery (channel, due_at) where state = 'PENDING';
create index delivery_order on delivery (channel, group_id, notification_id) where state = 'PENDING';

create table destination (
    channel      text primary key,
    paused_until timestamptz,
    failures     int not null default 0, -- in a row
    last_error   text
);

-- When this service last lived: alerts that ran out while nobody listened are not taken for resolved.
create table pulse (
    one boolean primary key default true check (one),
    at  timestamptz not null
);
insert into pulse (at) values (now());
