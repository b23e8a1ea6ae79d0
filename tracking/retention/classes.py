"""Classes of things beside people's records: which rows and files they are, and taking away what is over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import BigIntegerField, CharField, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from neet.files.actions import remove_many
from neet.kept_rows import NOBODY, Trail
from tracking.retention.kinds import Kind
from tracking.rules.retention import RecordClass

FORMER = "Former colleague"


@dataclass(frozen=True, slots=True)
class Holding:
    """Who is on legal hold in a council: these people, or everybody."""

    people: tuple[int, ...] = ()
    everybody: bool = False


FREE = Holding()


@dataclass(frozen=True, slots=True)
class ClassOver:
    """What is over of one class in a council: made on that day or before, and naming nobody who is held."""

    record_class: RecordClass
    authority_id: int
    until: date
    holding: Holding = FREE


def due(over: ClassOver) -> int:
    """How many of a class are over."""
    return sum(_rows(part, over).count() for part in _parts(over.record_class) if part.get("counts", True))


def take(over: ClassOver, by: User | None) -> int:
    """Erase what is over of a class; says how many. Part of an erasure, in its transaction."""
    went = 0
    for part, rows in [(part, _as_found(part, _rows(part, over))) for part in _parts(over.record_class)]:
        went += _taken(part, rows, over.authority_id, by) * part.get("counts", True)
    return went


def _as_found(part: Mapping[str, Any], rows: QuerySet) -> QuerySet:
    """The rows found before anything goes: what says whom they name may go with an earlier part."""
    if not isinstance(part.get("names"), Trail):
        return rows
    return rows.model._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))


def naming(person_id: int) -> dict[RecordClass, int]:
    """How many files and rows of each class name somebody, where rows tell whom they name."""
    found: dict[RecordClass, int] = {}
    for record_class in settings.RECORD_CLASSES:
        for part in _parts(RecordClass(record_class)):
            if isinstance(part.get("names"), list) and part.get("counts", True):
                rows = _standing(part).filter(_named(part, [person_id]))
                number = rows.count()
                if number:
                    kind = RecordClass(record_class)
                    found[kind] = found.get(kind, 0) + number
    return found


def _parts(record_class: RecordClass) -> Iterable[Mapping[str, Any]]:
    return settings.RECORD_CLASSES[record_class]


def _rows(part: Mapping[str, Any], over: ClassOver) -> QuerySet:
    """What is over of one part, less what names or may name somebody who is held."""
    rows = _standing(part).filter(**{part["of"]: over.authority_id, f"{part['at']}__date__lte": over.until})
    names, holding = part.get("names"), over.holding
    if holding.everybody or (holding.people and names is None):
        return rows.none()
    if not holding.people or names == NOBODY:
        return rows
    if isinstance(names, Trail):
        return rows.filter(_free_by(names, over))
    return rows.exclude(_named(part, holding.people))


def _free_by(trail: Trail, over: ClassOver) -> Q:
    """That the trail says whom a row or file names, and that nobody of them is held."""
    told = AuditEvent.objects.filter(kind=trail.kind, authority_id=over.authority_id).exclude(subjects=[])
    free = told.exclude(subjects__overlap=list(over.holding.people))
    numbers = free.annotate(told_of=Cast(KT(f"counts__{trail.count}"), BigIntegerField())).values("told_of")
    here = Q(**{f"{trail.column}__in": numbers})
    if trail.through is None:
        return here
    model, column = trail.through
    return Q(pk__in=apps.get_model(model)._default_manager.filter(here).values(column))


def _standing(part: Mapping[str, Any]) -> QuerySet:
    """The rows of a part that hold anything yet."""
    rows = apps.get_model(part["model"])._default_manager.filter(**part.get("only", {}))
    return rows.exclude(**part["unless"]) if "unless" in part else rows


def _named(part: Mapping[str, Any], people: Sequence[int]) -> Q:
    """That a row names one of these people: by a column of its own, or by other rows that tell."""
    names = part["names"]
    if isinstance(names, str):
        return Q(**{f"{names}__in": people})
    telling: dict[str, list[QuerySet]] = {}
    for model, way, person, column in names:
        rows = apps.get_model(model)._default_manager.order_by()
        told = rows.filter(**{f"{person}__in": people, f"{way}__isnull": False}).values(way)
        telling.setdefault(column, []).append(told)
    found = Q()
    # One list for a column: several, each asked for itself, would have all rows gone through.
    for column, (first, *others) in telling.items():
        found |= Q(**{f"{column}__in": first.union(*others) if others else first})
    return found


def _taken(part: Mapping[str, Any], rows: QuerySet, authority_id: int, by: User | None) -> int:
    if "empty" in part:
        return rows.update(**part["empty"])
    if part["model"] == "files.StoredFile":
        return remove_many(files=rows, by=by, authority_id=authority_id, why=Kind.CLASS_ERASED)
    if part["model"] == "accounts.User":
        return _nameless(rows)
    count = rows.count()
    rows.delete()
    return count


def _nameless(users: QuerySet) -> int:
    """Closed accounts lose who it was; what they did stays theirs, as a number's."""
    address = Concat(Value("former-"), Cast("pk", CharField()), Value("@erased.invalid"))
    found = list(users.values_list("pk", flat=True).distinct())
    rows = apps.get_model("accounts.User").objects.filter(pk__in=found)
    apps.get_model("account.EmailAddress").objects.filter(user__in=found).delete()
    apps.get_model("mfa.Authenticator").objects.filter(user__in=found).delete()
    return rows.update(name=FORMER, email=address, telephone="", password="!")
