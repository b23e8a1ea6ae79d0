"""What the database does by itself: history of the kept tables, derived situations, searchable names."""

from django.db import migrations

from neet.audit.sql import append_only
from tracking.register import sql

KEPT = ["youngperson", "residence", "activity", "characteristic", "guarantee", "objection", "responsibility"]

KEEP = ";\n".join(f"call neet_keep_history('tracking_{table}')" for table in KEPT)
FORGET = ";\n".join(
    f"drop function tracking_{table}_as_known(timestamptz); drop table tracking_{table}_history;"
    f" drop function tracking_{table}_remember() cascade"
    for table in KEPT
)


class Migration(migrations.Migration):
    dependencies = [("tracking", "0002_initial")]

    operations = [
        migrations.RunSQL(sql.text("history"), migrations.RunSQL.noop),
        migrations.RunSQL(
            sql.text("reference"), "drop view tracking_activitycode; drop view tracking_currencyrule"
        ),
        migrations.RunSQL(sql.text("situation"), "drop function tracking_situations(date, bigint[]) cascade"),
        migrations.RunSQL(sql.text("names"), "drop function tracking_fold(text) cascade"),
        migrations.RunSQL(
            sql.text("numbers"),
            "drop function tracking_next_number(bigint); drop sequence tracking_young_person_number",
        ),
        migrations.RunSQL(KEEP, FORGET),
        append_only("tracking_confirmation"),
        *[append_only(f"tracking_{table}_history", closing=["superseded_at"]) for table in KEPT],
        migrations.RunSQL(sql.text("grants"), migrations.RunSQL.noop),
    ]
