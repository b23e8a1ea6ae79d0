"""History is dated by the statement that wrote it, not by the beginning of its transaction: a freeze needs that."""

from django.db import migrations

from tracking.register import sql

KEPT = ["youngperson", "residence", "activity", "characteristic", "guarantee", "objection", "responsibility",
        "contactpoint", "formername", "referencerow"]
AGAIN = ";\n".join(f"call neet_keep_history('tracking_{table}')" for table in KEPT)


class Migration(migrations.Migration):
    dependencies = [("tracking", "0008_figures")]

    operations = [
        migrations.RunSQL(sql.text("history"), migrations.RunSQL.noop),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
        migrations.RunSQL(sql.text("grants"), migrations.RunSQL.noop),
    ]
