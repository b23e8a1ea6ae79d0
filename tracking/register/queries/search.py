"""Finding somebody from what was typed into one box: exact first, then near, then what only sounds alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import (
    Case,
    CharField,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Greatest

from neet.accounts.models import User
from neet.statements.once import built_once
from neet.statements.parts import Ids, Words, values_in
from tracking.register.columns import Asker, address_hidden, asker, objection_in_force
from tracking.register.models import FormerName, Residence, YoungPerson
from tracking.register.queries.register import Line, folded, line_rows, lines_in
from tracking.rules.asked import Asked, read_words

MOST = 50
TYPED = ("name", "upn", "uln", "ccis_number")
ALIKE = 0.5
HARDLY_ALIKE = 0.3
NEAR_ENOUGH_WITH_A_DATE = 0.2


@dataclass(frozen=True)
class Found:
    """One young person found, and what about them fitted where it is not plain from the line."""

    line: Line
    former_name: str = ""


@dataclass(frozen=True)
class SearchResult:
    """Who was found, best first; `more` says the list was cut off, `nothing_asked` that nothing was typed."""

    found: tuple[Found, ...]
    more: bool = False
    nothing_asked: bool = False


def search(user: User, words: str, on: date) -> SearchResult:
    """The visible young people who fit, at most fifty. Searches only in fields the asker reads."""
    asked = read_words(words)
    if asked.is_empty:
        return SearchResult((), nothing_asked=True)
    for alike in (ALIKE, HARDLY_ALIKE):
        found = _found(user, asked, alike, on)
        if found or not asked.name:
            break
    return SearchResult(tuple(found[:MOST]), more=len(found) > MOST)


def _found(user: User, asked: Asked, alike: float, on: date) -> list[Found]:
    """One more than is shown, so that the page can say the list was cut off."""
    with transaction.atomic():
        take_for_alike(alike)
        lines = lines_in(_lines(user, _as_values(asked), on), on)
        former = _former_names([line.pk for line in lines], asked)
    return [Found(line, former.get(line.pk, "")) for line in lines]


def _as_values(asked: Asked) -> Asked:
    return replace(asked, **{name: Words(getattr(asked, name)) for name in TYPED})  # type: ignore[arg-type]  # words all


@built_once
def _lines(user: User, asked: Asked, on: date) -> QuerySet[YoungPerson, Any]:
    people = ranked(YoungPerson.objects.visible_to(user), asked, asker(user, on))
    return line_rows(people[: MOST + 1], user, on)


values_in(Asked, *TYPED)


def ranked(people: QuerySet[YoungPerson], asked: Asked, who: Asker) -> QuerySet[YoungPerson]:
    """Those who fit, best first. A number decides alone; after a date or postcode a name mostly ranks."""
    if asked.number:
        return people.filter(_by_number(asked, who)).order_by("family_name", "given_name", "pk")
    narrowed = _narrowed(people, asked, who)
    if not asked.name:
        return narrowed.order_by(_turned_last(asked), "family_name", "given_name", "pk")
    wanted = Fold(Value(asked.name, output_field=CharField()))
    near = (
        Q(alike__gte=NEAR_ENOUGH_WITH_A_DATE)
        if asked.is_narrowed
        else Q(pk__in=_sounding_like(people, wanted))
    )
    fitting = _named(narrowed).alias(alike=_likeness(wanted)).filter(near)
    return fitting.order_by(
        _exactness(wanted), _turned_last(asked), "-alike", "family_name", "given_name", "pk"
    )


class Fold(Func):
    """A name without accents, capitals, apostrophes and hyphens."""

    function = "tracking_fold"
    output_field = CharField()


def _by_number(asked: Asked, who: Asker) -> Q:
    """A number matches only where the asker would see it: not an objector's UPN."""
    if asked.ccis_number:
        readable = who.reads("youngperson.young_person_id")
        fits = Q(young_person_id=asked.ccis_number) | Q(previous_id=asked.ccis_number)
        return fits if readable else Q(pk__in=[])
    name, value = ("upn", asked.upn) if asked.upn else ("uln", asked.uln)
    if not who.reads(f"youngperson.{name}"):
        return Q(pk__in=[])
    return Q(**{name: value}) & ~Q(objection_in_force(who.on))


