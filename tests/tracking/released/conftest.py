"""A county of three months, in December."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from schools.models import Authority
from tests.factories import make_user, seed_reference, sign_in
from tests.tracking.released.county import Some, frozen_month, make_county
from tracking.figures.models import Freeze
from tracking.released.tasks import tables_of_the_day

MONTHS = {"2026-09": "September 2026", "2026-10": "October 2026", "2026-11": "November 2026"}
ENDS = (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30))
TODAY = date(2026, 12, 10)


@dataclass
class County:
    authority: Authority
    freezes: Sequence[Freeze]
    manager: Client


@pytest.fixture(autouse=True)
def _in_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-12-10 10:00")


@pytest.fixture
def frozen(db: None) -> County:
    """Three months, without their tables. A few of each part are NEET, and from month to month another few."""
    seed_reference()
    authority, (ashford, dover, thanet), (one, two, three) = make_county()
    freezes = []
    for turn, month in enumerate(ENDS):
        people = [
            Some(2 + turn, "NEET", ashford, one, ethnicity="AIND"),
            Some(7, "NEET", dover, two, age=17, gender="M"),
            Some(9 - turn, "NEET", thanet, three, gender="M"),
            Some(3 - turn, "NOT_KNOWN", ashford, two, age=17),
            Some(11, "NOT_KNOWN", dover, one, ethnicity="BCRB"),
            Some(6 + turn, "NOT_KNOWN", thanet, one, gender="M"),
            Some(30, "EET", ashford, one),
            Some(25, "EET", dover, two, age=17, ethnicity="AIND"),
            Some(28, "EET", thanet, three, gender="M", ethnicity="BCRB"),
        ]
        freezes.append(frozen_month(authority, month, people))
    return County(authority, freezes, sign_in(Client(), make_user("manager", authority)))


@pytest.fixture
def county(frozen: County) -> County:
    """The same with the tables of its months."""
    assert tables_of_the_day(day=TODAY) == len(frozen.freezes)
    return frozen
