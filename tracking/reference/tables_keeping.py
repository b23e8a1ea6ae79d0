"""The dated table of how long things are kept."""

from tracking.reference.columns import LAST_SEEN, NOTE, Column, Kind, Table, choice
from tracking.rules import ruleset
from tracking.rules.retention import Clock, RecordClass

OF_KEEPING = (
    Table(
        "retention_rules", "How long we keep", "When records leave everyday lists and when they are erased, by kind.",
        ruleset.TABLES["retention_rules"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("plain_words", "The reason it is over, in our words", is_required=True),
            Column("authority", "Only for this council", Kind.CODE, of_table="la_codes"),
            choice("record_class", "What is kept", RecordClass),
            Column("applies_to", "Only for (a circumstance by its code, or left)"),
            choice("clock", "Counted from", Clock),
            Column("archive_months", "Months until it leaves everyday lists", Kind.NUMBER),
            Column("erase_months", "Months until it is erased; none: it is kept", Kind.NUMBER),
            Column("why", "Why so long, or which law", Kind.LONG_TEXT, is_required=True), LAST_SEEN, NOTE,
        ),
    ),
)  # fmt: skip
