"""The dated table of targets for yearly figures."""

from tracking.reference.columns import LAST_SEEN, NOTE, Column, Kind, Table, choice
from tracking.rules import ruleset
from tracking.rules.targets import Aimed

OF_TARGETS = (
    Table(
        "figure_targets", "Targets", "What share is to be reached, by figure, year, council and district.",
        ruleset.TABLES["figure_targets"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            choice("indicator", "Yearly figure", Aimed),
            Column("tenths", "Target in tenths of a per cent: 937 is 93.7%", Kind.NUMBER, is_required=True),
            Column("authority", "Only for this council", Kind.CODE, of_table="la_codes"),
            Column("district", "Only in the district; none: the whole council"),
            Column("year", "Academic year, by the one it begins in; none: every year", Kind.NUMBER), LAST_SEEN, NOTE,
        ),
    ),
)  # fmt: skip
