"""Taking an act back: rows that hang together go back together, and what an act removed returns."""

from django.db import migrations

from tracking.register import sql

# Every kept table learns which act ended a version.
CATCH_UP = """
do $$ declare past text; begin
  for past in select relname from pg_class where relkind = 'r' and relname like 'tracking\\_%\\_history' loop
    execute format('call neet_keep_history(%L)', regexp_replace(past, '_history$', ''));
  end loop;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0009_history_by_the_instant")]

    operations = [
        migrations.RunSQL(sql.text("history"), migrations.RunSQL.noop),
        migrations.RunSQL(CATCH_UP, migrations.RunSQL.noop),
        migrations.RunSQL("drop function if exists tracking_undo(bigint)", migrations.RunSQL.noop),
        migrations.RunSQL(sql.text("undo"), migrations.RunSQL.noop),
        migrations.RunSQL(sql.text("grants"), migrations.RunSQL.noop),
    ]
