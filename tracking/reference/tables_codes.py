"""The dated tables of the department's codes, of ages and forms, and of whose word counts."""

from tracking.reference.columns import (
    LAST_SEEN,
    NOTE,
    SOURCES,
    Column,
    Kind,
    Table,
    choice,
    code_list,
    code_of,
    yes_no,
)
from tracking.rules import ruleset
from tracking.rules.codes import AreaKind, Basis, Belief, CohortKind, Evidence, Measure, Need, Status
from tracking.rules.guarantee import Stand

UNITS = ("days", "months")
FIELDS = ("activity", "leaving", "name", "birth", "number", "address", "contact", "details", "plan")
PLACES = (
    "activity", "address", "area", "characteristics", "cohort", "destination", "guarantee", "identity",
    "need", "place", "send",
)  # fmt: skip
DUTIES = (
    "meeting", "working towards", "temporary break", "not meeting", "not known", "not applicable", "excluded",
)  # fmt: skip

OF_CODES = (
    code_list(
        "activity_codes", "Activities", "What a young person may be doing, and what it counts as.",
        Column("family", "Group", is_required=True),
        choice("status", "Counts as", Status),
        Column("participation_type", "Type of participation"),
        yes_no("counts_in_education_and_training", "Counts in education and training"),
        choice("duty", "The duty to participate", DUTIES),
        choice("duty_evidence", "How sure we are of that", Evidence),
    ),
    Table(
        "activity_requirements", "What activities need", "What a record with this activity must also hold.",
        ruleset.TABLES["activity_requirements"],
        (
            code_of("activity_codes", "activity_code", "Activity"), choice("needs", "Needs", Need),
            Column("value", "Which"), Column("error", "Error where it is missing", Kind.CODE), LAST_SEEN,
        ),
    ),
    Table(
        "currency_rules", "How long we may believe it", "Until when an activity counts unconfirmed.",
        ruleset.TABLES["currency_rules"],
        (
            code_of("activity_codes", "activity_code", "Activity"), choice("basis", "Counted from", Basis),
            Column("amount", "How many", Kind.NUMBER), choice("unit", "Of what", UNITS, required=False),
            yes_no("capped_by_end", "Not beyond the expected end"), LAST_SEEN, NOTE,
        ),
    ),
    code_list(
        "characteristic_codes", "Characteristics", "Circumstances a record may hold.",
        yes_no("in_vulnerable_group", "In the vulnerable group"),
        Column("not_with_gender", "Not with gender", Kind.CODE, of_table="gender_codes"),
    ),
    code_list(
        "cohort_status_codes", "Cohort statuses", "Why a record is in the monthly file.",
        yes_no("sent_once", "Sent once"),
        yes_no("may_be_over_age", "May be over the age"),
        yes_no("may_lack_plan", "May lack a plan"),
        choice("kind", "Kind", CohortKind),
    ),
    code_list(
        "guarantee_status_codes", "September Guarantee", "How the offer of a place stands.",
        yes_no("valid_year_11", "For Year 11"),
        yes_no("valid_year_12", "For Year 12"),
        Column("family", "Group", is_required=True),
        choice("board", "Counted on the board as", Stand, required=False),
    ),
    code_list("intended_destination_codes", "Intended destinations", "What Year 11 mean to do next."),
    code_list("ethnicity_codes", "Ethnicities", "As the return knows them.", Column("family", "Group")),
    code_list("gender_codes", "Genders", "As the return knows them."),
    code_list("level_of_need_codes", "Levels of need", "How much help somebody needs."),
    code_list("yes_no_codes", "Yes and no", "How the return writes yes and no."),
    code_list(
        "la_codes", "Areas", "Local authorities, and what stands where there is none.",
        Column("ons_code", "ONS code"),
        Column("region", "Region"),
        choice("kind", "Kind", AreaKind),
    ),
    Table(
        "limits", "Ages", "The ages at which rules begin and end.", ruleset.TABLES["limits"],
        (
            Column("name", "Name", Kind.CODE, is_required=True),
            Column("value", "Age", Kind.NUMBER, is_required=True),
            Column("meaning", "What for", Kind.LONG_TEXT),
        ),
    ),
    Table(
        "formats", "Forms of postcodes and numbers", "What postcodes, numbers and names may be made of.",
        ruleset.TABLES["formats"],
        (
            Column("name", "Name", Kind.CODE, is_required=True),
            Column("value", "Form", Kind.PATTERN, is_required=True),
            Column("meaning", "What for", Kind.LONG_TEXT),
        ),
    ),
    Table(
        "precedence", "Whose word counts", "Which source is believed where two say different things.",
        ruleset.TABLES["precedence"],
        (
            choice("field", "About", FIELDS), choice("source", "Who says it", SOURCES),
            choice("belief", "Is believed", Belief), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "error_rules", "Errors", "What the department finds wrong, how bad it is, and how to mend it.",
        ruleset.TABLES["error_rules"],
        (
            Column("code", "Error", Kind.CODE, is_required=True),
            choice("priority", "Priority", ("1", "2", "3")),
            Column("field", "Field of the file", is_required=True),
            choice("place", "Where on the record", PLACES),
            Column("wrong", "What is wrong", Kind.LONG_TEXT, is_required=True),
            Column("mend", "How to mend it", Kind.LONG_TEXT, is_required=True),
            yes_no("rejects_file", "Rejects the whole file"), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "figure_months", "Yearly figures", "The months the department's yearly figures are made from.",
        ruleset.TABLES["figure_months"],
        (
            Column("code", "Name", Kind.CODE, is_required=True),
            Column("plain_words", "Our words", is_required=True),
            choice("measure", "What is judged", Measure),
            Column("months", "Months, by their numbers", is_required=True), LAST_SEEN, NOTE,
        ),
    ),
)  # fmt: skip
