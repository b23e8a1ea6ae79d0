"""A return begins as a file or on the page; versions follow each other."""

from datetime import date
from pathlib import Path

import pytest

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from neet.files.actions import store
from neet.jobs.models import Job
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.checking import ask_to_check, check
from returns.intake.actions.receiving import begin_on_page, begin_with_file, discard, set_columns
from returns.intake.headings import headings_of, unused_headings
from returns.intake.models import Intake
from returns.intake.papers import template_of
from returns.intake.queries.standing import standings
from returns.intake.refusals import ColumnsMissing, NotNow
from schools.models import Authority, Establishment
from tests.factories import make_activity, make_expected, make_person, make_school
from tests.returns.intake.conftest import HEADINGS, Send

ADA = "Lark,Ada,01/05/2009,F,,1 Mill Lane,ZZ9 9ZZ,13,07700 900001"
ODD = "Alpha,Beta,Gamma,Delta"
ODD_ROW = "Lark,Ada,01/05/2009,ZZ9 9ZZ"


def test_the_same_file_again_is_the_return_it_was(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    first = begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary)

    again = begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary)

    assert again == first
    assert again.file_id == first.file_id


def test_the_same_file_after_it_was_set_aside_is_a_new_version(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    first = begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary)
    discard(intake=first, by=secretary)

    again = begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary)

    assert (again.version, again.state) == (2, Intake.State.UPLOADED)


def test_another_file_replaces_one_that_was_not_sent(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    first = begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary)

    second = begin_with_file(expected=expected, file=sent(HEADINGS, ADA.replace("Ada", "Zoe")), by=secretary)

    first.refresh_from_db()
    assert (second.version, first.state) == (2, Intake.State.WITHDRAWN)
    assert first.decided_why == "Replaced by version 2"
    with pytest.raises(NotNow, match="it was set aside"):
        check(intake=first, by=secretary)


def test_nothing_is_taken_for_a_closed_collection(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    expected.collection.closed_on = date(2020, 1, 1)
    expected.collection.save()

    with pytest.raises(NotNow, match="takes no more answers"):
        begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary)


def test_who_received_it_stands_in_the_trail(expected: ExpectedReturn, sent: Send, secretary: User) -> None:
    intake = begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary)

    event = AuditEvent.objects.get(kind="intake.return_received")
    assert (event.user_id, event.counts["intake"]) == (secretary.pk, intake.pk)


def test_on_the_page_everybody_expected_waits_for_an_answer(
    expected: ExpectedReturn, secretary: User, authority: Authority, school: Establishment
) -> None:
    ada = make_person(authority, given_name="Ada", family_name="Lark", date_of_birth=date(2009, 5, 1))
    make_activity(ada, "210", date(2025, 9, 1), establishment=school)
    leaver = make_person(authority, family_name="Mole", date_of_birth=date(2010, 3, 1))
    make_activity(leaver, "110", date(2021, 9, 1), establishment=school, ends_on=date(2026, 8, 31))
    make_activity(make_person(authority), "210", date(2025, 9, 1))

    intake = begin_on_page(expected=expected, by=secretary)

    assert intake.state == Intake.State.DRAFT
    assert not intake.rows.exists()
    assert list(intake.missing.values_list("person", "why_expected")) == [
        (ada.pk, "With you in 2026-27 by our register"),
        (leaver.pk, "In Year 11 here in May 2026"),
    ]


def test_a_page_is_gone_on_with(expected: ExpectedReturn, secretary: User) -> None:
    assert begin_on_page(expected=expected, by=secretary) == begin_on_page(expected=expected, by=secretary)


