"""The impact assessment (UK GDPR article 35) and the record of processing (article 30), made from what is in force:
the field policy, the roles, the dated rules of keeping, the settings and the list of threats with their tests. What
only people can judge is left open and says so. The order is that of the ICO's own template."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from neet.accounts.roles import ROLES
from neet.ui.words import many
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.fields import Field, policy
from tracking.rights.processing import NOT_DECIDED, keeping, processing
from tracking.rights.queries.scale import scale_of
from tracking.rights.subjects import subjects
from tracking.rules.retention import RetentionRule

THREATS = Path(settings.ROOT) / "docs" / "threats.md"
THREAT = re.compile(r"^\| (T\d+) \| ([^|]+) \| ([^|]+) \| [^|]+ \| ([^|]+) \| (.+) \|$", re.MULTILINE)
OPEN = "To be written by the council"
ASKED = f"{OPEN}: young people, parents, those who work with them, the data protection officer; and what they said."
RIGHTS = (
    ("Articles 13 and 14", "to be told", "A page in plain words says what is held, why, for how long and who gets it"),
    ("Article 15", "to a copy", "Every table that leads to them is told or withheld with a reason; within one month"),
    ("Article 16", "to have it put right", "Corrected with a reason, or their own words stand beside the record"),
    ("Article 17", "to have it erased", "Two people erase, a certificate says what; a restored backup forgets too"),
    ("Article 18", "to have it kept and not used", "Left out of messages, letters and calls until they were told"),
    ("Article 21", "to object", "Looked at by information governance, with the reasons written down"),
    ("Education and Skills Act 2008 s14 and s72", "that places of learning pass on name, address and birth alone",
     "Judged by the objection of the day, on the way in and on the way out"),
    ("Article 22", "not to be judged by a machine alone", "Nothing about anybody is decided without a person"),
)  # fmt: skip
# What guards and may be left out: the setting, what it does, and what is so without it.
MEASURES = (
    ("CLAMD_ADDRESS", "Each file that is sent is checked for viruses", "files are read apart, and not checked"),
    ("TRAIL_COPY", "The audit trail is copied where nobody changes it", "the trail stands in the database alone"),
    ("SIGN_ON", "People sign in with the council’s own accounts", "people sign in with passwords and passkeys of ours"),
    ("UNUSED_ACCOUNT_DAYS", "Accounts nobody uses are closed", "they stay open until somebody closes them"),
)  # fmt: skip
SERVICES = (
    ("Mail server", "e-mails about returns, reminders, codes to sign in", "EMAIL_HOST"),
    ("GOV.UK Notify", "texts, e-mails and letters to young people and their parents", "NOTIFY_API_KEY"),
    ("ClamAV", "files that were sent, while they are checked", "CLAMD_ADDRESS"),
    ("The council’s sign-on", "nothing about young people; the address of whoever signs in", "SIGN_ON"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a document: a title, what is said, and a table where there is one."""

    title: str
    words: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def lines(self) -> Iterator[tuple[tuple[str, str], ...]]:
        """Each row with the heading of each cell beside it."""
        return (tuple(zip(self.headings, row, strict=True)) for row in self.rows)


def impact_assessment(authority: Authority, on: date) -> tuple[Section, ...]:
    """The assessment of one council, as things are on that day; asks the database at most ten times."""
    return (
        _need(),
        _scale(authority),
        _subjects(),
        _kinds(on),
        _roles(),
        _services(),
        Section("3. Who was asked", (ASKED,)),
        _necessity(),
        _rights(),
        _kept(authority, on),
        _risks(),
        _measures(),
        Section("7. Signing off", (), ("What", "By whom", "On"), tuple((each, OPEN, "") for each in (
            "Measures agreed", "Risks that remain agreed", "Advice of the data protection officer",
            "Advice followed, or the reasons why not", "To be looked at again"))),
    )  # fmt: skip


def record_of_activities(authority: Authority, on: date) -> tuple[Section, ...]:
    """The record of processing of one council: who answers for it, and each kind of fact on a line of its own. The
    same field by field is a file of its own (processing.py)."""
    kept = keeping(on)
    rows = tuple(
        (each.words, each.why, each.basis, each.condition or "None needed", "Young people; " + each.examples,
         "; ".join(each.recipients), kept.get(each.kept, NOT_DECIDED))
        for each in processing().values() if _fields(each.kind)
    )  # fmt: skip
    return (
        Section(
            "Who answers for it",
            (
                f"Controller: {authority.name}.",
                f"Write to: {authority.contact_email or OPEN}.",
                f"Data protection officer: {OPEN}.",
                f"In which countries the services below keep what reaches them: {OPEN}.",
            ),
        ),
        Section(
            "What is done with facts about young people",
            (),
            ("Kind", "Purpose", "Basis in law", "Condition for special categories", "Whose, and which",
             "Who is given it", "Kept"),
            rows,
        ),
        _kept(authority, on),
        _services(),
        _measures(),
    )  # fmt: skip


