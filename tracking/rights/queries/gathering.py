"""Everything held of one young person, told as a story: each table that leads to them, what stood there before, and who
opened the record. A number of statements that depends on how many tables there are, never on how long the record is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby, pairwise
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Count, Model, QuerySet
from django.db.models.functions import TruncDate

from neet.accounts.models import User
from neet.accounts.roles import ROLES
from neet.audit.kinds import words_of
from neet.audit.models import AuditEvent
from neet.clock import LONDON
from schools.models import Membership
from tracking.reference.queries import ruleset
from tracking.register.models import ContactPoint, YoungPerson
from tracking.register.people_tables import direct, hanging
from tracking.retention.classes import naming
from tracking.rights.telling import (
    IN_BRACES,
    NOBODY_KNOWN,
    Part,
    Words,
    lines_of,
    mentions,
    part_of,
    pointed_at,
)
from tracking.rights.told import Told, told
from tracking.rules.retention import CLASS_WORDS

UNLISTED = "Something else we hold"
SYSTEM = "the system itself"


@dataclass(frozen=True)
class Withheld:
    """A table that leads to somebody and is not told, and why."""

    table: str
    why: str


def gathered(person: YoungPerson, on: date) -> list[Part]:
    """All parts of the story, the oldest first; what has no day stands at the beginning."""
    words = Words(ruleset(on), roles_of_users(person.authority_id))
    parts = [*_present(person, words), *_before(person, words), *_opened(person), *_in_files(person)]
    names = {point.name for point in ContactPoint.objects.filter(person=person).exclude(name="")}
    names -= {person.full_name}
    marked = [_marked(part, names) for part in parts]
    return sorted(marked, key=lambda part: (moment_of(part.at), part.about, part.title))


def paths() -> Mapping[str, tuple[str, ...]]:
    """Each table that leads to a young person, with the ways there: its own columns, else those of what it hangs on."""
    found: dict[str, list[str]] = {YoungPerson._meta.label: ["pk"]}
    for table in direct():
        found.setdefault(table.model, []).append(table.path)
    own = set(found)
    for table in hanging():
        if table.model not in own:
            found.setdefault(table.model, []).append(table.path)
    return {model: tuple(ways) for model, ways in found.items()}


def withheld() -> tuple[Withheld, ...]:
    """What the copy does not tell, and why; each reason once."""
    reasons = {each.withheld: each.model for each in told().values() if each.withheld}
    return tuple(Withheld(model, why) for why, model in reasons.items())


def rows_of(model: str, ways: tuple[str, ...], person_id: int) -> QuerySet[Model]:
    """The rows of a table that lead to somebody, with the rows they name."""
    held = apps.get_model(model)
    first, *others = (held._base_manager.filter(**{way: person_id}).order_by() for way in ways)
    rows = first
    # Way by way: asked in one condition, everybody's rows would be gone through.
    if others or "__" in ways[0]:
        them = first.values("pk").union(*(each.values("pk") for each in others))
        rows = held._base_manager.filter(pk__in=them)
    if ahead := _ahead(held, told().get(model)):
        rows = rows.select_related(*ahead)
    return rows.order_by("pk")


def roles_of_users(authority_id: int) -> dict[int, str]:
    """What everybody with an account at a council works as; never who they are."""
    held = Membership.objects.filter(authority=authority_id).select_related("establishment", "service")
    found = {}
    for each in held.order_by("starts_on", "pk"):
        at = each.establishment or each.service
        role = ROLES[each.role].words.lower()
        found[each.user_id] = f"{role}, {at}" if at else role
    return found


def moment_of(at: datetime | date | None) -> datetime:
    if at is None:
        return datetime.min.replace(tzinfo=LONDON)
    return at if isinstance(at, datetime) else datetime.combine(at, time.min, LONDON)


def _ahead(model: type[Model], line: Told | None) -> list[str]:
    """The rows to be read along: those that are called by name, and those on the way to a title or a day."""
    told_by = [] if line is None else [*line.at, *line.came_from, *(path for path, _ in line.more)]
    paths_told = [*told_by, *(IN_BRACES.findall(line.title) if line else ())]
    found = {path.rpartition("__")[0] for path in paths_told if "__" in path}
    named = {path.partition("__")[0] for path in paths_told}
    for field in model._meta.concrete_fields:
        if not field.is_relation or issubclass(pointed_at(field), User | YoungPerson):
            continue
        if field.name in named or pointed_at(field)._meta.app_label == "schools":
            found.add(field.name)
    return sorted(found)


def _present(person: YoungPerson, words: Words) -> Iterator[Part]:
    for model, ways in paths().items():
        line = told().get(model) or Told(model, UNLISTED)
        if not line.withheld:
            for row in rows_of(model, ways, person.pk):
                yield part_of(row, line, words)


def _before(person: YoungPerson, words: Words) -> Iterator[Part]:
    """What stood in the tables with a history before it was changed or taken out."""
    histories = set(connection.introspection.table_names())
    for model, ways in paths().items():
        held, line = apps.get_model(model), told().get(model)
        table = f"{held._meta.db_table}_history"
        if table in histories and line and not line.withheld:
            yield from _changes(held, line, _versions(held, table, ways, person.pk), words)


def _versions(held: type[Model], table: str, ways: tuple[str, ...], person_id: int) -> list[dict[str, Any]]:
    called = {field.name: field.column for field in held._meta.concrete_fields}
    columns = ["id" if way == "pk" else called[way] for way in ways if "__" not in way]
    found = " OR ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {table} WHERE {found} ORDER BY id, recorded_at, history_id",
            [person_id] * len(columns),
        )
        names = [each.name for each in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _changes(held: type[Model], line: Told, versions: list[dict[str, Any]], words: Words) -> Iterator[Part]:
    for _, kept in groupby(versions, key=lambda version: version["id"]):
        rows = [(version, _as_row(held, version)) for version in kept]
        for (_, was), (version, now) in pairwise(rows):
            before, after = dict(_all_lines(was, line, words)), dict(_all_lines(now, line, words))
            changed = tuple(
                (name, f"was \u201c{value}\u201d, then {_then(after.get(name))}")
                for name, value in before.items()
                if after.get(name) != value
            )
            if changed:
                yield _earlier(was, line, words, version["recorded_at"], "Changed", changed)
        last, row = rows[-1]
        if last["superseded_at"] is not None:
            yield _earlier(
                row, line, words, last["superseded_at"], "Taken out", tuple(_all_lines(row, line, words))
            )


def _then(value: str | None) -> str:
    return f"\u201c{value}\u201d" if value else "nothing"


def _as_row(held: type[Model], version: dict[str, Any]) -> Model:
    known = {
        field.attname: version[field.attname]
        for field in held._meta.concrete_fields
        if field.attname in version
    }
    return held(**known)


def _all_lines(row: Model, line: Told, words: Words) -> Iterator[tuple[str, str]]:
    yield from lines_of(row, Told(line.model), words)


def _earlier(
    row: Model, line: Told, words: Words, at: datetime, deed: str, lines: tuple[tuple[str, str], ...]
) -> Part:
    base = part_of(row, line, words)
    return Part(at, line.model, f"{deed}: {base.title}", lines, "", base.names_others, base.service_id)


def _opened(person: YoungPerson) -> Iterator[Part]:
    """Who opened, changed or was refused the record, by work and day."""
    events = AuditEvent.objects.filter(subjects__contains=[person.pk]).order_by()
    days = events.annotate(day=TruncDate("at", tzinfo=LONDON)).values_list("day", "role", "user_id", "kind")
    counted = days.annotate(times=Count("pk")).order_by("day", "role", "user_id", "kind")
    for (on, role, user_id), found in groupby(counted, key=lambda row: row[:3]):
        lines = tuple(
            (words_of(kind), "once" if times == 1 else f"{times} times") for *_, kind, times in found
        )
        who = ROLES[role].words.lower() if role in ROLES else NOBODY_KNOWN if user_id else SYSTEM
        yield Part(
            on, "audit.AuditEvent", f"Your record was opened or worked with by: {who}", lines, "", False, None
        )


def _in_files(person: YoungPerson) -> Iterator[Part]:
    """Which kept files of many people name them, by kind and number; the files themselves tell of others too."""
    lines = tuple(
        (CLASS_WORDS[kind], str(number)) for kind, number in naming(person.pk).items() if kind.is_of_files
    )
    if lines:
        yield Part(
            None, "files.StoredFile", "Files about many people in which you are named", lines, "", False, None
        )


def _marked(part: Part, names: set[str]) -> Part:
    if part.names_others or not mentions(part.text, names):
        return part
    return Part(part.at, part.about, part.title, part.lines, part.came_from, True, part.service_id)
