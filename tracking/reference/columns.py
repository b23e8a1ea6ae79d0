"""What a dated table is made of: its columns, and how each is filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracking.rules import ruleset
from tracking.rules.allocation import FACT_WORDS

# What rules of cases ask; a table of other facts says so in its columns.
CASE_FACTS: Mapping[str, str] = {str(fact): words for fact, words in FACT_WORDS.items()}


class Kind(StrEnum):
    """How a column is filled in."""

    TEXT = "text"
    LONG_TEXT = "long text"
    CODE = "code"
    NUMBER = "number"
    YES_NO = "yes or no"
    CHOICE = "choice"
    PATTERN = "pattern"
    FACTS = "facts"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a dated table."""

    name: str
    words: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    is_required: bool = False
    of_table: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: CASE_FACTS)


@dataclass(frozen=True, slots=True)
class Table:
    """One dated table. `key` names the columns that tell its rows apart."""

    name: str
    words: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def key_of(self, row: Mapping[str, str]) -> str:
        """What tells this row from others of the same days, as ReferenceRow.key holds it."""
        return " ".join(row[column] for column in self.key)

    def values_of(self, row: Mapping[str, str]) -> dict[str, str]:
        """The row's own columns, without its days and how sure we are of it."""
        return {name: value or "" for name, value in row.items() if name not in OF_EVERY_TABLE}


def choice(name: str, words: str, choices: Iterable[str], *, required: bool = True) -> Column:
    return Column(name, words, Kind.CHOICE, tuple(str(each) for each in choices), required)


def yes_no(name: str, words: str) -> Column:
    return Column(name, words, Kind.YES_NO, ("Y", "N"), is_required=True)


def code_of(table: str, name: str, words: str) -> Column:
    return Column(name, words, Kind.CODE, is_required=True, of_table=table)


def code_list(name: str, words: str, about: str, *columns: Column) -> Table:
    """A list of the department's codes: code, label, our words, then what is special to the list."""
    return Table(name, words, about, ruleset.TABLES[name], (*CODED, *columns, LAST_SEEN, NOTE))


CODED = (
    Column("code", "Code", Kind.CODE, is_required=True),
    Column("label", "The DfE's words", is_required=True),
    Column("plain_words", "Our words", is_required=True),
)
LAST_SEEN = Column("last_seen", "Last seen in a requirement")
NOTE = Column("note", "Note", Kind.LONG_TEXT)
OF_EVERY_TABLE = frozenset({"valid_from", "valid_to", "evidence"})
# Columns that begin many tables.
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
# Who tells us what a young person does.
SOURCES = (
    "young_person", "parent", "provider", "employer", "service", "authority", "dfe", "survey", "loaded",
)  # fmt: skip
