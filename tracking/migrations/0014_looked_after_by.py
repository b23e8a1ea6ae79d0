"""Who looks after somebody in care: another authority stays their parent when they live here (R58)."""

from django.db import migrations, models

# Its history had nothing to say: empty, so that what an earlier act wrote can still be told from what stands now.
REMEMBER = """
    alter table tracking_youngperson_history add corporate_parent_la varchar(3) not null default ''
"""
KEEP = "call neet_keep_history('tracking_youngperson')"
FORGET = f"alter table tracking_youngperson_history drop corporate_parent_la; {KEEP}"


class Migration(migrations.Migration):
    dependencies = [("tracking", "0013_months_stand")]

    operations = [
        migrations.RunSQL(REMEMBER, FORGET),
        migrations.AddField(
            model_name="youngperson",
            name="corporate_parent_la",
            field=models.CharField(blank=True, db_default="", max_length=3, verbose_name="looked after by"),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
