"""Who changed what in the dated tables, and when: the history the other kept tables have."""

from django.db import migrations

from neet.audit.sql import append_only

FORGET = """
    drop function tracking_referencerow_as_known(timestamptz); drop table tracking_referencerow_history;
    drop function tracking_referencerow_remember() cascade
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0003_history_situations_names")]

    operations = [
        migrations.RunSQL("call neet_keep_history('tracking_referencerow')", FORGET),
        append_only("tracking_referencerow_history", closing=["superseded_at"]),
        migrations.RunSQL(
            "revoke insert, update (superseded_at) on tracking_referencerow_history from neet_app",
            migrations.RunSQL.noop,
        ),
    ]
