"""Lists of whose time is over: the rules for many as for one, holds, two people, erasing, the certificate."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from caseload.reports.models import MadeReport
from neet import clock
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from neet.jobs.actions import run as do_job
from neet.jobs.models import Job
from returns.exchange.actions import parcels
from returns.exchange.models import ParcelFile
from returns.exchange.statements import ForOne, Told
from tests.factories import (
    make_activity,
    make_authority,
    make_expected,
    make_intake,
    make_person,
    make_row,
    make_school,
    make_service,
    make_user,
    seed_reference,
)
from tracking.extracts.kinds import Kind as Extracts
from tracking.reference.queries import ruleset
from tracking.register.models import Characteristic, Note, Responsibility, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.retention import classes, queries
from tracking.retention.actions import holds, lists
from tracking.retention.actions.nightly import turn_of_day
from tracking.retention.classes import ClassOver, Holding
from tracking.retention.kinds import Kind
from tracking.retention.models import Archived, ErasureRun, Tombstone
from tracking.rules.retention import Kept, RecordClass, over

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
LONG_AGO = date(2003, 5, 1)
State = ErasureRun.State


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any) -> None:
    """The clock stands on the day, and files lie in a folder of the test."""
    seed_reference()
    monkeypatch.setenv("DJANGO_NOW", ON.isoformat())
    settings.MEDIA_ROOT, settings.ERASED_LIST = tmp_path / "files", tmp_path / "erased.csv"


@pytest.fixture
def officers() -> tuple[Any, Any]:
    """Two colleagues of information governance of one council."""
    authority = make_authority()
    return make_user("governance", authority), make_user("governance", authority)


def quiet(authority: Any, **fields: Any) -> YoungPerson:
    """Somebody long past the age, of whom nothing was recorded for years."""
    person = make_person(authority, **{"date_of_birth": LONG_AGO, **fields})
    make_activity(person, starts_on=date(2019, 9, 1), ends_on=date(2021, 6, 30))
    return person


def council(user: Any) -> Any:
    return user.memberships.get().authority


def released(first: Any, second: Any) -> ErasureRun:
    """The list of today, proposed by one and released by the other, and erased."""
    run = lists.list_due(authority=council(first), on=ON, by=first)
    lists.propose(run=run, by=first)
    job = lists.release(run=run, why="", by=second)
    do_job(job_id=job.pk)
    run.refresh_from_db()
    return run


def test_many_are_judged_as_one_is() -> None:
    authority, rng = make_authority(), Random(6)
    service = make_service(authority)
    expected = {}
    for _ in range(60):
        born = rng.choice([None, date(rng.randint(1999, 2011), rng.randint(1, 12), rng.randint(1, 28))])
        letter = rng.choice("PPPTEDA")
        since = rng.choice([None, date(rng.randint(2019, 2026), rng.randint(1, 12), 28)])
        person = make_person(authority, date_of_birth=born, cohort_status=letter, cohort_status_on=since)
        begun = date(rng.randint(2017, 2026), rng.randint(1, 12), rng.randint(1, 28))
        ended = rng.choice([None, begun, date(2026, 12, 31)])
        make_activity(person, starts_on=begun, ends_on=ended if ended and ended >= begun else None)
        codes = rng.sample(["110", "160", Characteristic.EHCP, "130"], rng.randint(0, 2))
        for code in codes:
            Characteristic.objects.create(person=person, code=code)
        has_left = letter != "P" and (since is None or since <= ON)
        last = max(day for day in (begun, ended) if day and day <= ON) if begun <= ON else ON
        kept = Kept(
            born, Characteristic.EHCP in codes, since if has_left else None, last,
            frozenset([*codes, *(["left"] if has_left else [])]),
        )  # fmt: skip
        expected[person.pk] = over(kept, queries.rules_on(authority, ON), ruleset(ON).limits)
    Responsibility.objects.create(person=person, service=service, starts_on=date(2020, 1, 1))

    statement, asked = queries.judged(authority, ON)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found = {pk: (rule, archived, erased) for pk, rule, archived, erased in cursor.fetchall()}

    assert found == {
        pk: (each.rule, each.archived_on, each.erased_on) for pk, each in expected.items() if each
    }


def test_whose_time_is_over_is_listed_and_who_is_held_back_says_why(officers: tuple[Any, Any]) -> None:
    first, _ = officers
    going, kept, worked_with = (quiet(council(first)) for _ in range(3))
    make_person(council(first))
    holds.place_hold(authority=council(first), person=kept, reason="A claim", until=None, by=first)
    Responsibility.objects.create(
        person=worked_with, service=make_service(council(first)), starts_on=date(2020, 1, 1)
    )

    run = lists.list_due(authority=council(first), on=ON, by=None)

    assert dict(run.lines.values_list("person", "held")) == {
        going.pk: "", kept.pk: "hold", worked_with.pk: "in_work",
    }  # fmt: skip
    assert queries.tally(run)["going"] == {"person": 1}


def test_two_people_erase_and_a_certificate_says_what(officers: tuple[Any, Any], tmp_path: Any) -> None:
    first, second = officers
    person, stays = quiet(council(first)), make_person(council(first))
    Note.objects.create(person=stays, text="Long ago", written_at=clock.now().replace(year=2019))
    run = lists.list_due(authority=council(first), on=ON, by=first)
    lists.propose(run=run, by=first)
    with pytest.raises(NotRight, match="Somebody else"):
        lists.release(run=run, why="Alone", by=first)

    do_job(job_id=lists.release(run=run, why="", by=second).pk)

    run.refresh_from_db()
    assert not YoungPerson.objects.filter(pk=person.pk).exists()
    assert (run.state, run.counts["erased"]["young_person"], run.counts["erased"]["notes"]) == ("done", 1, 1)
    assert run.certificate.path.read_bytes().startswith(b"%PDF")
    assert len(run.digest) == 64
    assert (tmp_path / "erased.csv").read_text().startswith(str(person.ref))
    assert AuditEvent.objects.get(kind=Kind.ERASED).subjects == [person.pk]
    assert Job.objects.get(pk=run.job_id).state == Job.State.DONE


def test_one_alone_erases_only_where_the_council_said_so_and_says_why(officers: tuple[Any, Any]) -> None:
    first, _ = officers
    quiet(council(first))
    with pytest.raises(NotRight, match="why one person"):
        holds.set_up(authority=council(first), second_person=False, why=" ", by=first)
    holds.set_up(authority=council(first), second_person=False, why="A council of one", by=first)
    run = lists.list_due(authority=council(first), on=ON, by=first)
    lists.propose(run=run, by=first)

    with pytest.raises(NotRight, match="why you do this alone"):
        lists.release(run=run, why="", by=first)
    lists.release(run=run, why="Nobody else is here", by=first)

    run.refresh_from_db()
    assert (run.state, run.released_why) == (State.RELEASED, "Nobody else is here")


def test_who_is_needed_again_before_the_release_stays(officers: tuple[Any, Any]) -> None:
    first, second = officers
    back, going = quiet(council(first)), quiet(council(first))
    run = lists.list_due(authority=council(first), on=ON, by=first)
    lists.propose(run=run, by=first)
    make_activity(back, starts_on=date(2026, 10, 1))

    do_job(job_id=lists.release(run=run, why="", by=second).pk)

    assert list(YoungPerson.objects.all()) == [back]
    assert not run.lines.exists()
    assert Tombstone.objects.get().ref == going.ref


def test_a_hold_placed_meanwhile_stops_everything(officers: tuple[Any, Any]) -> None:
    first, second = officers
    person = quiet(council(first))
    letters = StoredFile.objects.create(
        name="letters.pdf", size=1, sha256="0", location="00/0", purpose="letters", authority_id=council(first).pk,
        stored_at=clock.now().replace(year=2020),
    )  # fmt: skip
    run = lists.list_due(authority=council(first), on=ON, by=first)
    assert run.counts["due"]["letter_files"] == 1
    lists.propose(run=run, by=first)
    job = lists.release(run=run, why="", by=second)
    hold = holds.place_hold(authority=council(first), person=None, reason="Inquiry", until=None, by=first)

    do_job(job_id=job.pk)

    assert YoungPerson.objects.get() == person
    assert run.lines.get().held == "hold"
    assert StoredFile.objects.filter(pk=letters.pk).exists()
    holds.lift_hold(hold=hold, why="The inquiry ended", by=second)
    assert released(first, second).counts["erased"]["letter_files"] == 1
    assert not YoungPerson.objects.exists()


def test_things_of_each_class_go_once_their_time_is_over(officers: tuple[Any, Any]) -> None:
    """Every class that ends one day names models, ways and columns that are there."""
    first, _ = officers
    long_ago = clock.today()

    for each in queries.classes_due(council(first), ON):
        kind = each.rule.record_class
        assert classes.due(ClassOver(kind, council(first).pk, long_ago)) == 0
        assert classes.take(ClassOver(kind, council(first).pk, long_ago), first) == 0

    assert {each.rule.record_class for each in queries.classes_due(council(first), ON)} == {
        RecordClass(name) for name in settings.RECORD_CLASSES
    }


def stored(first: Any, purpose: str) -> StoredFile:
    """A file of that purpose, stored long ago."""
    return StoredFile.objects.create(
        name=f"{purpose}.csv", size=1, sha256="0", location=f"00/{StoredFile.objects.count()}", purpose=purpose,
        authority_id=council(first).pk, stored_at=clock.now().replace(year=2019),
    )  # fmt: skip


def test_a_hold_keeps_the_files_that_name_them_and_those_nobody_can_say_of(officers: tuple[Any, Any]) -> None:
    first, second = officers
    held, other = make_person(council(first)), make_person(council(first))
    returns = {}
    for person in (held, other):
        intake = make_intake(
            make_expected(make_school(), authority=council(first)), file=stored(first, "return")
        )
        make_row(intake, person=person)
        returns[person.pk] = intake.file
    for purpose in ("exchange", "list taken away", "figures sent regularly"):
        stored(first, purpose)
    earlier = make_person(council(first), merged_into=held)
    holds.place_hold(authority=council(first), person=earlier, reason="A claim", until=None, by=first)

    assert queries.holding(council(first).pk, ON) == Holding(tuple(sorted([held.pk, earlier.pk])))
    assert set(classes.naming(held.pk)) == {RecordClass.RETURN_FILES, RecordClass.RETURN_ROWS}
    done = released(first, second)
    assert (done.counts["erased"]["return_files"], done.counts["erased"]["figure_files"]) == (1, 1)
    left = {each.purpose: each for each in StoredFile.objects.exclude(purpose="erasure certificate")}
    assert set(left) == {"return", "exchange", "list taken away"}
    assert left["return"] == returns[held.pk]
    assert (done.counts["erased"]["exchange_files"], done.counts["erased"]["list_files"]) == (0, 0)


def put_out(first: Any, *people: YoungPerson) -> ParcelFile:
    """A file for a school, put out long ago, that names these people."""
    place, file = make_school(), stored(first, "exchange")
    told = Told(kind="template", title="To fill in", about="", ends_on=clock.today())
    parcel = parcels.put_out(
        authority=council(first),
        told=told,
        files=[ForOne(place.pk, file, tuple(each.pk for each in people))],
        by=first,
    )
    return parcel.files.get()


def list_made(first: Any, *people: YoungPerson) -> StoredFile:
    """A list taken away long ago that names these people, as the trail has it."""
    file, subjects = stored(first, "list taken away"), [each.pk for each in people]
    with recorded(Extracts.MADE, by=first, authority_id=council(first).pk, subjects=subjects) as event:
        event.counts = {"extract": 1, "file": file.pk, "people": len(subjects)}
    return file


def test_files_of_which_the_trail_says_that_they_name_no_held_one_go(officers: tuple[Any, Any]) -> None:
    first, second = officers
    held, other = make_person(council(first)), make_person(council(first))
    stay = [put_out(first, held, other), put_out(first)]
    goes = put_out(first, other)
    lists_made = {person.pk: list_made(first, person) for person in (held, other)}
    holds.place_hold(authority=council(first), person=held, reason="A claim", until=None, by=first)

    done = released(first, second)

    assert (done.counts["erased"]["exchange_files"], done.counts["erased"]["list_files"]) == (1, 1)
    assert set(ParcelFile.objects.all()) == set(stay)
    assert not StoredFile.objects.filter(pk=goes.file_id).exists()
    assert StoredFile.objects.filter(purpose="exchange").count() == 2
    assert StoredFile.objects.get(purpose="list taken away") == lists_made[held.pk]


def test_a_report_goes_with_its_files_once_its_time_is_over(officers: tuple[Any, Any]) -> None:
    first, second = officers
    files = [stored(first, "report for meetings") for _ in range(2)]
    MadeReport.objects.create(
        authority=council(first), slug="monthly", month=date(2018, 9, 30), is_frozen=True, digest="0",
        pdf=files[0], xlsx=files[1], made_at=clock.now().replace(year=2018),
    )  # fmt: skip
    named = make_person(council(first))
    holds.place_hold(authority=council(first), person=named, reason="A claim", until=None, by=first)

    assert released(first, second).counts["erased"]["report_files"] == 2
    assert not MadeReport.objects.exists()


def test_a_closed_account_loses_its_name_and_what_it_did_stays(officers: tuple[Any, Any]) -> None:
    first, _ = officers
    former = make_user("caseworker", council(first), is_active=False, email="former@example.org")
    former.last_login = clock.now().replace(year=2018)
    former.save()

    over_now = ClassOver(RecordClass.ACCOUNTS, council(first).pk, date(2019, 1, 1))
    assert classes.take(over_now, first) == 1

    former.refresh_from_db()
    assert (former.name, former.email) == ("Former colleague", f"former-{former.pk}@erased.invalid")
    assert classes.due(over_now) == 0


def test_one_record_is_erased_because_it_was_asked_for(officers: tuple[Any, Any]) -> None:
    first, second = officers
    person = make_person(council(first))
    with pytest.raises(NotRight, match="reason"):
        lists.ask_to_erase(person=person, cause="right", why=" ", by=first)

    run = lists.ask_to_erase(person=person, cause="right", why="Asked in writing", by=first)
    with pytest.raises(NotRight, match="already"):
        lists.ask_to_erase(person=person, cause="wrong", why="Again", by=second)
    do_job(job_id=lists.release(run=run, why="", by=second).pk)

    run.refresh_from_db()
    assert (run.state, YoungPerson.objects.count()) == (State.DONE, 0)
    assert run.counts["erased"]["young_person"] == 1


def test_what_is_on_hold_is_not_even_proposed(officers: tuple[Any, Any]) -> None:
    first, _ = officers
    person = make_person(council(first))
    holds.place_hold(authority=council(first), person=person, reason="A court", until=ON, by=first)

    with pytest.raises(NotRight, match="legal hold"):
        lists.ask_to_erase(person=person, cause="wrong", why="Twice", by=first)


def test_nobody_else_may(officers: tuple[Any, Any]) -> None:
    first, _ = officers
    person = quiet(council(first))
    run = lists.list_due(authority=council(first), on=ON, by=first)
    others: list[Callable[[Any], Any]] = [
        lambda by: lists.propose(run=run, by=by),
        lambda by: lists.release(run=run, why="", by=by),
        lambda by: lists.call_off(run=run, by=by),
        lambda by: lists.ask_to_erase(person=person, cause="right", why="x", by=by),
        lambda by: holds.place_hold(authority=council(first), person=None, reason="x", until=None, by=by),
        lambda by: holds.set_up(authority=council(first), second_person=True, why="", by=by),
    ]

    for stranger in (make_user("mi_officer", council(first)), make_user("governance", make_authority())):
        for act in others:
            with pytest.raises(NotPermitted):
                act(stranger)


def test_each_night_a_list_is_made_anew_and_records_are_put_away(officers: tuple[Any, Any]) -> None:
    first, _ = officers
    person = quiet(council(first))
    desk = make_user("tracking_officer", council(first))

    turn_of_day(day=ON)
    turn_of_day(day=ON)

    assert ErasureRun.objects.get().lines.get().person == person
    assert Archived.objects.get().person == person
    assert not YoungPerson.objects.visible_to(desk).filter(pk=person.pk).exists()
    make_activity(person, starts_on=date(2026, 10, 1))
    turn_of_day(day=ON)
    assert YoungPerson.objects.visible_to(desk).filter(pk=person.pk).exists()
    assert not ErasureRun.objects.exists()


def test_called_off_is_not_erased(officers: tuple[Any, Any]) -> None:
    first, second = officers
    quiet(council(first))
    run = lists.list_due(authority=council(first), on=ON, by=first)
    lists.propose(run=run, by=first)
    assert lists.list_due(authority=council(first), on=ON, by=second) == run

    lists.call_off(run=run, by=second)

    assert YoungPerson.objects.count() == 1
    with pytest.raises(NotRight, match="quicker"):
        lists.propose(run=run, by=first)
