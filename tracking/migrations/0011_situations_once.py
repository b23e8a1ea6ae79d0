"""An act of many statements derives situations once, and a long list of people is joined, not searched."""

from django.db import migrations

from tracking.register import sql


class Migration(migrations.Migration):
    dependencies = [("tracking", "0010_taking_back_whole")]

    operations = [
        migrations.RunSQL(sql.text("situation"), migrations.RunSQL.noop),
        migrations.RunSQL(sql.text("undo"), migrations.RunSQL.noop),
    ]
