"""A month's file of a college: who joined is there, who left is followed by what they do next."""

from collections.abc import Callable
from datetime import date

import pytest

from neet.files.models import StoredFile
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.actions.replacing import confirm_instead
from returns.intake.actions.taking_back import withdraw
from returns.intake.models import Intake
from returns.intake.queries.versions import earlier_of
from schools.models import Authority, Establishment
from tests.factories import (
    make_activity,
    make_collection,
    make_college,
    make_expected,
    make_person,
    make_residence,
    make_school,
)
from tests.returns.intake.ready import spells
from tracking.models import Activity, ContactPoint, Task, YoungPerson
from tracking.state.queries import digests

pytestmark = pytest.mark.usefixtures("in_december")
HEADINGS = (
    "Last name,First name,Date of birth,Joined on,Leaving date,Why they left,What they do next,Where they went,"
    "Last known plan,Telephone,Whose telephone,Postcode"
)
FIRST, AS_AT = date(2026, 9, 1), date(2026, 11, 30)
Send = Callable[..., StoredFile]


@pytest.fixture
def in_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-12-01T10:00")


@pytest.fixture
def college(authority: Authority) -> Establishment:
    return make_college(name="Wick College", la_code=authority.code, short_code="WIC")


@pytest.fixture
def november(authority: Authority, college: Establishment) -> ExpectedReturn:
    asked = make_collection(
        authority,
        type="joiners_leavers",
        title="Joiners and leavers, November",
        as_at=AS_AT,
        opens_on=date(2026, 11, 16),
        due_on=AS_AT,
    )
    return make_expected(college, asked)


def student(college: Establishment, authority: Authority, name: str) -> YoungPerson:
    person = make_person(authority, family_name=name)
    make_activity(person, "230", FIRST, establishment=college, verified_on=FIRST, source="provider")
    return person


def row(person: YoungPerson, *cells: str) -> str:
    return ",".join([person.family_name, person.given_name, f"{person.date_of_birth:%d/%m/%Y}", *cells])


def checked(expected: ExpectedReturn, file: StoredFile) -> Intake:
    intake = check(intake=begin_with_file(expected=expected, file=file, by=None), by=None)
    intake.notice_issued_on = FIRST
    intake.save(update_fields=["notice_issued_on"])
    return intake


def outcomes(intake: Intake) -> list[str]:
    return list(intake.rows.order_by("number").values_list("outcome", flat=True))


def test_a_month_of_a_college_goes_in_and_back_again(
    authority: Authority, college: Establishment, november: ExpectedReturn, sent: Send
) -> None:
    works, vanished, stays = (student(college, authority, name) for name in ("Ambler", "Birch", "Cole"))
    came = make_person(authority, family_name="Dale")
    make_residence(came, postcode="ZZ9 9ZA")
    before = make_activity(came, "210", FIRST, establishment=make_school(), verified_on=FIRST)
    empty = digests()

    intake = checked(
        november,
        sent(
            HEADINGS,
            row(works, "", "06/11/2026", "Got a job", "330", "Wick Bakery", "", "", ""),
            row(vanished, "", "13/11/2026", "Mental health", "", "", "a hair salon", "01632 960001", "Mum"),
            row(stays, "", "20/12/2026", "", "", "", "", "", ""),
            row(came, "02/11/2026", "", "", "", "", "", "", "", "ZZ9 9ZA"),
            "Eves,Eve,02/02/2009,02/11/2026,20/11/2026,Asked to leave,,,,,",
            "Fox,Finn,02/02/2009,,20/11/2026,,,,,,",
            "Gale,Gus,02/02/2009,,,,,,,,",
            name="WICCollegeJoinersNov.csv",
        ),
    )

    assert outcomes(intake) == ["left", "left", "stopped", "new_here", "new_person", "stopped", "stopped"]
    kinds = ["leaves_later", "neither", "never_here"]
    assert sorted(intake.problems.filter(severity="error").values_list("kind", flat=True)) == kinds
    assert not intake.problems.filter(kind__startswith="file_").exists()

    confirm(intake=intake, by=None)

    assert spells(works) == [("230", FIRST, date(2026, 11, 6)), ("330", date(2026, 11, 7), None)]
    assert spells(vanished) == [("230", FIRST, date(2026, 11, 13)), ("810", date(2026, 11, 14), None)]
    assert spells(came) == [("210", FIRST, date(2026, 11, 1)), ("230", date(2026, 11, 2), None)]
    assert spells(stays) == [("230", FIRST, None)]
    eve = YoungPerson.objects.get(family_name="Eves")
    assert spells(eve) == [("230", date(2026, 11, 2), date(2026, 11, 20)), ("810", date(2026, 11, 21), None)]
    reasons = (
        Activity.objects.exclude(leaving_reason="")
        .order_by("ends_on")
        .values_list("leaving_reason", flat=True)
    )
    assert list(reasons) == ["work", "health", "asked_to_leave"]
    job = works.activities.get(code="330")
    assert (job.establishment_name, job.source) == ("Wick Bakery", "provider")
    assert job.confirmations.get().verified_on == AS_AT
    assert ContactPoint.objects.get(person=vanished).whose == "parent"
    tasks = Task.objects.filter(kind="left").order_by("person_id")
    assert set(tasks.values_list("person", flat=True)) == {works.pk, vanished.pk, eve.pk}
    assert "a hair salon" in tasks.get(person=vanished).words

    withdraw(intake=intake, by=None)

    before.refresh_from_db()
    assert digests() == empty
    assert not Task.objects.exists()


