"""The trail is divided by the number of its events."""

from django.db import migrations

from neet.audit.divided import DIVIDE, ROOM, UNDIVIDE
from neet.audit.sql import append_only

GUARDED = append_only("audit_auditevent")


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL([DIVIDE, GUARDED.sql, ROOM], [UNDIVIDE, GUARDED.sql]),
    ]