def test_unknown_headings_wait_for_somebody_to_say_what_they_hold(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    intake = check(
        intake=begin_with_file(expected=expected, file=sent(ODD, ODD_ROW), by=secretary), by=secretary
    )

    assert intake.waits_for_columns
    assert not intake.rows.exists()

    chosen = {"family_name": "Alpha", "given_name": "Beta", "date_of_birth": "Gamma", "postcode": "Delta"}
    set_columns(intake=intake, mapping=chosen, by=secretary)
    assert check(intake=intake, by=secretary).rows.get().clean["given_name"] == "Ada"


def test_a_file_of_the_same_shape_is_read_the_same_next_time(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    first = check(
        intake=begin_with_file(expected=expected, file=sent(ODD, ODD_ROW), by=secretary), by=secretary
    )
    chosen = {"family_name": "Alpha", "given_name": "Beta", "date_of_birth": "Gamma", "postcode": "Delta"}
    set_columns(intake=first, mapping=chosen, by=secretary)

    file = sent("Delta,Gamma,Beta,ALPHA", "ZZ9 9ZZ,01/05/2009,Ada,Lark")
    again = check(intake=begin_with_file(expected=expected, file=file, by=secretary), by=secretary)

    assert again.rows.get().clean["family_name"] == "Lark"


def test_our_own_file_made_for_another_school_is_asked_about(
    expected: ExpectedReturn, authority: Authority, secretary: User
) -> None:
    elsewhere = make_expected(make_school(la_code=authority.code), collection=expected.collection)
    person = make_person(authority)
    make_activity(person, "210", date(2025, 9, 1), establishment=elsewhere.establishment)
    content = template_of(elsewhere, "pupils").content
    file = store(
        source=[content], name="pupils.xlsx", purpose="return", by=secretary, authority_id=authority.pk
    )

    intake = check(intake=begin_with_file(expected=expected, file=file, by=secretary), by=secretary)

    [asked] = intake.problems.filter(kind="file_other_school")
    assert elsewhere.establishment.name in asked.why
    assert not intake.problems.filter(kind="file_year").exists()


MEAN_NOTHING = "Name,Date1,Date2,Code,XX,PC"
MEANS_NOTHING = [
    f"Lark {name},{3 + at:02d}/05/2009,0{1 + at}/09/2025,{70 + at},x,ZZ9 {at}ZZ"
    for at, name in enumerate(("Ada", "Bram", "Cleo", "Dara", "Ezra", "Fern"))
]


def test_headings_that_mean_nothing_are_asked_about_once(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    file = sent(MEAN_NOTHING, *MEANS_NOTHING)
    first = check(intake=begin_with_file(expected=expected, file=file, by=secretary), by=secretary)

    assert first.waits_for_columns
    unsure = {each.heading for each in headings_of(first) if not each.sure}
    assert unsure >= {"Date1", "Date2"}

    chosen = {"whole_name": "Name", "date_of_birth": "Date1", "starts_on": "Date2", "postcode": "PC"}
    set_columns(intake=first, mapping=chosen, by=secretary)
    first = check(intake=first, by=secretary)
    file = sent(MEAN_NOTHING, *MEANS_NOTHING[:4])
    again = check(intake=begin_with_file(expected=expected, file=file, by=secretary), by=secretary)

    assert (first.state, again.state) == (Intake.State.CHECKED, Intake.State.CHECKED)
    assert again.rows.filter(clean__has_key="starts_on").count() == 4
    assert unused_headings(again) == ["Code", "XX"]
    assert all(each.sure for each in headings_of(again))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"family_name": "Alpha", "given_name": "Beta"}, "Choose the heading that holds “Date of birth”."),
        (
            {"family_name": "Alpha", "given_name": "Alpha", "date_of_birth": "Gamma"},
            "“Alpha” is chosen for two columns. Choose it once.",
        ),
        (
            {"family_name": "Alpha", "given_name": "Beta", "date_of_birth": "Omega"},
            "The file has no heading “Omega”.",
        ),
    ],
)
def test_columns_that_will_not_do_are_named(
    expected: ExpectedReturn, sent: Send, secretary: User, chosen: dict[str, str], said: str
) -> None:
    intake = check(
        intake=begin_with_file(expected=expected, file=sent(ODD, ODD_ROW), by=secretary), by=secretary
    )

    with pytest.raises(ColumnsMissing) as refused:
        set_columns(intake=intake, mapping=chosen, by=secretary)

    assert refused.value.problems == (said,)


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    intake = check(
        intake=begin_with_file(expected=expected, file=sent("%PDF-1.4"), by=secretary), by=secretary
    )

    assert intake.state == Intake.State.REFUSED
    assert "This is a PDF" in intake.refusal


def test_a_file_that_is_gone_says_so(expected: ExpectedReturn, sent: Send, secretary: User) -> None:
    intake = begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary)
    assert intake.file
    Path(intake.file.path).unlink()

    intake = check(intake=intake, by=secretary)

    assert (intake.state, intake.refusal) == ("refused", "The file is no longer here. Send it again.")


def test_a_check_is_asked_for_once(expected: ExpectedReturn, sent: Send, secretary: User) -> None:
    intake = begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary)

    assert ask_to_check(intake=intake, by=secretary) is not None
    assert ask_to_check(intake=intake, by=secretary) is None
    assert Job.objects.get().payload == {"intake": intake.pk}


def test_a_file_that_cannot_be_read_leaves_the_one_before_as_it_was(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    good = check(
        intake=begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary), by=secretary
    )
    bad = begin_with_file(expected=expected, file=sent("%PDF-1.4"), by=secretary)
    check(intake=bad, by=secretary)

    good.refresh_from_db()
    (stands,) = standings([expected], date(2026, 9, 20))
    assert (good.state, stands.intake) == (Intake.State.CHECKED, good)
    assert begin_with_file(expected=expected, file=sent(HEADINGS, ADA), by=secretary) == good

    other = begin_with_file(expected=expected, file=sent(HEADINGS, ADA.replace("Ada", "Zoe")), by=secretary)
    check(intake=other, by=secretary)
    good.refresh_from_db()
    assert (other.version, good.state, good.decided_why) == (3, "withdrawn", "Replaced by version 3")


def test_a_page_begun_is_gone_on_with_after_a_file_that_cannot_be_read(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    page = begin_on_page(expected=expected, by=secretary)
    check(intake=begin_with_file(expected=expected, file=sent("%PDF-1.4"), by=secretary), by=secretary)

    assert begin_on_page(expected=expected, by=secretary) == page
