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

-- A server's log holds nothing of what they ask, whatever it is set to: no statement, no value of one, and no error,
-- which names what was typed. The system logs the kind of each error itself.
DO $$
DECLARE
  who text;
  said text[];
BEGIN
  FOREACH who IN ARRAY ARRAY['neet_owner', 'neet_app'] LOOP
    FOREACH said SLICE 1 IN ARRAY ARRAY[
      ['log_min_messages', 'log'], ['log_min_error_statement', 'panic'], ['log_error_verbosity', 'terse'],
      ['log_statement', 'none'], ['log_duration', 'off'], ['log_min_duration_statement', '-1'],
      ['log_min_duration_sample', '-1'], ['log_transaction_sample_rate', '0']
    ] LOOP
      EXECUTE format('ALTER ROLE %I SET %I = %L', who, said[1], said[2]);
    END LOOP;
  END LOOP;
END
$$;

-- What the owner makes from now on, the application may use; append-only tables take back in their migrations.
ALTER DEFAULT PRIVILEGES FOR ROLE neet_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO neet_app;
ALTER DEFAULT PRIVILEGES FOR ROLE neet_owner GRANT USAGE, SELECT ON SEQUENCES TO neet_app;

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
