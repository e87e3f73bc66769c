-- What budgets said, one row an hour, for replays: demand at level 0 is the rise of used, divided by what savings left over.
create table usage_hour (
    budget_id text not null,
    hour timestamptz not null,
    axis text not null,
    unit text not null,
    limit_amount double precision,
    used double precision not null,
    saving_sum double precision not null,
    rounds bigint not null,
    period_start timestamptz not null,
    period_end timestamptz not null,
    primary key (budget_id, hour)
);