def as_markdown(title: str, sections: Iterable[Section], on: date) -> Iterator[str]:
    """The document as lines of Markdown."""
    yield f"# {title}\n\nAs things were on {on:%-d %B %Y}.\n"
    for each in sections:
        yield f"\n## {each.title}\n"
        yield from (f"\n{words}\n" for words in each.words)
        if each.headings:
            yield "\n" + _line(each.headings) + _line(["---"] * len(each.headings))
            yield from (_line(row) for row in each.rows)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(each.replace("|", "\\|").replace("\n", " ") for each in cells) + " |\n"


def threats() -> tuple[tuple[str, str, str, str, tuple[str, ...]], ...]:
    """Each threat: its number, what could happen, what stands against it, how it stands, and the tests that fail when
    it no longer does."""
    found = THREAT.findall(THREATS.read_text(encoding="utf-8")) if THREATS.exists() else []
    return tuple((*each[:4], tuple(re.findall(r"`(tests/[^`]+)`", each[4]))) for each in found)


def _need() -> Section:
    words = (
        "The law asks the council to know which young people of 16 and 17, and up to 25 with a plan, are in "
        "learning or work (Education and Skills Act 2008, s12 and s68). It holds facts about all children of "
        "these ages in its area, sensitive ones among them, brings them together from schools, colleges and other "
        "services, and finds by them who is to be helped. UK GDPR article 35 asks for an assessment of such work."
    )
    return Section("1. Why an assessment is needed", (words,))


def _scale(authority: Authority) -> Section:
    return Section(
        "2. What is done: how much", (), ("What", "How many"), scale_of(authority)
    )  # fmt: skip


def _subjects() -> Section:
    rows = tuple((about, str(len(tables)), ", ".join(tables)) for about, tables in subjects().items())
    return Section("2. What is done: whom it is about", (), ("About", "Tables", "Which"), rows)


def _kinds(on: date) -> Section:
    kept = keeping(on)
    rows = tuple(
        (each.words, each.examples, str(len(_fields(each.kind))), _readers(each.kind), "; ".join(each.recipients),
         kept.get(each.kept, NOT_DECIDED))
        for each in processing().values() if _fields(each.kind)
    )  # fmt: skip
    headings = ("Kind", "For instance", "Fields", "Who reads it", "Who else is given it", "Kept")
    return Section("2. What is done: kinds of facts", (), headings, rows)


def _roles() -> Section:
    rows = tuple(
        (role.words, str(sum(slug in each.read for each in policy().values())),
         str(sum(slug in each.change for each in policy().values())), str(len(role.permissions)))
        for slug, role in ROLES.items()
    )  # fmt: skip
    headings = ("Role", "Fields it reads", "Fields it changes", "Rights")
    words = "Which young people a role sees follows from the place it is held at, and is asked anew at each request."
    return Section("2. What is done: who works with it", (words,), headings, rows)


def _services() -> Section:
    rows = tuple(
        (name, what, "Yes" if getattr(settings, setting) else "No") for name, what, setting in SERVICES
    )
    return Section(
        "2. What is done: services beside it", (), ("Service", "What reaches it", "In use here"), rows
    )


def _necessity() -> Section:
    rows = tuple(
        (each.words, each.why, each.basis, each.condition or "None needed")
        for each in processing().values() if _fields(each.kind)
    )  # fmt: skip
    headings = ("Kind", "Purpose", "Basis in law", "Condition for special categories")
    return Section("4. Whether it is needed, and no more than needed", (), headings, rows)


def _rights() -> Section:
    return Section("4. What young people may ask", (), ("Law", "Right", "How"), RIGHTS)


def _kept(authority: Authority, on: date) -> Section:
    rules = [each for each in ruleset(on).retention_rules.values() if each.authority in {"", authority.code}]
    rows = tuple(
        (each.record_class.words, each.words, each.clock.words, _months(each, "archive_months"),
         _months(each, "erase_months"), each.why)
        for each in rules
    )  # fmt: skip
    headings = ("What", "Rule", "Counted from", "Out of everyday lists after", "Erased after", "Why")
    return Section("4. How long it is kept", (), headings, rows)


def _months(rule: RetentionRule, which: str) -> str:
    months = getattr(rule, which)
    if months is None:
        return "Never" if which == "archive_months" else "Kept"
    return many(months, "month,months")


def _risks() -> Section:
    rows = tuple(
        (number, what, against, state, many(len(tests), "test,tests"), OPEN)
        for number, what, against, state, tests in threats()
    )
    words = (
        "Each line names what could happen to somebody’s facts, what stands against it, and how many tests fail when "
        "it no longer does. How likely and how grave the rest is for young people here is the council’s to judge."
    )
    headings = ("No.", "Risk", "What stands against it", "How it stands", "Tests", "What remains")
    return Section("5. and 6. Risks, and what is done about them", (words,), headings, rows)


def _measures() -> Section:
    rows = tuple(
        (what, "On" if getattr(settings, setting) else f"Off: {without}")
        for setting, what, without in MEASURES
    )
    return Section("6. Measures the council switches on", (), ("Measure", "Here"), rows)


def _fields(kind: str) -> list[Field]:
    return [each for each in policy().values() if each.kind == kind]


def _readers(kind: str) -> str:
    held = {slug for each in _fields(kind) for slug in each.read}
    return (
        ", ".join(role.words for slug, role in ROLES.items() if slug in held) or "Nobody by their role alone"
    )
