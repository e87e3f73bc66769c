-- Markets with their policies in versions, and what each CDN is paid.
create table market (
    name text primary key,
    version bigint not null,
    policy jsonb not null,
    changed_at timestamptz not null default now()
);

-- Every version that ever was in force, those of removed markets included.
create table market_version (
    name text not null,
    version bigint not null,
    policy jsonb not null,
    changed_at timestamptz not null default now(),
    primary key (name, version)
);

create table contract (
    cdn text primary key references cdn (name) on delete cascade,
    terms jsonb not null,
    changed_at timestamptz not null default now()
);
