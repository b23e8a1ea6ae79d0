"""The dated tables of what young people seek, what keeps them from it, and what there is for them."""

from tracking.reference.columns import LAST_SEEN, NOTE, Column, Kind, Table, code_of
from tracking.rules import ruleset

OF_A_LIST = (
    Column("code", "Short name", Kind.CODE, is_required=True),
    Column("plain_words", "Our words", is_required=True),
    Column("order", "Comes as number", Kind.NUMBER, is_required=True), LAST_SEEN, NOTE,
)  # fmt: skip

OF_SEEKING = (
    Table(
        "sought_sectors", "Sectors", "What work or learning young people seek, and what is offered them.",
        ruleset.TABLES["sought_sectors"], OF_A_LIST,
    ),
    Table(
        "sought_levels", "Levels", "At which level they seek it.", ruleset.TABLES["sought_levels"], OF_A_LIST,
    ),
    Table(
        "barriers", "Barriers", "What keeps young people from work or learning.",
        ruleset.TABLES["barriers"], OF_A_LIST,
    ),
    Table(
        "provision", "Provision", "Courses, programmes and jobs with places for young people, and where.",
        ruleset.TABLES["provision"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("plain_words", "What it is called, and who offers it", is_required=True),
            Column("authority", "Only for this council", Kind.CODE, of_table="la_codes"),
            Column("district", "In the district; none: open to all of the council"),
            code_of("sought_sectors", "sector", "Sector"),
            code_of("sought_levels", "level", "Level"),
            Column("places", "Places", Kind.NUMBER, is_required=True),
            Column("months", "Begins in the months, by their numbers"), LAST_SEEN, NOTE,
        ),
    ),
)  # fmt: skip
