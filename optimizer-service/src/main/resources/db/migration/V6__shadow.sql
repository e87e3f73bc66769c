-- A policy in the shadow decides as if it were asked, and publishes nothing.
alter table policy add column mode text not null default 'ACTIVE' check (mode in ('ACTIVE', 'SHADOW'));
alter table decision add column shadow boolean not null default false;
create index decision_binding on decision (binding, at);
