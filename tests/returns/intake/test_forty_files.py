"""Files of every kind of return, one after the other into one register: each comes to what its sender meant."""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from returns.intake.actions.taking_back import withdraw
from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.layouts.columns import SCHOOLS
from returns.intake.models import Intake
from returns.intake.recognising import Whence, what_is
from schools.models import Authority, Establishment
from tests.factories import (
    make_activity,
    make_authority,
    make_college,
    make_person,
    make_residence,
    make_school,
)
from tests.returns.intake import samples
from tests.returns.intake.samples import AT_COLLEGE, NOT_KNOWN, SIXTH_FORM, YEAR_11, Pupil
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db

ROWS_WAIT = 2
Sample = Callable[[], tuple[str, bytes, dict[str, int]]]


def every_sample() -> Iterator[Any]:
    for module in pkgutil.iter_modules(samples.__path__):
        functions = vars(import_module(f"{samples.__name__}.{module.name}"))
        for name in sorted(each for each in functions if each.startswith("sample_")):
            yield pytest.param(
                module.name, functions[name], id=f"{module.name} {name.removeprefix('sample_')}"
            )


@dataclass(frozen=True)
class World:
    authority: Authority
    school: Establishment
    college: Establishment


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> World:
    monkeypatch.setenv("DJANGO_NOW", "2026-10-12T10:00")
    settings.MEDIA_ROOT = tmp_path
    authority = make_authority(code="999", database_id="999")
    school = make_school(name="Hill School", number="9990001", urn="999001", la_code="999")
    for last in (3, 4):
        make_school(name=f"Lane School {last}", number=f"999000{last}", urn=f"99900{last}", la_code="999")
    college = make_college(
        name="Vale College", urn="999002", ukprn="10099901", la_code="999", short_code="VALE"
    )
    put = World(authority, school, college)
    for pupils, code, place in (
        (YEAR_11, "110", school),
        (SIXTH_FORM, "210", school),
        (AT_COLLEGE, "230", college),
    ):
        for each in pupils:
            on_register(put, each, code, place)
    for each in NOT_KNOWN:
        on_register(put, each, "810", None)
    return put


def on_register(world: World, pupil: Pupil, code: str, place: Establishment | None) -> None:
    given, family, born, upn, postcode = pupil
    person = make_person(
        world.authority, given_name=given, family_name=family, date_of_birth=date.fromisoformat(born), upn=upn
    )
    make_residence(person, postcode=postcode, source="loaded")
    was_in_year_11 = code != "110"
    if was_in_year_11:
        make_activity(person, "110", date(2021, 9, 1), ends_on=date(2026, 8, 31), establishment=world.school)
    start = date(2026, 9, 1) if was_in_year_11 else date(2021, 9, 1)
    make_activity(person, code, start, establishment=place, verified_on=start)


def sender_of(layout: Layout, sample: Sample, world: World) -> dict[str, str]:
    """Who sends it: a list from elsewhere its first usual sender, else the school or the college, as the sample is
    called."""
    if not layout.places:
        return {"sender": layout.senders[0] if layout.senders else "Another council", "authority": "999"}
    is_college = "college" in sample.__name__ or not layout.places & SCHOOLS
    return {"establishment": (world.college if is_college else world.school).urn}


@pytest.mark.parametrize(("type", "sample"), list(every_sample()))
def test_a_file_comes_to_what_its_sender_meant_and_goes_back_without_a_trace(
    world: World, tmp_path: Path, type: str, sample: Sample
) -> None:
    name, content, expected = sample()
    file = tmp_path / name
    file.write_bytes(content)
    given = {
        "type": type,
        "apply": True,
        "notice": date(2026, 9, 1),
        **sender_of(LAYOUTS[type], sample, world),
    }
    before = digests()

    end = received(file, given)

    intake = Intake.objects.get()
    assert {key: intake.counts.get(key, 0) for key in expected} == expected, intake.counts
    assert end == (ROWS_WAIT if intake.counts["errors"] else 0)
    after = digests()
    received(file, given)
    assert (Intake.objects.count(), digests()) == (1, after)
    withdraw(intake=intake, by=None)
    assert [table for table, digest in digests().items() if digest != before[table]] == []


def test_a_file_of_headings_alone_is_refused_in_words(world: World, tmp_path: Path) -> None:
    """Whoever has nobody to report says so with a button; a file without rows may as well be the wrong one."""
    file = tmp_path / "nothing.csv"
    file.write_bytes(samples.csv_of("Surname,Forename,DOB,UPN,Year group,Postcode"))
    before = digests()

    with pytest.raises(CommandError, match="there is no row of headings with rows beneath it"):
        received(file, {"type": "enrolment", "establishment": world.school.urn, "apply": True})

    assert digests() == before


def received(file: Path, given: dict[str, Any]) -> int:
    """How the command ends."""
    try:
        call_command("receive", file, stdout=StringIO(), **given)
    except SystemExit as end:
        return int(str(end.code))
    return 0


def test_no_file_is_surely_taken_for_another_return(world: World, tmp_path: Path) -> None:
    """By columns alone (R2): whatever is said for sure is right, and most is said for sure."""
    wrong, sure = [], 0
    found = list(every_sample())
    for kind_of_return, sample in (each.values for each in found):
        name, content, _ = sample()
        file = tmp_path / "a file.bin"
        file.write_bytes(content)
        given = sender_of(LAYOUTS[kind_of_return], sample, world)
        kind = Establishment.objects.get(urn=given["establishment"]).kind if "establishment" in given else ""
        said = what_is(file, "a file", Whence(kind))
        sure += said.sure
        if said.sure and said.type != kind_of_return:
            wrong.append((kind_of_return, name, said))

    assert wrong == []
    assert sure >= len(found) / 2
