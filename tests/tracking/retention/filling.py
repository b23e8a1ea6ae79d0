"""A row of somebody's in every table that leads to a young person, by reflection, with marks that nobody else has."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models.fields.json import JSONField

from neet import clock
from schools.models import Authority, District, Establishment, Service
from tests.factories import make_authority, make_college, make_district, make_person, make_service, make_user
from tracking.register.models import YoungPerson
from tracking.retention import reach

_marks = count(1)
MONTH = date(2026, 9, 30)

# What a rule of the database asks of a table, where the first value that comes to mind is not right.
FITTING: dict[str, dict[str, Any]] = {
    "tracking.Task": {"done_at": None},
    "tracking.Duplicate": {"state": "open", "decided_at": None},
    "tracking.RightsRequest": {"state": "open", "answered_on": None, "extended_on": None},
    "tracking.CohortMember": {"removed_on": None, "removed_why": ""},
    "tracking.ErasureLine": {"held": ""},
    "tracking.LegalHold": {"lifted_at": clock.now, "lifted_why": "Over"},
    "tracking.Guarantee": {"year_group": 11},
    "tracking.Move": {"to_authority": make_authority, "from_la": "998", "to_la": "999"},
    "tracking.MonthRecord": {"month": MONTH},
    "tracking.Seeking": {"agreed": "", "agreed_on": None},
    "returns.ExpectedReturn": {"sender": "", "establishment": make_college},
    "caseload.CampaignPerson": {"outcome": ""},
}
LEFT_TO_THE_DATABASE = {"tracking.Situation"}


@dataclass
class Filled:
    """Somebody with rows everywhere: `marks` are the words only their rows hold."""

    authority: Authority
    person: YoungPerson
    marks: set[str] = field(default_factory=set)
    rows: dict[str, Any] = field(default_factory=dict)

    def mark(self, size: int, column: models.Field | None = None) -> str:
        """A word nobody else has, as long as its column allows. It counts as theirs where the row goes with them or
        the column is emptied."""
        words = f"q{next(_marks):04d}zx{self.person.pk}"[:size]
        if len(words) >= 6 and (column is None or _is_theirs(column)):
            self.marks.add(words)
        return words


def filled(authority: Authority, beside: Filled | None = None) -> Filled:
    """A new young person with a row in every table that leads to one; months and returns shared with somebody."""
    person = make_person(authority)
    with connection.cursor() as cursor:
        cursor.execute("select tracking_month_partition(%s)", [MONTH])
    found = Filled(authority, person)
    theirs = {model._meta.label for model in _theirs()}
    if beside:
        found.rows = {label: row for label, row in beside.rows.items() if label not in theirs}
    for model in reversed(reach.going()):
        if model is YoungPerson:
            continue
        if model._meta.label not in LEFT_TO_THE_DATABASE:
            row_of(found, model)
    for edge in (*reach.emptied(), *reach.beneath()):
        if edge.model is not YoungPerson:
            row_of(found, edge.model)
    given = {name: found.mark(20) for name in ("given_name", "family_name", "known_as", "middle_name")}
    YoungPerson.objects.filter(pk=person.pk).update(
        **given, upn=found.mark(13), restricted_reason=found.mark(30)
    )
    person.refresh_from_db()
    return found


def row_of(found: Filled, model: type[models.Model]) -> Any:
    """Their row of a table; made where there is none yet."""
    label = model._meta.label
    if label not in found.rows:
        found.rows[label] = _made(found, model)
    return found.rows[label]


def _made(found: Filled, model: type[models.Model]) -> Any:
    fitting = {
        name: value() if callable(value) else value
        for name, value in FITTING.get(model._meta.label, {}).items()
    }
    made = {
        each.name: _value(found, each)
        for each in model._meta.local_concrete_fields
        if each.name not in fitting and not (each.primary_key and not each.is_relation)
    }
    values = {name: value for name, value in {**made, **fitting}.items() if value is not LEAVE}
    try:
        with transaction.atomic():
            return model._default_manager.create(**values)
    except IntegrityError as problem:
        raise AssertionError(f"{model._meta.label}: {problem}") from problem


LEAVE = object()


def _theirs() -> set[type[models.Model]]:
    return {*reach.going(), *(edge.model for edge in (*reach.emptied(), *reach.beneath()))}


def _is_theirs(column: models.Field) -> bool:
    emptied = settings.ERASING.get(column.model._meta.label, {})
    return column.model in reach.going() or column.name in emptied


def _value(found: Filled, each: models.Field) -> Any:
    if isinstance(each, models.ForeignKey):
        return _pointed_at(found, each)
    if each.choices:
        return LEAVE if each.has_default() else "" if each.blank else each.choices[0][0]
    if isinstance(each, JSONField):
        return {"said": found.mark(20, each)}
    if isinstance(each, models.UUIDField) or (each.has_default() and not isinstance(each, models.CharField)):
        return LEAVE
    if isinstance(each, models.TextField) or (isinstance(each, models.CharField) and each.max_length):
        return found.mark(each.max_length or 40, each)
    if isinstance(each, models.DateTimeField):
        return None if each.null else clock.now()
    if isinstance(each, models.DateField):
        return None if each.null else date(2026, 10, 1)
    if each.null or each.db_default is not models.NOT_PROVIDED:
        return LEAVE
    if isinstance(each, models.BooleanField):
        return False
    if each.name == "number":
        return next(_marks)
    return 1 if isinstance(each, (models.IntegerField, models.FloatField)) else LEAVE


def _pointed_at(found: Filled, each: models.ForeignKey) -> Any:
    target = each.related_model
    if target is YoungPerson:
        return _of_them(found, each)
    if target is each.model:
        return LEAVE
    known = {
        Authority: lambda: found.authority,
        Establishment: make_college,
        Service: lambda: make_service(found.authority),
        District: lambda: make_district(found.authority),
    }
    if target in known:
        return known[target]()
    if target._meta.label == "accounts.User":
        return LEAVE if each.null else make_user()
    if each.null and target not in _theirs():
        return LEAVE
    return row_of(found, target)


def _of_them(found: Filled, each: models.ForeignKey) -> YoungPerson:
    """Them; where a row names two, somebody else with them."""
    names = [f.name for f in each.model._meta.local_concrete_fields if f.related_model is YoungPerson]
    return found.person if each.name == names[0] else make_person(found.authority)
