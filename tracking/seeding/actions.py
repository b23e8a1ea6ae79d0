"""Inventing a whole register in an empty database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.actions import mark_as_demonstration
from neet.audit.actions import recorded
from neet.clock import LONDON
from tracking.figures.actions import Month, freeze
from tracking.reference.actions import load_seed
from tracking.reference.queries import ruleset
from tracking.register.actions.nightly import sweep
from tracking.register.models import YoungPerson
from tracking.released.actions import make_tables
from tracking.released.queries import without_tables
from tracking.rules.codes import AreaKind
from tracking.rules.months import ReportingMonth
from tracking.seeding import loading, places
from tracking.seeding.councils import make_council
from tracking.seeding.generate import Generator, Wanted
from tracking.seeding.kinds import Kind
from tracking.seeding.places import Council
from tracking.seeding.sizes import SIZES, Size

FIRST_CODE = "886"
FROZEN_ON, FROZEN_AT = 9, time(15)


class NotEmpty(Exception):
    """There are young people here already: an invented register never stands among real ones."""


@dataclass(frozen=True, slots=True)
class Invention:
    """What is to be invented. The same three give the same register; `open_doors` makes it a demonstration."""

    size: str
    seed: int
    on: date
    open_doors: bool = False


@transaction.atomic
def invent(invention: Invention) -> dict[str, int]:
    """Fill the empty register with invented people; rows by table. Raises NotEmpty, all or nothing.

    Runs as the owner of the database: rows come in by COPY, indexes and constraints are built over them afterwards,
    then history as if it had been recorded when it was told, and everybody's situation. Ends with the night's sweep,
    which opens the tasks.
    """
    if YoungPerson.objects.exists():
        raise NotEmpty("There are young people here already. Invented ones need an empty register.")
    load_seed()
    size = SIZES[invention.size]
    with recorded(Kind.INVENTED, by=None) as event, connection.cursor() as cursor:
        if invention.open_doors:
            mark_as_demonstration()
        councils = _councils(invention, size)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with loading.bare_tables():
            event.counts = loading.copy(_batches(invention, size, councils))
            loading.finish(event.pk, every_version=size.keeps_every_version)
        loading.situate()
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # as they are for the actions that come after
        counts = event.counts
    _freeze_months(invention, size, councils)
    for frozen in without_tables():
        make_tables(freeze=frozen, by=None)
    sweep(day=clock.today())
    for path in settings.SEEDERS:
        import_string(path)(invention)
    return counts


def _freeze_months(invention: Invention, size: Size, councils: list[Council]) -> None:
    """The months that are over, each frozen as it was known on the ninth of the next; today where the size wants it."""
    loading.date_rules_back()
    month = ReportingMonth.of(min(invention.on, clock.today())).before
    months = [size.of_council(index).frozen_months for index in range(len(councils))]
    for back in range(max(months)):
        ninth = datetime.combine(month.after.starts_on.replace(day=FROZEN_ON), FROZEN_AT, LONDON)
        moment = ninth if size.as_known_then and ninth < clock.now() else None
        for council, wanted in zip(councils, months, strict=True):
            if back < wanted:
                freeze(month=Month(council.id, month.ends_on), by=None, moment=moment)
        month = month.before


def _councils(invention: Invention, size: Size) -> list[Council]:
    codes = _codes(invention.on, size.authorities)
    made = []
    for index, code in enumerate(codes):
        rng = _dice(invention, code, "council")
        own = size.of_council(index)
        plan = places.plan(rng, code, own)
        neighbour = codes[index - 1] if len(codes) > 1 else "887"
        open_doors = invention.open_doors and index == 0
        made.append(make_council(rng, plan, neighbour, own, open_doors=open_doors))
    return made


def _codes(on: date, count: int) -> list[str]:
    """Real numbers of councils, as the department's rules know no others; the councils themselves are invented."""
    known = sorted(ruleset(on).areas_of(AreaKind.AUTHORITY) - {FIRST_CODE})
    return [FIRST_CODE, *known[: count - 1]]


def _batches(invention: Invention, size: Size, councils: list[Council]) -> Iterator[dict[str, list[str]]]:
    serial = 1
    given_out, activity_id = (
        loading.given_out("tracking_youngperson"),
        loading.given_out("tracking_activity") + 1,
    )
    for index, council in enumerate(councils):
        count = size.of_council(index).people
        wanted = Wanted(count, serial, given_out, activity_id, size.first_year_group, invention.on)
        generator = Generator(_dice(invention, council.code, "people"), council, wanted)
        yield from generator.batches()
        serial += count
        activity_id = generator.activity_id


def _dice(invention: Invention, code: str, part: str) -> Random:
    return Random(f"{invention.seed} {invention.on} {invention.size} {code} {part}")
