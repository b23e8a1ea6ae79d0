"""The file of a survey: what it holds, who signs it off, and the same bytes from the history."""

import csv
import io
from datetime import date

import pytest

from neet.accounts.models import User
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.activity_survey import actions
from returns.activity_survey.building import kept, made_again
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.report import book_of
from returns.activity_survey.signing import CannotSign
from returns.exchange.models import ParcelFile
from schools.models import Authority, Establishment
from tests.factories import make_residence, make_school, make_user
from tests.pdf import text_of
from tests.returns.activity_survey.conftest import DAY, YEAR, Leaver, does, member, surveyed
from tracking.reference.models import ReferenceRow


def lines_of(survey: ActivitySurvey) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(kept(survey).decode("utf-8-sig"))))


def test_the_file_says_of_each_where_they_were(
    authority: Authority, school: Establishment, leaver: Leaver
) -> None:
    hostile = leaver(family_name="=HYPERLINK(1)", given_name='Ann, "A"', upn="A12345678901B")
    make_residence(hostile, postcode="ZZ1 1ZZ")
    does(hostile, "230", establishment=make_school(name="Mill College", number="9992002"))
    leaver(family_name="Quiet")

    made = actions.make_file(survey=surveyed(authority), by=None)

    first, second = lines_of(made)
    assert first == {
        "YoungPersonsID": hostile.young_person_id, "LACode": authority.code, "UniquePupilNumber": "A12345678901B",
        "UniqueLearnerNo": "", "FamilyName": "'=HYPERLINK(1)", "GivenName": 'Ann, "A"', "DOB": "2010-03-14",
        "Gender": "F", "Postcode": "ZZ1 1ZZ", "SchoolLAESTAB": school.number, "ActivityCode": "230",
        "DestinationGroup": "further_education", "EstablishmentNumber": "9992002", "DateVerified": "2026-12-03",
    }  # fmt: skip
    assert (second["ActivityCode"], second["DestinationGroup"]) == ("", "no_response")
    assert made.people == 2


def test_the_columns_are_those_of_the_table(authority: Authority, leaver: Leaver) -> None:
    does(leaver(), "230")
    columns = ReferenceRow.objects.filter(table="activity_survey_columns")
    columns.exclude(key="group").delete()
    columns.update(
        values={
            "code": "group", "heading": "Destination", "order": "1", "holds": "destination_group",
            "values": "further_education = 01", "days_as": "", "note": "", "last_seen": "",
        }
    )  # fmt: skip

    made = actions.make_file(survey=surveyed(authority), by=None)

    assert kept(made).decode("utf-8-sig") == "Destination\r\n01\r\n"


def test_made_again_from_history_it_is_the_same_bytes_whatever_was_changed_since(
    authority: Authority, leaver: Leaver
) -> None:
    person, other = leaver(), leaver()
    job = does(person, "310")
    made = actions.make_file(survey=surveyed(authority), by=None)
    person.given_name, person.family_name = "Renamed", "Since"
    person.save()
    job.confirmations.create(verified_on=DAY, source="parent")
    does(other, "230", date(2027, 1, 2))
    ReferenceRow.objects.filter(table="activity_survey_groups", key="apprenticeship").delete()

    assert made_again(made).content == kept(made)
    assert member(made, person).group == "apprenticeship"
    assert actions.look(survey=made, by=None) == 0


def test_what_has_no_destination_stops_the_file(authority: Authority, leaver: Leaver) -> None:
    does(leaver(), "110")

    with pytest.raises(actions.CannotMake, match="no destination"):
        actions.make_file(survey=surveyed(authority), by=None)


def test_no_file_before_1_november(
    authority: Authority, leaver: Leaver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-10-31T10:00")
    leaver()

    with pytest.raises(actions.CannotMake, match="1 November"):
        actions.make_file(survey=surveyed(authority), by=None)


def test_a_second_person_signs_where_the_council_wants_one(
    authority: Authority, leaver: Leaver, officer: User
) -> None:
    Authority.objects.filter(pk=authority.pk).update(needs_second_person=True)
    leaver()
    made = actions.make_file(survey=surveyed(authority), by=officer)

    with pytest.raises(CannotSign):
        actions.sign_off(survey=made, by=officer, why="Nobody else is here")
    signed = actions.sign_off(survey=made, by=make_user("manager", authority))

    assert signed.signed_off_at is not None


def test_alone_one_signs_with_a_reason_and_then_nothing_changes(
    authority: Authority, leaver: Leaver, officer: User
) -> None:
    leaver()
    made = actions.make_file(survey=surveyed(authority), by=officer)
    with pytest.raises(CannotSign):
        actions.mark_sent(survey=made, by=officer)
    with pytest.raises(CannotSign, match="Enter why"):
        actions.sign_off(survey=made, by=officer)
    actions.sign_off(survey=made, by=officer, why="A team of one")

    for changed in (
        lambda: actions.make_file(survey=made, by=officer),
        lambda: actions.make_list(authority=authority, year=YEAR, reading="statutory", by=officer),
        lambda: actions.take_file_back(survey=made, by=officer, why="Mistake"),
    ):
        with pytest.raises(actions.Stands):
            changed()
    assert actions.mark_sent(survey=made, by=officer).sent_by == officer
    back = actions.take_back_sign_off(survey=made, by=officer, why="Refused by the DfE")
    assert (back.signed_off_at, back.sent_at) == (None, None)
    assert actions.take_file_back(survey=made, by=officer, why="A mistake in it").made_at is None


def test_the_night_reads_a_survey_while_it_is_followed_up(authority: Authority, leaver: Leaver) -> None:
    person = leaver()
    survey = surveyed(authority)
    does(person, "230")

    actions.surveys_of_the_day(day=date(2026, 10, 31))
    assert member(survey, person).standing == "not_known"

    actions.surveys_of_the_day(day=date(2027, 1, 18))
    assert member(survey, person).standing == "known"


def test_each_school_is_told_in_numbers_and_restricted_records_are_in_none(
    authority: Authority, school: Establishment, leaver: Leaver, officer: User
) -> None:
    college = make_school(name="Mill College", la_code=authority.code)
    small = make_school(name="Small School", la_code=authority.code)
    for _ in range(9):
        does(leaver(), "230", establishment=college)
    does(
        leaver(restricted_on=date(2026, 1, 1), restricted_reason="Court order"), "230", establishment=college
    )
    leaver(place=small)
    made = actions.make_file(survey=surveyed(authority), by=officer)
    book = book_of(made)
    assert [each.name for each in book.schools] == ["Fernley School"]
    report = book.of(school)
    assert (report.school[0].people, report.county[0].people) == ("9", "11")
    assert report.places == (("Mill College", 9),)

    actions.sign_off(survey=made, by=officer, why="A team of one")
    job = actions.ask_for_reports(survey=made, ends_on=date(2027, 4, 1), by=officer)
    jobs.run(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.counts["files"]) == (Job.State.DONE, 1), job.error
    put_out = ParcelFile.objects.select_related("file").get(establishment=school)
    words = text_of(put_out.file.path.read_bytes())
    assert "Fernley School" in words
    assert "Mill College" in words
    assert "Small School" not in words


def test_nothing_is_put_out_before_a_sign_off(authority: Authority, leaver: Leaver, officer: User) -> None:
    leaver()
    made = actions.make_file(survey=surveyed(authority), by=officer)

    job = actions.ask_for_reports(survey=made, ends_on=date(2027, 4, 1), by=officer)
    assert actions.ask_for_reports(survey=made, ends_on=date(2027, 4, 1), by=officer) is None
    jobs.run(job_id=job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "not signed off" in job.error
