-- The two roles and the extensions, for one database. Run as a superuser: in template1 of the embedded server
-- (so that every database made from it has them), in the server's own database elsewhere. Safe to run twice.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'neet_owner') THEN
    CREATE ROLE neet_owner LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'neet_app') THEN
    CREATE ROLE neet_app LOGIN;
  END IF;
END
$$;

-- The owner may step into the application's shoes (tests do), never the other way round.
GRANT neet_app TO neet_owner;

-- What the owner makes from now on, the application may use; append-only tables take back in their migrations.
ALTER DEFAULT PRIVILEGES FOR ROLE neet_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO neet_app;
ALTER DEFAULT PRIVILEGES FOR ROLE neet_owner GRANT USAGE, SELECT ON SEQUENCES TO neet_app;

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
