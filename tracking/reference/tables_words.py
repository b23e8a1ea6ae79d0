"""The dated tables of what young people and their parents are asked and told: messages, surveys, offers and letters."""

from collections.abc import Mapping

from tracking.reference.columns import (
    ASKED_IN_ORDER,
    LAST_SEEN,
    NOTE,
    RULE,
    Column,
    Kind,
    Table,
    choice,
    code_of,
    yes_no,
)
from tracking.rules import ruleset
from tracking.rules.letters import LETTER_FACT_WORDS, Addressee, NoReply
from tracking.rules.survey import Asked
from tracking.rules.wordings import Asks

CHANNELS = ("text", "email")
SURVEYS = ("what_next", "results_day")
LETTER_FACTS: Mapping[str, str] = {str(fact): words for fact, words in LETTER_FACT_WORDS.items()}

OF_WORDS = (
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
