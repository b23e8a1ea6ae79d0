"""The dated tables of a council's self-assessment and of its yearly indicators."""

from tracking.reference.columns import LAST_SEEN, NOTE, Column, Kind, Table, choice
from tracking.rules import ruleset
from tracking.rules.assessment import Answered
from tracking.rules.indicators import Measured

OF_ASSESSMENT = (
    Table(
        "assessment_lines", "Self-assessment", "What a council asks itself every year, and what the register answers.",
        ruleset.TABLES["assessment_lines"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("plain_words", "The question, in our words", is_required=True),
            Column("part", "Part", is_required=True),
            Column("section", "Section", is_required=True),
            Column("order", "Comes as number", Kind.NUMBER, is_required=True),
            choice("how", "How it is answered", Answered),
            Column("answered_by", "Which answer of the register, where it has one"),
            Column("authority", "Only for this council", Kind.CODE, of_table="la_codes"),
            Column("help", "What helps to answer", Kind.LONG_TEXT), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "indicators", "Yearly indicators", "Which months are averaged, of which ages and of whom.",
        ruleset.TABLES["indicators"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("plain_words", "What it is called", is_required=True),
            Column("order", "Comes as number", Kind.NUMBER, is_required=True),
            choice("measured", "What is counted", Measured),
            Column("months", "Months, by their numbers; none: every month"),
            Column("first_age", "Academic age from", Kind.NUMBER, is_required=True),
            Column("last_age", "To", Kind.NUMBER, is_required=True),
            Column("group", "Only of (as gender:M ethnicity:WBRI)"),
            Column("help", "What helps to read it", Kind.LONG_TEXT), LAST_SEEN, NOTE,
        ),
    ),
)  # fmt: skip
