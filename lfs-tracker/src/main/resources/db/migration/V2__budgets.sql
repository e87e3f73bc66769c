-- Budgets of single repositories; those of the account follow from its plan.
create table repository_budget (
    id         text        primary key,
    account_id integer     not null references account,
    kind       text        not null,
    repository text        not null,
    limit_nano bigint      not null,
    updated_at timestamptz not null
);