def test_a_later_file_says_only_what_is_new(
    authority: Authority, college: Establishment, november: ExpectedReturn, sent: Send
) -> None:
    """The same row says nothing; what they do next, where nobody knew it, is filled in."""
    gone, other = student(college, authority, "Ambler"), student(college, authority, "Birch")
    first = [row(each, "", "06/11/2026", "", "", "", "", "", "") for each in (gone, other)]
    confirm(intake=checked(november, sent(HEADINGS, *first)), by=None)

    told = row(gone, "", "06/11/2026", "", "310", "Hill Motors", "", "", "")
    again = checked(november, sent(HEADINGS, told, first[1]))

    assert outcomes(again) == ["left", "unchanged"]

    confirm(intake=again, by=None)

    assert spells(gone)[-1] == ("310", date(2026, 11, 7), None)
    assert spells(other)[-1] == ("810", date(2026, 11, 7), None)
    third = checked(november, sent(HEADINGS, first[1], told))
    assert outcomes(third) == ["unchanged", "unchanged"]


def test_who_began_elsewhere_before_they_were_reported_stays_there(
    authority: Authority, college: Establishment, november: ExpectedReturn, sent: Send
) -> None:
    gone = student(college, authority, "Ambler")
    Activity.objects.filter(person=gone).update(ends_on=date(2026, 11, 8))
    make_activity(gone, "310", date(2026, 11, 9), verified_on=date(2026, 11, 9))

    confirm(
        intake=checked(november, sent(HEADINGS, row(gone, "", "06/11/2026", "", "", "", "", "", ""))), by=None
    )

    assert spells(gone)[-1] == ("310", date(2026, 11, 9), None)
    assert gone.activities.filter(code="310").exists()


def test_a_pupil_of_year_10_joins_the_school_and_not_its_sixth_form(authority: Authority, sent: Send) -> None:
    asked = make_collection(authority, type="joiners_leavers", as_at=AS_AT)
    expected = make_expected(make_school(la_code=authority.code), asked)

    intake = checked(expected, sent(HEADINGS, "Young,Yara,02/02/2012,02/11/2026,,,,,,,"))
    confirm(intake=intake, by=None)

    assert spells(YoungPerson.objects.get()) == [("110", date(2026, 11, 2), None)]


def test_a_later_version_may_take_the_place_of_the_first(
    authority: Authority, college: Establishment, november: ExpectedReturn, sent: Send
) -> None:
    """Named for another month it is asked about, and taken."""
    gone, stays = student(college, authority, "Ambler"), student(college, authority, "Birch")
    untouched = spells(stays)
    rows = [row(each, "", "06/11/2026", "", "", "", "", "", "") for each in (gone, stays)]
    confirm(intake=checked(november, sent(HEADINGS, *rows)), by=None)

    second = checked(november, sent(HEADINGS, rows[0], name="WICCollegeLeaversOct.csv"))
    earlier = earlier_of(second)
    confirm_instead(intake=second, by=None)

    assert earlier
    assert (earlier.version, earlier.both, earlier.only_before) == (1, 1, 1)
    assert second.problems.get(kind="file_month").severity == "query"
    assert spells(stays) == untouched
    assert spells(gone)[-1] == ("810", date(2026, 11, 7), None)
    assert list(november.intakes.order_by("version").values_list("state", flat=True)) == [
        "withdrawn",
        "confirmed",
    ]
    november.refresh_from_db()
    assert november.sent_at
