-- The queue of background work. What has ended leaves it for image_job_history, so that the claim's index stays small.
create table image_job (
    id           bigint generated always as identity primary key,
    kind         text not null,
    oid          text not null,
    addresses    text[] not null,
    dedup_key    text not null unique,
    priority     smallint not null check (priority between 1 and 9),
    -- Its place: the time it was queued plus a step for each priority below the first. Older work of a low priority so comes
    -- before younger work of a high one, and the order is one index.
    rank_at      timestamptz not null,
    state        text not null default 'ready' check (state in ('ready', 'running', 'dead')),
    run_at       timestamptz not null default now(),
    attempt      integer not null default 0,
    max_attempts integer not null default 4,
    lease_owner  text,
    lease_until  timestamptz,
    last_error   text,
    queued_at    timestamptz not null default now(),
    started_at   timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

create index image_job_ready on image_job (rank_at, id) where state = 'ready';
create index image_job_lease on image_job (lease_until) where state = 'running';
create index image_job_oid on image_job (oid, id);

create table image_job_history (
    id         bigint not null,
    kind       text not null,
    oid        text not null,
    addresses  text[] not null,
    priority   smallint not null,
    state      text not null check (state in ('done', 'cancelled')),
    result     text not null,
    attempt    integer not null,
    last_error text,
    queued_at  timestamptz not null,
    started_at timestamptz,
    ended_at   timestamptz not null default now()
) partition by range (ended_at);

create index image_job_history_id on image_job_history (id);
create index image_job_history_oid on image_job_history (oid, id);
create index image_job_history_ended on image_job_history (ended_at);

create function wake_image_workers() returns trigger language plpgsql as $$
begin
    perform pg_notify('image_job', '');
    return null;
end $$;

create trigger image_job_ready after insert or update of state on image_job
    for each row when (new.state = 'ready') execute function wake_image_workers();

insert into image_job (kind, oid, addresses, dedup_key, priority, rank_at, state, attempt, last_error, queued_at)
select 'encode', split_part(address, '/', 4), array[address], address, 7, created_at + interval '6 minutes',
       case state when 'dead' then 'dead' else 'ready' end, attempt, last_error, created_at
from encode_job;

drop table encode_job;
