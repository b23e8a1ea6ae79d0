"""The dated tables of what is asked for every year: the calendar of returns, articles, labels of files."""

from collections.abc import Mapping

from tracking.reference.columns import LAST_SEEN, NOTE, Column, Kind, Table, choice, yes_no
from tracking.rules import ruleset
from tracking.rules.activity_survey import HEADLINES, DaysAs, Holds
from tracking.rules.return_calendar import RETURN_TYPES, AsAt, Audience, DueRule, Weekday

NAMED = (
    Column("code", "Short name", Kind.CODE, is_required=True),
    Column("plain_words", "What it is called", is_required=True),
    Column("authority", "Only for this council", Kind.CODE, of_table="la_codes"),
)
COUNTED_IN: Mapping[str, str] = {str(each): words for each, words in HEADLINES.items()}

OF_RETURNS = (
    Table(
        "return_calendar", "Calendar of returns", "What is asked for every year, of whom, by when, and file names.",
        ruleset.TABLES["return_calendar"],
        (
            *NAMED, choice("type", "Which return", RETURN_TYPES), choice("asks", "Asked of", Audience),
            Column("sender", "Who that is, where it is somebody else"),
            Column("months", "Months, by their numbers", is_required=True),
            choice("due", "Due on the", DueRule),
            Column("number", "Which; below zero from the end, -1 is the last", is_required=True),
            choice("weekday", "Weekday", Weekday, required=False),
            yes_no("avoids_holidays", "Not in school holidays"),
            choice("as_at", "Says how things stood on the", AsAt),
            Column("opens_days", "Open so many days before", Kind.NUMBER, is_required=True),
            Column("remind_days", "Reminders, days from the day it is due"),
            Column("file_name", "Name of the file ({la} {number} {short} {year} {month})"), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "articles", "Articles for schools", "Pieces for the bulletin; {year} and days of the calendar stand in them.",
        ruleset.TABLES["articles"],
        (
            *NAMED, Column("month", "To be sent by the month", Kind.NUMBER, is_required=True),
            Column("day", "And its day", Kind.NUMBER, is_required=True),
            Column("text", "Words", Kind.LONG_TEXT, is_required=True), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "channel_labels", "Labels of files", "What files are labelled by other systems, and which return may be meant.",
        ruleset.TABLES["channel_labels"],
        (*NAMED, Column("types", "Returns, by their short names", is_required=True), LAST_SEEN, NOTE),
    ),
    Table(
        "leaving_reasons", "Reasons for leaving", "What a school or college may say of why somebody left.",
        ruleset.TABLES["leaving_reasons"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("plain_words", "The reason, in our words", is_required=True),
            Column("order", "Comes as number", Kind.NUMBER, is_required=True), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "activity_survey_groups", "Destinations of the Activity Survey",
        "Where what somebody did on 1 November is counted.", ruleset.TABLES["activity_survey_groups"],
        (
            Column("code", "As the file says it", Kind.CODE, is_required=True),
            Column("plain_words", "Our words", is_required=True),
            Column("order", "Comes as number", Kind.NUMBER, is_required=True),
            Column("activities", "Activities, by their codes"),
            Column("cohort_statuses", "Where nothing is known: cohort statuses, by their letters"),
            Column("headlines", "Counts in the shares", Kind.FACTS, facts=COUNTED_IN),
            yes_no("is_not_known", "Still to be found out"), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "activity_survey_columns", "Columns of the Activity Survey", "The file for the DfE, column by column.",
        ruleset.TABLES["activity_survey_columns"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("heading", "Heading in the file", is_required=True),
            Column("order", "Comes as number", Kind.NUMBER, is_required=True),
            choice("holds", "Holds", Holds),
            Column("values", "Written instead, one a line: ours = theirs", Kind.LONG_TEXT),
            choice("days_as", "Days as", DaysAs, required=False), LAST_SEEN, NOTE,
        ),
    ),
)  # fmt: skip
