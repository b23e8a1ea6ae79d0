"""Tables that are only ever added to: the guard other apps ask for in their migrations.

Two locks, either of which is enough. The application's database role has no right to change or remove such rows,
and a trigger refuses everybody else, the owner included, unless the owner lifts it on purpose
(`SET LOCAL neet.guard = 'lifted'`: erasure and retention do, inside functions the owner defined).
"""

from collections.abc import Sequence

from django.db import migrations

APPLICATION_ROLE = "neet_app"

GUARD = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION_ROLE}') THEN
        CREATE ROLE {APPLICATION_ROLE} NOLOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'There is no role {APPLICATION_ROLE}: ask for CREATE ROLE {APPLICATION_ROLE}';
END $$;
GRANT USAGE ON SCHEMA public TO {APPLICATION_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APPLICATION_ROLE};
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {APPLICATION_ROLE};
CREATE OR REPLACE FUNCTION neet_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('neet.guard', true) = 'lifted' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def guard() -> migrations.RunSQL:
    """The application's database role, its everyday rights, and the function that refuses changes."""
    return migrations.RunSQL(GUARD, migrations.RunSQL.noop)


def append_only(table: str, *, closing: Sequence[str] = ()) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on a table; the columns in `closing` may still be written
    (a history row is closed by `superseded_at`). The app's migration must depend on audit 0001.
    """
    events = "DELETE" if closing else "UPDATE OR DELETE"
    allowed = f"GRANT UPDATE ({', '.join(closing)}) ON {table} TO {APPLICATION_ROLE};" if closing else ""
    return migrations.RunSQL(
        f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APPLICATION_ROLE};
        {allowed}
        CREATE TRIGGER {table}_no_change BEFORE {events} ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION neet_refuse_change();
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION neet_refuse_change();
        """,
        f"""
        DROP TRIGGER IF EXISTS {table}_no_change ON {table};
        DROP TRIGGER IF EXISTS {table}_no_truncate ON {table};
        GRANT UPDATE, DELETE ON {table} TO {APPLICATION_ROLE};
        """,
    )


DROP_TRUNCATE_GUARDS = """
DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT tgname, tgrelid::regclass AS held FROM pg_trigger WHERE tgname LIKE '%\\_no\\_truncate' LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.held);
    END LOOP;
END $$;
"""
