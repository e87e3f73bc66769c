create table preset (
    name       text primary key,
    body       text not null,
    changed_at timestamptz not null default now()
);

-- A mark's definition is never changed and never removed: addresses carry its id.
create table mark (
    id         text primary key,
    body       text not null,
    created_at timestamptz not null default now()
);

create table mark_name (
    name       text primary key,
    id         text not null references mark (id),
    changed_at timestamptz not null default now()
);
