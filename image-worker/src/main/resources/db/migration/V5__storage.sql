-- What was answered under an Idempotency-Key of POST /api/v1/images/{oid}/variants.
create table variant_set (
    idempotency_key text primary key,
    request_hash    text not null,
    addresses       text[] not null,
    job_id          bigint,
    created_at      timestamptz not null default now()
);
