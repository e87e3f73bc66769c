#!/bin/sh
# Run once by the postgres image: one role and one schema for each service, and nothing else they may touch.
set -eu
for role in gateway images metrics alerting lfs optimizer; do
  psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 \
    --set role="$role" --set password="$SLUICE_DB_PASSWORD" <<'SQL'
create role :"role" login password :'password';
create schema :"role" authorization :"role";
alter role :"role" in database sluice set search_path = :"role";
SQL
done
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --command 'revoke create on schema public from public'
