"""The dated tables that work with young people goes by: who answers, how soon, and what each year brings."""

from tracking.reference.columns import (
    ASKED_IN_ORDER,
    LAST_SEEN,
    NOTE,
    RULE,
    SOURCES,
    Column,
    Kind,
    Table,
    choice,
    yes_no,
)
from tracking.rules import ruleset
from tracking.rules.allocation import Offer
from tracking.rules.chase import Weighs
from tracking.rules.codes import Status
from tracking.rules.council_year import Due, ListRule
from tracking.rules.risk import ReadFrom

OFFERS = tuple(str(each) for each in Offer)
CONDITION = (
    Column("order", "Asked as number", Kind.NUMBER, is_required=True),
    Column("needs", "Needs all of", Kind.FACTS),
    Column("none_of", "And none of", Kind.FACTS),
    Column("any_of", "And one of", Kind.FACTS),
    Column("year_groups", "In year groups"),
    Column("first_month", "From the month", Kind.NUMBER),
    Column("last_month", "To the month", Kind.NUMBER),
)
FIRST_AND_LAST_DAY = (
    Column("first_month", "Usually from the month", Kind.NUMBER, is_required=True),
    Column("first_day", "From the day", Kind.NUMBER, is_required=True),
    Column("last_month", "Usually to the month", Kind.NUMBER, is_required=True),
    Column("last_day", "To the day", Kind.NUMBER, is_required=True),
)

OF_WORK = (
    Table(
        "allocation_rules", "Who answers", "Which service a young person who is NEET is allocated to, in order.",
        ruleset.TABLES["allocation_rules"],
        (
            *RULE, *CONDITION, Column("service", "Service, by its short name", Kind.CODE, is_required=True),
            yes_no("insists", "Only a person may decide against it"), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "offer_rules", "How much support", "Who is case-loaded, rung or only written to, in order.",
        ruleset.TABLES["offer_rules"],
        (*RULE, *CONDITION, choice("offer", "Support", OFFERS), LAST_SEEN, NOTE),
    ),
    Table(
        "risk_factors", "Points for being at risk", "What speaks for it that somebody may become NEET, and how much.",
        ruleset.TABLES["risk_factors"],
        (
            *RULE, choice("source", "Known from", ReadFrom),
            Column("reads", "Holds with these codes, this status or kind of place"),
            Column("points", "Points", Kind.NUMBER, is_required=True),
            Column("once", "Counts once with others of"), *CONDITION[-3:], LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "allocation_examples", "Example cases", "What the rules should say of young people somebody thought of.",
        ruleset.TABLES["allocation_examples"],
        (
            *RULE, Column("facts", "What is known of them", is_required=True),
            Column("on", "On the day (as 2027-03-01)", Kind.CODE, is_required=True),
            Column("service", "Service that should answer"),
            choice("offer", "Support they should get", OFFERS, required=False), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "contact_outcomes", "What came of trying", "What may be written down after a call, a message or a visit.",
        ruleset.TABLES["contact_outcomes"],
        (
            *ASKED_IN_ORDER, Column("channels", "Only of these ways (telephone, text, whatsapp, email, letter, visit)"),
            yes_no("reached", "Somebody was reached"), yes_no("learned", "We learned what they do"),
            yes_no("bad_number", "The number or address is not theirs"), yes_no("asks_for_time", "They said when"),
            Column("again_days", "Try again after so many working days", Kind.NUMBER), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "source_ladder", "Who may know", "Whom we ask what a young person does, in order.",
        ruleset.TABLES["source_ladder"],
        (
            *ASKED_IN_ORDER, choice("source", "Who told us then", SOURCES),
            Column("knows", "How many of a hundred can tell", Kind.NUMBER, is_required=True),
            Column("tries", "Ask the next after so many tries", Kind.NUMBER, is_required=True), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "chase_weights", "Whom to call first", "What makes a call worth more, in hundredths, and how far we look.",
        ruleset.TABLES["chase_weights"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("plain_words", "The reason, in our words", is_required=True), choice("about", "About", Weighs),
            Column("value", "How much", Kind.NUMBER, is_required=True), Column("of", "Of which", Kind.CODE),
            Column("months", "Months, by their numbers"), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "contact_protocol", "How soon we speak to them",
        "Days until somebody who is NEET or not known is first spoken to, and how often then.",
        ruleset.TABLES["contact_protocol"],
        (
            *RULE, Column("order", "Asked as number", Kind.NUMBER, is_required=True), choice("status", "For", Status),
            Column("need", "Of this level of need", Kind.CODE, of_table="level_of_need_codes"),
            yes_no("only_vulnerable", "Only the vulnerable group"), Column("activities", "Only these activities"),
            Column("first_days", "Spoken to first within days", Kind.NUMBER, is_required=True),
            Column("every_days", "And then every so many days", Kind.NUMBER, is_required=True),
            Column("before_end_days", "And so many days before it is expected to end", Kind.NUMBER), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "plan_steps", "Steps of an EHC plan", "What is to be done before somebody with a plan moves on, and by when.",
        ruleset.TABLES["plan_steps"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("plain_words", "What is to be done", is_required=True),
            Column("order", "In the order of", Kind.NUMBER, is_required=True),
            Column("year_groups", "For year groups", is_required=True),
            Column("due_month", "By the month", Kind.NUMBER, is_required=True),
            Column("due_day", "And its day", Kind.NUMBER, is_required=True),
            yes_no("needs_place", "Names a place"), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "campaign_kinds", "Campaigns", "Weeks of work on one list that come back every year, and how the list is made.",
        ruleset.TABLES["campaign_kinds"],
        (
            *RULE, choice("list_rule", "Who is on the list", ListRule), *FIRST_AND_LAST_DAY,
            Column("service", "Service it belongs to, by its short name", Kind.CODE),
            Column("about", "Who is on the list, in our words", Kind.LONG_TEXT), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "plan_items", "Plan of the year", "What each service does every year, by when, and who answers for it.",
        ruleset.TABLES["plan_items"],
        (
            *RULE, Column("services", "Services by their short names, “all”, or none for the council"),
            Column("post", "Post that answers for it"), choice("due", "Due on", Due),
            Column("month", "Month", Kind.NUMBER), Column("number", "Day of it; -1 is the last"), LAST_SEEN, NOTE,
        ),
    ),
)  # fmt: skip
