"""Contact points and former names are kept in history too, and one act can be taken back."""

from django.db import migrations

from neet.audit.sql import append_only
from tracking.register import sql

KEPT = ["contactpoint", "formername"]
KEEP = ";\n".join(f"call neet_keep_history('tracking_{table}')" for table in KEPT)
FORGET = ";\n".join(
    f"drop function tracking_{table}_as_known(timestamptz); drop table tracking_{table}_history;"
    f" drop function tracking_{table}_remember() cascade"
    for table in KEPT
)


class Migration(migrations.Migration):
    dependencies = [("tracking", "0005_confirmation_event")]

    operations = [
        migrations.RunSQL(KEEP, FORGET),
        *[append_only(f"tracking_{table}_history", closing=["superseded_at"]) for table in KEPT],
        migrations.RunSQL(sql.text("undo"), "drop function tracking_undo(bigint)"),
        migrations.RunSQL(sql.text("grants"), migrations.RunSQL.noop),
    ]
