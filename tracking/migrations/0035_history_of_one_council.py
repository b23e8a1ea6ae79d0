"""What one council or one young person was known as is found by index, not by going through everybody's history."""

from django.db import migrations

from tracking.register import sql

AGAIN = """
do $$ declare past text; begin
  for past in select relname from pg_class where relkind = 'r' and relname like 'tracking\\_%\\_history' loop
    execute format('call neet_keep_history(%L)', regexp_replace(past, '_history$', ''));
  end loop;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0034_the_ward_of_a_month")]

    operations = [
        migrations.RunSQL(sql.text("history"), migrations.RunSQL.noop),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
