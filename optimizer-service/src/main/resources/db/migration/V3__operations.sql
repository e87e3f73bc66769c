-- Overrides that were set together: by a freeze or a rollback.
alter table override add column group_id uuid;
create index override_group on override (group_id) where group_id is not null;

-- At most one is in force; its pins are the overrides of its group.
create table level_freeze (
    id uuid primary key,
    reason text not null,
    actor text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at <= created_at + interval '24 hours'),
    lifted_at timestamptz
);

-- Who did what, each entry with the hash of the one before it; hash as computed by io.sluice.optimizer.audit.AuditEntry.
create table audit (
    seq bigint primary key,
    at timestamptz not null,
    actor text not null,
    action text not null,
    object text not null,
    detail text not null,
    previous text not null,
    hash text not null
);
