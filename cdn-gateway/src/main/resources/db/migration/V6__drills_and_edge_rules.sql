-- Drills. The end is fixed at the beginning, so that it comes whatever happens to those who watch.
create table drill (
    id bigint generated always as identity primary key,
    cdn text not null,
    percent int not null check (percent between 1 and 100),
    reason text not null,
    actor text not null,
    state text not null default 'RUNNING',
    started_at timestamptz not null default now(),
    ends_at timestamptz not null,
    ended_at timestamptz,
    stop_reason text,
    requests bigint not null default 0,
    moved bigint not null default 0,
    kept bigint not null default 0,
    unserved bigint not null default 0,
    disturbed text[] not null default '{}'
);

create unique index drill_running on drill ((true)) where state = 'RUNNING';

-- How long edges and browsers keep what, in the order in which rules are asked; no row: the rules Sluice comes with.
create table edge_rule (
    position int primary key,
    name text not null unique,
    prefix text not null,
    extensions text[] not null,
    browser_seconds bigint not null,
    edge_seconds bigint not null,
    stale_while_revalidate_seconds bigint not null,
    stale_if_error_seconds bigint not null,
    immutable boolean not null
);

create table edge_rule_set (
    only_row boolean primary key default true check (only_row),
    version bigint not null default 0
);

insert into edge_rule_set default values;