def _narrowed(people: QuerySet[YoungPerson], asked: Asked, who: Asker) -> QuerySet[YoungPerson]:
    if asked.born_on:
        days = [day for day in (asked.born_on, asked.born_on_turned) if day]
        readable = who.reads("youngperson.date_of_birth")
        people = people.filter(date_of_birth__in=days) if readable else people.none()
    if asked.postcode:
        readable = who.reads("residence.postcode")
        people = (
            people.filter(_lives_at(asked.postcode)).exclude(address_hidden(who))
            if readable
            else people.none()
        )
    return people


def _lives_at(postcode: str) -> Q:
    without_spaces = Func(F("postcode"), Value(" "), Value(""), function="replace", output_field=CharField())
    there = Residence.objects.filter(ends_on__isnull=True).alias(close=without_spaces)
    return Q(pk__in=there.filter(close=postcode.replace(" ", "")).values("person"))


def _turned_last(asked: Asked) -> Case:
    """Those born on the day as typed before those born on it with day and month swapped."""
    return Case(When(date_of_birth=asked.born_on, then=0), default=1, output_field=IntegerField())


def _exactness(wanted: Fold) -> Case:
    """The whole name in either order, then one whole part of it, then what is only like it."""
    whole = Q(whole=wanted) | Q(turned=wanted)
    part = Q(family=wanted) | Q(given=wanted)
    return Case(When(whole, then=0), When(part, then=1), default=2, output_field=IntegerField())


def _named(people: QuerySet[YoungPerson]) -> QuerySet[YoungPerson]:
    return people.alias(
        whole=folded("given_name", "family_name"),
        turned=folded("family_name", "given_name"),
        called=folded("known_as", "family_name"),
        family=folded("family_name"),
        given=folded("given_name"),
    )


def _likeness(wanted: Fold) -> Greatest:
    """How alike a present or former name is, 0 to 1: its best part, and the whole, so shorter names win."""
    former = FormerName.objects.filter(person=OuterRef("pk")).alias(whole=folded("given_name", "family_name"))
    once = former.annotate(alike=_alike("whole", wanted)).order_by("-alike").values("alike")[:1]
    return Greatest(
        _alike("whole", wanted),
        _alike("called", wanted),
        Coalesce(Subquery(once), Value(0.0)),
        output_field=FloatField(),
    )


def _alike(name: str, wanted: Any) -> CombinedExpression:  # the stubs know texts only, not expressions
    return (TrigramWordSimilarity(wanted, name) + TrigramSimilarity(name, wanted)) / Value(2.0)


def _sounding_like(people: QuerySet[YoungPerson], wanted: Fold) -> QuerySet:
    """Keys of those whose present, familiar or former name is like it, from the indexes over folded names.

    Asked of the asker's own people: beside 149 other councils, most of a name's namesakes are on their registers."""
    present = people.alias(whole=folded("given_name", "family_name"))
    called = people.exclude(known_as="").alias(whole=folded("known_as", "family_name"))
    once = FormerName.objects.alias(whole=folded("given_name", "family_name"))
    return (
        present.filter(whole__trigram_word_similar=wanted)
        .values("pk")
        .union(
            called.filter(whole__trigram_word_similar=wanted).values("pk"),
            once.filter(whole__trigram_word_similar=wanted).values("person"),
        )
    )


def take_for_alike(likeness: float) -> None:
    """How alike a name must be, from 0 to 1, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(likeness)])


def _former_names(found: Iterable[int], asked: Asked) -> Mapping[int, str]:
    """The former name by which somebody was found, where it is like what was typed."""
    if not asked.name:
        return {}
    fitting = _formerly(Ids(found), Words(asked.name))
    return {each.person_id: f"{each.given_name} {each.family_name}" for each in fitting}


@built_once
def _formerly(people: Ids, name: Words) -> QuerySet[FormerName]:
    wanted = Fold(Value(name, output_field=CharField()))
    rows = FormerName.objects.filter(person__any=people).alias(whole=folded("given_name", "family_name"))
    return rows.filter(whole__trigram_word_similar=wanted)
