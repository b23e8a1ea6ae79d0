"""Who was ever put together with somebody is found by index: their copy tells of it."""

from django.db import migrations

FOUND = """
create index if not exists tracking_youngperson_history_merged_into_id_idx
on tracking_youngperson_history (merged_into_id) where merged_into_id is not null
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0035_history_of_one_council")]

    operations = [migrations.RunSQL(FOUND, "drop index tracking_youngperson_history_merged_into_id_idx")]
