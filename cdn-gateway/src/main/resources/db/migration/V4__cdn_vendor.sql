-- Who runs a CDN and how we are known there; the credential is the name of a configured secret.
alter table cdn
    add column vendor text not null default 'HTTP',
    add column settings jsonb not null default '{}',
    add column credential text;
