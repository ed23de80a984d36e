-- Two roles for the database and two for the keyring, so that the app may read and write rows and nothing else.
-- Once, as a superuser:  psql -f docs/operating/roles.sql postgres
-- Then give each a password:  \password shoreline_owner  (and so on). Safe to run again after a restore or an upgrade
-- from one role to two, save for CREATE ROLE and CREATE DATABASE, which then say that they are there already.
-- Better still, run the lower half on a server of its own: one server's backup should not hold both.

CREATE ROLE shoreline_owner LOGIN;
CREATE ROLE shoreline_app LOGIN;
CREATE DATABASE shoreline OWNER shoreline_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE shoreline FROM PUBLIC;
GRANT CONNECT ON DATABASE shoreline TO shoreline_app;
\connect shoreline
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO shoreline_owner;
GRANT USAGE ON SCHEMA public TO shoreline_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO shoreline_app;
ALTER DEFAULT PRIVILEGES FOR ROLE shoreline_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO shoreline_app;

CREATE ROLE shoreline_keys_owner LOGIN;
CREATE ROLE shoreline_keys LOGIN;
CREATE DATABASE shoreline_keyring OWNER shoreline_keys_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE shoreline_keyring FROM PUBLIC;
GRANT CONNECT ON DATABASE shoreline_keyring TO shoreline_keys;
\connect shoreline_keyring
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO shoreline_keys_owner;
GRANT USAGE ON SCHEMA public TO shoreline_keys;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO shoreline_keys;
ALTER DEFAULT PRIVILEGES FOR ROLE shoreline_keys_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO shoreline_keys;
