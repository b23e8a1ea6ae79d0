"""Classes of things beside people's records: which rows and files they are, and taking away what is over."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from neet.accounts.models import User
from neet.files.actions import remove_many
from tracking.retention.kinds import Kind
from tracking.rules.retention import RecordClass

FORMER = "Former colleague"


def due(record_class: RecordClass, authority_id: int, until: date) -> int:
    """How many of a class were made on that day or before."""
    return sum(
        _rows(part, authority_id, until).count() for part in _parts(record_class) if part.get("counts", True)
    )


def take(record_class: RecordClass, authority_id: int, until: date, by: User | None) -> int:
    """Erase what is over of a class; says how many. Part of an erasure, in its transaction."""
    went = 0
    for part in _parts(record_class):
        went += _taken(part, _rows(part, authority_id, until), authority_id, by) * part.get("counts", True)
    return went


def _parts(record_class: RecordClass) -> Iterable[Mapping[str, Any]]:
    return settings.RECORD_CLASSES[record_class]


def _rows(part: Mapping[str, Any], authority_id: int, until: date) -> QuerySet:
    rows = apps.get_model(part["model"])._default_manager.all()
    asked = Q(**{part["of"]: authority_id, f"{part['at']}__date__lte": until, **part.get("only", {})})
    return rows.filter(asked).exclude(**part["unless"]) if "unless" in part else rows.filter(asked)


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
