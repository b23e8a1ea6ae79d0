"""Those who go by another name are found by an index, too: without it every search went through the whole register."""

from django.db import migrations

CALLED = """
create index youngperson_called_like on tracking_youngperson
  using gin (tracking_fold(known_as || ' ' || family_name) gin_trgm_ops) where known_as <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0036_history_of_who_was_put_together")]

    operations = [migrations.RunSQL(CALLED, "drop index youngperson_called_like")]
