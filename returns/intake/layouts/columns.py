"""What a layout is made of: columns with their names, other headings, kinds and plain instructions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracking.rules.ruleset import RuleSet

Listed = Callable[[RuleSet], Mapping[str, str]]


class Kind(StrEnum):
    """What a column holds, which says how its cells are read, checked and guessed."""

    NAME = "name"
    WHOLE_NAME = "whole name"
    TEXT = "text"
    DAY = "day"
    PERSON_NUMBER = "person number"
    UPN = "UPN"
    ULN = "ULN"
    POSTCODE = "postcode"
    PHONE = "telephone"
    EMAIL = "e-mail"
    YES_NO = "yes or no"
    GENDER = "gender"
    YEAR_GROUP = "year group"
    ACTIVITY = "activity"
    CHOICE = "words of a list"


class Lists(StrEnum):
    """Whom a return names of itself."""

    ROLL = "roll"
    YEAR_11 = "year_11"
    LEAVERS = "leavers"
    NOBODY = "nobody"


# The kinds of establishment, as schools.models.Establishment.Kind has them.
SCHOOLS = frozenset({"school", "special", "alternative"})
COLLEGES = frozenset({"sixth_form_college", "college", "special_college"})
PROVIDERS = frozenset({"provider", "other"})
EVERY_PLACE = SCHOOLS | COLLEGES | PROVIDERS


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a return.

    `required` stops a row where it is empty (`required_at_colleges` only theirs), `wanted` asks about it, `unwanted`
    says why a value here is wrong on this return. `objection_class` is what the law lets a school pass on of somebody
    who objected: a and b stay, c is discarded. `years` is where its days lie, in years from the day of the return.
    `also` begins with the likeliest.

    A choice holds one of `choices`, or by `listed` one of the day's rules: what is kept, and its words. Where it may
    hold `several`, they are parted by semicolons.
    """

    name: str
    words: str
    kind: Kind = Kind.TEXT
    also: tuple[str, ...] = ()
    required: bool = False
    required_at_colleges: bool = False
    wanted: bool = False
    unwanted: str = ""
    objection_class: str = "c"
    length: int = 100
    about: str = ""
    choices: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    on_template: bool = True
    listed: Listed | None = None
    several: bool = False

    def list_on(self, ruleset: RuleSet) -> Mapping[str, str]:
        """What a choice may hold by the rules of a day: what is kept, and its words."""
        return self.listed(ruleset) if self.listed else {words: words for words in self.choices}


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of return: who belongs on it, its columns, and what its files are called.

    `file_names` are patterns for schools and for colleges: {la} and {number} of the school, {short} for a college,
    {year} as 2026-27. `name_words` tell the type in a file name, `not_ours` are headings known to be nothing of it.
    `ages` are the youngest on the day, the oldest when the course began, and the oldest with an EHC plan; without year
    groups anybody may be on it.

    `effect` names what it does to the register (returns/intake/effects), `source` whose word it is (Source of the
    register). `places` are the kinds of establishment that send it, none where a list comes from elsewhere. `lists`
    says whom the file it gives out names and whom it is expected to speak of: its roll, its Year 11, or nobody.
    `adds_people`: somebody not on the register is added to it, else their row is kept beside. `many_lines`: somebody
    may stand on several lines, one for each fact.

    Of a list from elsewhere `senders` are those it usually comes from, `aged` how old somebody on it is (others are
    asked about), `from_year` the lowest school year the register holds: rows of younger children are left out.
    """

    type: str
    title: str
    about: str
    columns: tuple[Column, ...]
    file_names: tuple[str, str]
    name_words: tuple[str, ...]
    year_groups: tuple[int, ...]
    not_ours: tuple[str, ...] = ()
    ages: tuple[int, int, int] = (16, 19, 25)
    effect: str = "roll"
    source: str = "provider"
    places: frozenset[str] = EVERY_PLACE
    lists: Lists = Lists.ROLL
    adds_people: bool = True
    many_lines: bool = False
    senders: tuple[str, ...] = ()
    aged: tuple[int, int] | None = None
    from_year: int = 0

    by_name: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError where it has none."""
        return self.by_name[name]

    @property
    def is_roll(self) -> bool:
        """Whether it speaks of everybody who is there, so that somebody may be missing from it."""
        return self.effect == "roll"

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether no school or college sends it, so that the council itself brings it in."""
        return not self.places

    def template_columns(self) -> tuple[Column, ...]:
        """The columns that stand on the file it gives out."""
        return tuple(column for column in self.columns if column.on_template)

    def kept_of_objectors(self) -> frozenset[str]:
        """The names of the columns that stay where somebody objected."""
        return frozenset(column.name for column in self.columns if column.objection_class != "c")
