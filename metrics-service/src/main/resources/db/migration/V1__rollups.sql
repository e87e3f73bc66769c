-- Taken batches of samples and logs: a second one with the same source and id is a duplicate.
create table ingest_batch (
    source text not null,
    batch_id text not null,
    received_at timestamptz not null default now(),
    accepted bigint not null,
    rejected bigint not null,
    primary key (source, batch_id)
);
create index ingest_batch_received on ingest_batch (received_at);

-- Each process writes rows of its own and overwrites them with absolute values; readers add over writers.
create table metrics_writer (
    writer int generated always as identity primary key,
    started timestamptz not null default now()
);

create table series (
    series_id bigint primary key,
    name text collate "C" not null,
    kind text collate "C" not null,
    unit text collate "C" not null,
    labels jsonb not null,
    first_seen timestamptz not null default now()
);
create index series_metric on series (name, kind, unit);

create table rollup_10s (
    ts timestamptz not null,
    series_id bigint not null,
    writer int not null,
    count bigint not null,
    sum float8 not null,
    min float8 not null,
    max float8 not null,
    last float8 not null,
    last_at timestamptz not null,
    hist bytea,
    primary key (ts, series_id, writer)
) partition by range (ts);
create index rollup_10s_series on rollup_10s (series_id, ts);
create table rollup_1m (like rollup_10s including defaults, primary key (ts, series_id, writer)) partition by range (ts);
create index rollup_1m_series on rollup_1m (series_id, ts);
create table rollup_1h (like rollup_10s including defaults, primary key (ts, series_id, writer)) partition by range (ts);
create index rollup_1h_series on rollup_1h (series_id, ts);

-- What the CDNs served, by minute and by hour. status_class: 1-5, or 0 when the client left.
create table cdn_rollup_1m (
    ts timestamptz not null,
    cdn text not null,
    format text not null,
    cache text not null,
    status_class smallint not null,
    requests bigint not null,
    bytes bigint not null,
    duration bytea not null,
    primary key (ts, cdn, format, cache, status_class)
) partition by range (ts);
create table cdn_rollup_1h (
    like cdn_rollup_1m including defaults,
    primary key (ts, cdn, format, cache, status_class)
) partition by range (ts);

create table budget (
    id text primary key,
    amount numeric not null check (amount > 0),
    currency text not null,
    cdns text[] not null,
    deleted boolean not null default false
);
create table budget_change (
    change bigint generated always as identity primary key,
    id text not null,
    at timestamptz not null default now(),
    actor text not null,
    action text not null,
    amount numeric,
    currency text,
    cdns text[]
);
