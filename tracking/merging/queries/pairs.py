"""The pairs that wait for an officer, with why, and what became of those decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.merging.models import Duplicate, DuplicateSearch, Merge
from tracking.register.models import YoungPerson
from tracking.rules.matching.for_eyes import LINES
from tracking.rules.matching.levels import FIELDS, MISSING

VERY_LIKELY, LIKELY, POSSIBLE = 0.95, 0.6, 0.2
LATELY = 10
WORTH_A_LOOK = LINES.worth_a_look
FULL, TELLING = frozenset({"same", "home_11"}), frozenset({"forename", "surname", "born", "home"})
EARLIER_NUMBER = "One carries the CCIS number of the other as its earlier one"


def places_of(user: User) -> list[int]:
    """The councils at which this user may put records together."""
    found = {place.authority_id for place in scope_of(user).where(Permission.MERGE)}
    return sorted(each for each in found if each is not None)


def of_those_seen(user: User) -> QuerySet[Duplicate]:
    """Pairs of which this user may see both."""
    seen = YoungPerson.objects.visible_to(user)
    return Duplicate.objects.filter(
        Exists(seen.filter(pk=OuterRef("first"))),
        Exists(seen.filter(pk=OuterRef("second"))),
        authority__in=places_of(user),
    ).select_related("first", "second")


def waiting(user: User) -> QuerySet[Duplicate]:
    """The pairs this user may decide on, the likeliest first."""
    return of_those_seen(user).filter(state=Duplicate.State.OPEN).order_by("-sure", "pk")


def likely_ones(found: QuerySet[Duplicate]) -> QuerySet[Duplicate]:
    """Of these pairs those of which more speaks for one person than a number both carry."""
    return found.filter(sure__gte=WORTH_A_LOOK)


def one_number_on_two(found: QuerySet[Duplicate]) -> QuerySet[Duplicate]:
    """The others: two people of whom one carries a wrong number."""
    return found.filter(sure__lt=WORTH_A_LOOK)


def next_waiting(user: User, later: Sequence[int]) -> Duplicate | None:
    """The next pair to decide on; those put off come when no others are left."""
    return waiting(user).exclude(pk__in=later).first() or waiting(user).first()


def told_apart(user: User) -> list[Duplicate]:
    """The pairs lately said to be two people."""
    rows = of_those_seen(user).filter(state=Duplicate.State.NOT_THE_SAME).select_related("decided_by")
    return list(rows.order_by("-decided_at", "-pk")[:LATELY])


def put_together_of(user: User) -> QuerySet[Merge]:
    """What was put together and is not taken apart, as far as this user may see the kept record."""
    seen = YoungPerson.objects.visible_to(user).filter(pk=OuterRef("kept"))
    rows = Merge.objects.filter(Exists(seen), authority__in=places_of(user), taken_apart_at=None)
    return rows.select_related("kept", "merged", "by")


def last_search(user: User) -> DuplicateSearch | None:
    """When this user's council was last searched (R116)."""
    return DuplicateSearch.objects.filter(authority__in=places_of(user)).first()


def likely(sure: float) -> str:
    """How sure a pair is, in a word."""
    if sure >= VERY_LIKELY:
        return "very likely"
    return "likely" if sure >= LIKELY else "possible" if sure >= POSSIBLE else "unlikely"


@dataclass(frozen=True)
class PairLine:
    """One pair of the list: who, how likely, and why."""

    pair: Duplicate
    likely: str
    tone: str
    why: str


def line_of(pair: Duplicate) -> PairLine:
    """A pair as the list shows it."""
    word = likely(pair.sure)
    tone = {"very likely": "attention", "likely": "waiting"}.get(word, "plain")
    return PairLine(pair, word, tone, why_of(pair))


def why_of(pair: Duplicate) -> str:
    """What speaks for one person, and what does not, in one line."""
    agree, rest = [], []
    for field, level in zip(FIELDS, pair.levels, strict=False):
        if level == MISSING:
            continue
        said = field.levels[level]
        if said.name in FULL:
            agree.append(field.label if field.label.isupper() else field.label.lower())
        elif field.name in TELLING:
            rest.append(f"{field.label}: {said.words}")
    parts = [f"The same {_listed(agree)}"] if agree else []
    parts += [EARLIER_NUMBER] if pair.number == Duplicate.Number.CCIS else []
    return ". ".join([*parts, *rest]) + "."


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
