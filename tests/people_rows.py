"""Rows of every table that names a young person, made by reflection: for what must forget no table."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from schools.models import Authority
from tests.factories import make_authority
from tracking.register.models import YoungPerson
from tracking.register.people_tables import PeopleTable

DAY = date(2026, 9, 1)
A_ROW = object()
# What no type tells: a code of the lists, and columns that go together.
SAID: dict[str, dict[str, Any]] = {
    "caseload.Case": {"state": "no_rule"},
    "returns.ExpectedReturn": {"establishment": A_ROW},
    "tracking.Activity": {"code": ("230", "210", "310", "619")},
    "tracking.Characteristic": {"code": ("110", "EHCP")},
    "tracking.Guarantee": {"status": ("", "A1", "X")},
    "tracking.Move": {"from_la": "886", "to_la": "873", "state": "asked", "from_authority": A_ROW},
}


class World:
    """Invented rows of one council, as many of each table as wanted. Parents are shared, so that two people meet in
    them; the same number gives the same rows."""

    def __init__(self, seed: int, authority: Authority | None = None) -> None:
        self.chance = random.Random(seed)
        self.authority = authority or make_authority()
        self._shared: dict[type[models.Model], models.Model] = {Authority: self.authority}
        self._number = 0
        self.refused: dict[str, str] = {}

    def rows(self, table: PeopleTable, person: YoungPerson, wanted: int) -> list[models.Model]:
        """Up to so many rows of a table for a young person: those its constraints allow."""
        model = apps.get_model(table.model)
        made = [self._made(model, {table.field: person}) for _ in range(wanted)]
        return [each for each in made if each is not None]

    def below(self, table: PeopleTable, rows: Iterable[models.Model]) -> list[models.Model]:
        """A row of a table for each of these rows it hangs on."""
        made = [self._made(apps.get_model(table.model), {table.field: each}) for each in rows]
        return [each for each in made if each is not None]

    def _made(self, model: type[models.Model], given: dict[str, Any]) -> models.Model | None:
        values = dict(given)
        for field in model._meta.concrete_fields:
            if field.name not in values and self._is_asked(field):
                values[field.name] = self._value(model, field)
        try:
            with transaction.atomic():
                made = model._base_manager.create(**values)
                connection.check_constraints()  # those the database leaves to the end
                return made
        except IntegrityError as refused:
            self.refused[model._meta.label] = str(refused)
            return None

    def _is_asked(self, field: Any) -> bool:
        if field.primary_key or field.generated or field.name == "event_id":
            return False
        if field.name in SAID.get(field.model._meta.label, {}):
            return True
        if isinstance(field, models.DateField) and field.name == "starts_on":
            return True
        return not (field.null or field.blank or field.has_default())

    def _value(self, model: type[models.Model], field: Any) -> Any:
        said = SAID.get(model._meta.label, {}).get(field.name)
        if said is not None and said is not A_ROW:
            return self.chance.choice(said) if isinstance(said, tuple) else said
        if isinstance(field, models.ForeignKey):
            return self._shared_row(field.related_model)
        if field.choices:
            return self.chance.choice([value for value, _ in field.flatchoices if value != ""])
        self._number += 1
        return self._plain(field)

    def _plain(self, field: Any) -> Any:
        match field:
            case models.DateTimeField():
                return datetime.fromisoformat("2026-10-01T09:00:00+00:00")
            case models.DateField():
                ends = field.name.startswith(("ends", "closes", "due", "expires"))
                return DAY + timedelta(days=self.chance.randrange(3) + 90 * ends)
            case models.BooleanField():
                return True
            case models.UUIDField():
                return UUID(int=self.chance.getrandbits(128), version=4)
            case models.PositiveSmallIntegerField() if field.name == "year":
                return 2026
            case models.IntegerField() | models.FloatField():
                return self._number % 90 + 1
            case models.JSONField():
                return {}
            case models.EmailField():
                return f"someone{self._number}@example.org"
            case _:
                width = field.max_length or 40
                unique = field.unique or field.name in {"digest", "slug", "code"}
                text = f"{self._number:06d}" if unique else f"Word {self.chance.randrange(3)}"
                return text[-width:] if unique else text[:width]

    def _shared_row(self, model: type[models.Model]) -> models.Model:
        if model not in self._shared:
            made = self._made(model, {})
            assert made is not None, self.refused[model._meta.label]
            self._shared[model] = made
        return self._shared[model]
