"""An act of many statements notes the people it touched once, for the figures."""

from django.db import migrations

from tracking.figures import sql


class Migration(migrations.Migration):
    dependencies = [("tracking", "0014_looked_after_by")]

    operations = [migrations.RunSQL(sql.text("stirred"), migrations.RunSQL.noop)]
