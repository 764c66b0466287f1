-- Make the database and its two roles (PostgreSQL 15 or newer); run as a superuser, safe to run again:
--   OWNER_PASSWORD=… APP_PASSWORD=… psql -f deploy/postgresql.sql postgres
-- wenmai_owner makes and changes the tables (migrate); wenmai is what the site itself uses and can only read and write rows.
\set ON_ERROR_STOP on
\set owner_password ''
\set app_password ''
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD

-- The passwords must not reach the server's log.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
SELECT least(length(:'owner_password'), length(:'app_password')) < 12 AS too_short
\gset
\if :too_short
DO $$ BEGIN RAISE 'OWNER_PASSWORD and APP_PASSWORD must be set, each with 12 characters or more.'; END $$;
\endif

SELECT format('CREATE ROLE %I', name)
FROM (VALUES ('wenmai_owner'), ('wenmai')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE wenmai_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE wenmai LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'app_password';

-- Limits sit on the role: a connection pooler may drop what a client asks for.
ALTER ROLE wenmai SET statement_timeout = '15s';
ALTER ROLE wenmai SET lock_timeout = '3s';
ALTER ROLE wenmai SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE wenmai SET client_connection_check_interval = '5s';
-- Compiling a query of a hundred small counts takes seconds, answering it a part of one.
ALTER ROLE wenmai SET jit = off;
-- A migration may take long, but must not queue behind readers and stop them all.
ALTER ROLE wenmai_owner SET lock_timeout = '5s';
SELECT current_setting('server_version_num')::int >= 170000 AS has_transaction_timeout
\gset
\if :has_transaction_timeout
ALTER ROLE wenmai SET transaction_timeout = '60s';
\endif

SELECT 'CREATE DATABASE wenmai OWNER wenmai_owner TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C.UTF-8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'wenmai')
\gexec
REVOKE ALL ON DATABASE wenmai FROM PUBLIC;
GRANT CONNECT ON DATABASE wenmai TO wenmai;

\connect wenmai
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO wenmai;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO wenmai;
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO wenmai;
ALTER DEFAULT PRIVILEGES FOR ROLE wenmai_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO wenmai;
ALTER DEFAULT PRIVILEGES FOR ROLE wenmai_owner IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO wenmai;
