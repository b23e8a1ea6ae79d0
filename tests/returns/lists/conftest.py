"""A council's data officer and a whole list of children in care that differs from the register in every way."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from neet.accounts.models import User
from neet.files.actions import store
from returns.calendar.actions.planning import ListSent, list_brought
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from schools.models import Authority
from tests.factories import make_authority, make_characteristic, make_person, make_user, seed_reference
from tracking.models import YoungPerson

DAY = date(2026, 11, 20)
WHO = "CCIS number,Last name,First name,Date of birth"
Bring = Callable[..., Intake]


@pytest.fixture(autouse=True)
def here(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    seed_reference()
    return make_authority()


@pytest.fixture
def officer(authority: Authority) -> User:
    return make_user("mi_officer", authority)


@pytest.fixture
def bring(authority: Authority) -> Bring:
    """A list of this kind, brought in, checked and taken over."""

    def made(type: str, *lines: str, whole: bool = True) -> Intake:
        layout = LAYOUTS[type]
        sent = ListSent(authority, layout.senders[0], type, DAY, whole)
        expected = list_brought(sent=sent, title=layout.title, by=None)
        content = "\n".join(lines).encode()
        file = store(source=[content], name="list.csv", purpose="return", by=None, authority_id=authority.pk)
        intake = begin_with_file(expected=expected, file=file, by=None)
        return confirm(intake=check(intake=intake, by=None), by=None)

    return made


def row(person: YoungPerson, *cells: str) -> str:
    who = [person.young_person_id, person.family_name, person.given_name]
    return ",".join([*who, f"{person.date_of_birth:%d/%m/%Y}", *cells])


@pytest.fixture
def people(authority: Authority) -> dict[str, YoungPerson]:
    return {name: make_person(authority, family_name=name) for name in ("Ambler", "Birch", "Cole", "Dale")}


@pytest.fixture
def in_care(people: dict[str, YoungPerson], bring: Bring) -> Intake:
    """Ambler agrees; Birch was ended since; Cole and Dale are so on the register and not on the list; two rows may be
    one young person, so nobody knows who they are."""
    for name in ("Cole", "Dale"):
        make_characteristic(people[name], "110", starts_on=date(2025, 1, 1))
    lines = (f"{WHO},Status", row(people["Ambler"], "LAC"), row(people["Birch"], "LAC"))
    made = bring("looked_after", *lines, ",Eves,Eve,31/02/2010,LAC")
    people["Birch"].characteristics.update(ends_on=date(2026, 11, 19), starts_on=date(2026, 1, 1))
    return made
