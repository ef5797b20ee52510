#!/bin/sh
# Run once by the postgres image on an empty volume: the roles and the database of bin/support/postgres/roles.mjs, which a
# test compares with this. The passwords come from the environment and never stand on a command line.
set -eu
psql -v ON_ERROR_STOP=1 --username postgres --dbname postgres <<'SQL'
\getenv migrate_password MIGRATE_PASSWORD
\getenv app_password APP_PASSWORD
CREATE ROLE mg_owner NOLOGIN BYPASSRLS;
CREATE ROLE migrate LOGIN PASSWORD :'migrate_password' IN ROLE mg_owner;
ALTER ROLE migrate SET role = mg_owner;
CREATE ROLE app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE DATABASE "madoguchi" OWNER mg_owner;
REVOKE ALL ON DATABASE "madoguchi" FROM PUBLIC;
GRANT CONNECT ON DATABASE "madoguchi" TO migrate, app;
\connect madoguchi
ALTER SCHEMA public OWNER TO mg_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO app;
SQL
