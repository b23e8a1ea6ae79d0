"""What dated tables there are, what their columns are called, and what may stand in them."""

from collections.abc import Mapping
from types import MappingProxyType

from tracking.reference.columns import (
    LAST_SEEN,
    NOTE,
    Column,
    Kind,
    Table,
    choice,
    code_list,
    code_of,
    yes_no,
)
from tracking.reference.tables_assessment import OF_ASSESSMENT
from tracking.reference.tables_keeping import OF_KEEPING
from tracking.reference.tables_returns import OF_RETURNS
from tracking.reference.tables_seeking import OF_SEEKING
from tracking.reference.tables_targets import OF_TARGETS
from tracking.rules import ruleset
from tracking.rules.allocation import Offer
from tracking.rules.chase import Weighs
from tracking.rules.codes import AreaKind, Basis, Belief, CohortKind, Evidence, Measure, Need, Status
from tracking.rules.council_year import Due, ListRule
from tracking.rules.guarantee import Stand
from tracking.rules.letters import LETTER_FACT_WORDS, Addressee, NoReply
from tracking.rules.risk import ReadFrom
from tracking.rules.survey import Asked
from tracking.rules.wordings import Asks

UNITS = ("days", "months")
CHANNELS = ("text", "email")
SURVEYS = ("what_next", "results_day")
SOURCES = (
    "young_person", "parent", "provider", "employer", "service", "authority", "dfe", "survey", "loaded",
)  # fmt: skip
FIELDS = ("activity", "leaving", "name", "birth", "number", "address", "contact", "details", "plan")
PLACES = (
    "activity", "address", "area", "characteristics", "cohort", "destination", "guarantee", "identity",
    "need", "place", "send",
)  # fmt: skip
OFFERS = tuple(str(each) for each in Offer)
RULE = (
    Column("code", "Short name", Kind.CODE, is_required=True),
    Column("plain_words", "The reason, in our words", is_required=True),
    Column("authority", "Only for this council", Kind.CODE, of_table="la_codes"),
)
ASKED_IN_ORDER = (
    Column("code", "Short name", Kind.CODE, is_required=True),
    Column("plain_words", "Our words", is_required=True),
    Column("order", "Comes as number", Kind.NUMBER, is_required=True),
)
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
LETTER_FACTS: Mapping[str, str] = {str(fact): words for fact, words in LETTER_FACT_WORDS.items()}
DUTIES = (
    "meeting", "working towards", "temporary break", "not meeting", "not known", "not applicable", "excluded",
)  # fmt: skip

ALL = (
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
    Table(
        "message_wordings", "Messages to many", "Texts and e-mails; {link} and {council} must stand in them.",
        ruleset.TABLES["message_wordings"],
        (
            *RULE, choice("channel", "Sent as", CHANNELS), choice("asks", "The link asks", Asks),
            Column("subject", "Subject of an e-mail"), Column("text", "Words", Kind.LONG_TEXT, is_required=True),
            LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "message_translations", "Messages in other words",
        "What a message says in another language, to those who last answered in it.",
        ruleset.TABLES["message_translations"],
        (
            code_of("message_wordings", "code", "Message"),
            Column("language", "Language, as the pages of answers name it (as easy)", Kind.CODE, is_required=True),
            Column("subject", "Subject of an e-mail"), Column("text", "Words", Kind.LONG_TEXT, is_required=True),
            LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "answers_offered", "Answers by link", "What a young person may say they do, and the activity it stands for.",
        ruleset.TABLES["answers_offered"],
        (
            *ASKED_IN_ORDER, code_of("activity_codes", "activity_code", "Activity"),
            yes_no("asks_where", "Asks where"), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "offer_stages", "Offers of places", "Which stages of an application count as an offer, and what follows.",
        ruleset.TABLES["offer_stages"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("plain_words", "How it stands", is_required=True),
            Column("order", "Weighs as number", Kind.NUMBER, is_required=True),
            yes_no("counts", "Counts as an offer"),
            code_of("guarantee_status_codes", "guarantee_status", "Status of the guarantee"),
            Column("to_do", "What somebody has to do then"), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "survey_questions", "Questions of surveys", "What is asked in class and after results day, in each language.",
        ruleset.TABLES["survey_questions"],
        (
            choice("survey", "Survey", SURVEYS), choice("asked", "Asks for", Asked),
            Column("language", "Language (as en)", Kind.CODE, is_required=True),
            Column("plain_words", "The question", is_required=True), Column("hint", "Beside it"),
            Column("order", "Comes as number", Kind.NUMBER, is_required=True),
            yes_no("is_required", "Has to be answered"),
            Column("choices", "Answers, one a line: code, then words", Kind.LONG_TEXT), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "letter_series", "Letters", "Which letter goes to whom, when, what ends it and what follows without an answer.",
        ruleset.TABLES["letter_series"],
        (
            RULE[0], Column("plain_words", "What it is called", is_required=True), RULE[2],
            Column("order", "In the order of", Kind.NUMBER, is_required=True),
            choice("to", "Written to", Addressee),
            Column("wording", "Wording, by its short name", Kind.CODE, is_required=True),
            Column("needs", "Needs all of", Kind.FACTS, facts=LETTER_FACTS),
            Column("none_of", "And none of", Kind.FACTS, facts=LETTER_FACTS),
            Column("year_groups", "In year groups"),
            Column("first_month", "From the month", Kind.NUMBER), Column("last_month", "To the month", Kind.NUMBER),
            Column("after", "Comes after the letter", Kind.CODE, of_table="letter_series"),
            Column("after_days", "So many days after it", Kind.NUMBER),
            yes_no("unanswered_only", "Only to those who did not answer that one"),
            Column("again_days", "Again after so many days; none: once a school year", Kind.NUMBER),
            Column("reply_days", "Asks for an answer within so many days", Kind.NUMBER),
            choice("no_reply", "Without an answer", NoReply),
            Column("attempts", "A referral may follow after so many attempts", Kind.NUMBER),
            Column("refers_to", "To the service, by its short name", Kind.CODE),
            Column("reason", "For the reason, by its short name", Kind.CODE),
            Column("closes_when", "Ends when one of", Kind.FACTS, facts=LETTER_FACTS),
            Column("closes_month", "Ends on the first of the month", Kind.NUMBER),
            Column("unless", "Unless one of", Kind.FACTS, facts=LETTER_FACTS),
            choice("asks", "Online it asks, by a code in the letter", Asks, required=False),
            yes_no("by_email", "May go by e-mail too"), LAST_SEEN, NOTE,
        ),
    ),
    Table(
        "letter_wordings", "Wordings of letters", "What each letter says, by language, from a day on.",
        ruleset.TABLES["letter_wordings"],
        (
            Column("code", "Short name", Kind.CODE, is_required=True),
            Column("plain_words", "What it is called", is_required=True),
            Column("language", "Language (as en)", Kind.CODE, is_required=True),
            Column("heading", "Heading", is_required=True),
            Column("letter", "What it says", Kind.LETTER, is_required=True), LAST_SEEN, NOTE,
        ),
    ),
)  # fmt: skip

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (*ALL, *OF_RETURNS, *OF_KEEPING, *OF_ASSESSMENT, *OF_SEEKING, *OF_TARGETS)
    }
)
