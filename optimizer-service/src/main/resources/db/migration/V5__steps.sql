-- What an override raises goes to all at once.
alter table override add column immediate boolean not null default false;

-- Rollouts in steps; at most one of a scope is not over. Sides are {axes, throttle, endsAt}.
create table rollout (
    scope text not null,
    first_generation bigint not null,
    last_generation bigint not null,
    state text not null,
    is_over boolean not null,
    step int not null,
    steps int not null,
    fraction double precision not null,
    side_before jsonb not null,
    side_after jsonb not null,
    started_at timestamptz not null,
    step_at timestamptz not null,
    changed_at timestamptz not null,
    why text not null,
    primary key (scope, first_generation)
);
create unique index rollout_live on rollout (scope) where not is_over;
