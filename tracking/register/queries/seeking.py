"""What somebody seeks, in words, and how people are found by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.models import Seeking
from tracking.rules.ruleset import RuleSet

NOTHING_SAID = "Nothing said yet"


@dataclass(frozen=True)
class Sought:
    """What is sought as pages show it; an empty text was not said, and barriers are None to who does not read them."""

    what: str
    level: str
    where: str
    starts_from: date | None
    barriers: tuple[str, ...] | None
    agreed: str
    agreed_on: date | None
    said_on: date


def sought_line(held: Seeking, rules: RuleSet, *, barriers: bool) -> Sought:
    """One row in words; a code that is no longer listed stands as it is."""
    return Sought(
        what=sector_words(held.sector, rules) or NOTHING_SAID,
        level=level_words(held.level, rules),
        where=held.district.name if held.district else "",
        starts_from=held.starts_from,
        barriers=tuple(barrier_words(each, rules) for each in held.barriers) if barriers else None,
        agreed=held.agreed,
        agreed_on=held.agreed_on,
        said_on=held.said_on,
    )


def sought_of(people: Iterable[int], user: User, on: date) -> Mapping[int, str]:
    """What each of these seeks and what keeps them from it, in one line, as far as the user reads it; nobody of whom
    nothing was said. One statement."""
    who, rules = asker(user, on), ruleset(on)
    if not who.reads("seeking.sector"):
        return {}
    held = Seeking.objects.filter(person__in=list(people)).exclude(sector="").select_related("district")
    found = {}
    for each in held.order_by("person"):
        line = sought_line(each, rules, barriers=who.reads("seeking.barriers"))
        parts = [
            f"Looks for: {', '.join(filter(None, (line.what, line.level)))}",
            ", ".join(line.barriers or ()),
        ]
        found[each.person_id] = ". Kept from it by: ".join(filter(None, parts))
    return found


def sector_words(code: str, rules: RuleSet) -> str:
    known = rules.sought_sectors.get(code)
    return known.words if known else code


def level_words(code: str, rules: RuleSet) -> str:
    known = rules.sought_levels.get(code)
    return known.words if known else code


def barrier_words(code: str, rules: RuleSet) -> str:
    known = rules.barriers.get(code)
    return known.words if known else code


def seeks(sector: str) -> Q:
    """Young people who seek it; "nothing": of whom it is not written down."""
    if sector == "nothing":
        return ~Q(pk__in=Seeking.objects.exclude(sector="").values("person"))
    return Q(seeking__sector=sector)


def kept_from_it_by(barrier: str) -> Q:
    """Young people with this barrier."""
    return Q(seeking__barriers__contains=[barrier])
