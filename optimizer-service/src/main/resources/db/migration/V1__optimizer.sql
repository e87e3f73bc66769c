-- One row: who may write, fenced by the epoch.
create table leadership (
    id smallint primary key check (id = 1),
    epoch bigint not null,
    holder text not null,
    until timestamptz not null
);

create table directive (
    scope text not null,
    generation bigint not null check (generation > 0),
    epoch bigint not null,
    id uuid not null unique,
    content_hash text not null,
    protected_header text not null,
    payload text not null,
    signature text not null,
    issued_at timestamptz not null,
    primary key (scope, generation)
);

create table worker (
    id text primary key,
    boot_id text not null,
    service text not null,
    version text not null,
    profiles text[] not null,
    levers text[] not null,
    registered_by text not null,
    registered_at timestamptz not null,
    seen_at timestamptz not null
);

-- expected: the receiver was live and in the audience when the directive was issued.
create table receipt (
    scope text not null,
    generation bigint not null,
    worker_id text not null references worker (id) on delete cascade,
    expected boolean not null,
    status text,
    acked_at timestamptz,
    ignored text[] not null default '{}',
    message text,
    primary key (scope, generation, worker_id),
    foreign key (scope, generation) references directive (scope, generation)
);
create index receipt_worker on receipt (worker_id, scope, generation desc);

create table policy (
    id text primary key,
    kind text not null,
    enabled boolean not null,
    version int not null,
    kappa double precision not null,
    activate_at double precision not null,
    release_below double precision not null,
    min_change double precision not null,
    stale_after_seconds bigint not null,
    enter_ratio double precision not null,
    leave_ratio double precision not null,
    min_requests bigint not null,
    fault_level double precision not null,
    updated_by text not null,
    updated_at timestamptz not null
);
insert into policy values
    ('lfs-quota', 'LFS_QUOTA', true, 1, 0.02, 0.03, 0.01, 0.02, 21600, 0.05, 0.01, 200, 2, 'default', now()),
    ('cdn-cost', 'CDN_COST', true, 1, 0.02, 0.03, 0.01, 0.02, 21600, 0.05, 0.01, 200, 2, 'default', now()),
    ('error-rate', 'ERROR_RATE', true, 1, 0.02, 0.03, 0.01, 0.02, 900, 0.05, 0.01, 200, 2, 'default', now());

-- The latest verdict of each policy about each signal.
create table verdict (
    policy_id text not null,
    signal_id text not null,
    scope text not null,
    axis text not null,
    saving double precision not null,
    level double precision not null,
    mean_saving double precision not null,
    gate text not null,
    text text not null,
    inputs jsonb not null,
    updated_at timestamptz not null,
    period_end timestamptz,
    primary key (policy_id, signal_id)
);

create table decision (
    seq bigint generated always as identity primary key,
    id uuid not null unique,
    at timestamptz not null,
    policy_id text not null,
    policy_version int not null,
    scope text not null,
    axis text not null,
    binding text not null,
    saving double precision not null,
    level double precision not null,
    gate text not null,
    text text not null,
    inputs jsonb not null
);
create index decision_policy on decision (policy_id, binding, seq desc);

create table override (
    id uuid primary key,
    scope text not null,
    axis text not null,
    kind text not null,
    level double precision not null check (level between 0 and 4),
    reason text not null,
    actor text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at <= created_at + interval '24 hours'),
    revoked_at timestamptz,
    idempotency_key text unique,
    request text not null
);
create index override_active on override (expires_at) where revoked_at is null;
