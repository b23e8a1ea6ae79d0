"""A situation carries the council of its young person, so that those of one council are read without all others'."""

import django.db.models.deletion
from django.db import migrations, models

from neet.migrating import Holding
from tracking.register import sql

FILLED = """
update tracking_situation s set authority_id = p.authority_id from tracking_youngperson p where p.id = s.person_id
"""
LAID_TOGETHER = ["cluster tracking_situation using situation_of_council", "analyze tracking_situation"]
AUTHORITY = {
    "to": "schools.authority",
    "on_delete": django.db.models.deletion.DO_NOTHING,
    "related_name": "+",
    "db_constraint": False,
    "db_index": False,
    "editable": False,
}


class Migration(migrations.Migration):
    dependencies = [("tracking", "0037_what_people_are_called")]

    operations = [
        Holding("tracking_youngperson", "tracking_activity", "tracking_confirmation", "tracking_situation"),
        migrations.AddField("situation", "authority", models.ForeignKey(**AUTHORITY, null=True)),
        migrations.RunSQL(sql.text("situation"), migrations.RunSQL.noop),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.AlterField("situation", "authority", models.ForeignKey(**AUTHORITY)),
        migrations.AddIndex(
            "situation", models.Index(fields=["authority", "code"], name="situation_of_council")
        ),
        migrations.RunSQL(LAID_TOGETHER, migrations.RunSQL.noop),
    ]
