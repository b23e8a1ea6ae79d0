"""Who is due which letter on a day, and who cannot be written to."""

from datetime import date, timedelta

import pytest

from caseload.chase.models import Attempt
from caseload.letters.models import Letter
from caseload.letters.queries import due
from caseload.messaging.models import OptOut
from tests.caseload.letters.conftest import (
    APPLY,
    APRIL,
    AT_HOME,
    FIRST,
    JANUARY,
    NOT_KNOWN,
    SUMMER,
    TO_PARENTS,
    UNREACHED,
    YEAR_11,
)
from tests.factories import COLLEGE, make_activity, make_authority, make_person, make_residence, make_user
from tracking.register.models import Guarantee, Residence, YoungPerson

pytestmark = pytest.mark.django_db


def due_to(post, code, user=None):
    """First names of those due a letter today and writable to."""
    series = {each.code: each for each in due.series_at(post.authority, post.today)}[code]
    people = due.due_people(user or post.officer, post.authority, series, post.today)
    return sorted(due.writable(people).values_list("given_name", flat=True))


def left_out(post, code):
    series = {each.code: each for each in due.series_at(post.authority, post.today)}[code]
    reasons = due.why_left_out(due.due_people(post.officer, post.authority, series, post.today))
    return {YoungPerson.objects.get(pk=pk).given_name: why for pk, why in reasons.items()}


def test_the_april_letter_leaves_out_whoever_has_a_guarantee_recorded_on_31_march(post):
    settled, waiting, later = post.family("Ada"), post.family("Bram"), post.family("Cleo")
    year_11 = {"year_group": 11, "la_code": post.authority.code}
    Guarantee.objects.create(person=settled, status="110", status_on=date(2027, 3, 31), **year_11)
    Guarantee.objects.create(person=waiting, status="140", status_on=date(2027, 3, 31), **year_11)
    Guarantee.objects.create(person=later, status="110", status_on=date(2027, 4, 20), **year_11)

    post.on(date(2027, 4, 1))
    assert due_to(post, APRIL) == ["Bram", "Cleo"]
    post.on(date(2027, 4, 30))
    assert due_to(post, APRIL) == ["Bram"]


def test_only_families_that_teach_at_home_in_the_year_group_and_the_months(post):
    post.family("Ada")
    post.family("Younger", born=date(2011, 9, 1))
    post.family("Older", born=date(2010, 8, 31))
    post.family("Pupil", code="110")
    post.family("Gone", cohort_status="X")

    assert due_to(post, FIRST) == ["Ada"]
    post.on(date(2027, 4, 1))
    assert due_to(post, FIRST) == []


def test_home_education_that_ended_with_the_school_year_is_asked_about_and_one_that_ended_later_is_not(post):
    for name, until in (("Summer", date(2026, 7, 20)), ("Autumn", date(2026, 9, 10))):
        person = make_person(post.authority, given_name=name, date_of_birth=YEAR_11)
        make_activity(person, AT_HOME, date(2025, 9, 1), ends_on=until)
        make_residence(person)

    assert due_to(post, FIRST) == ["Summer"]


def test_the_next_letter_follows_after_its_days_and_leaves_alone_who_answered(post):
    ada, bram = post.family("Ada"), post.family("Bram")
    post.send(ada, on=date(2026, 12, 1))
    answered = post.send(bram, on=date(2026, 12, 1))
    Letter.objects.filter(pk=answered.pk).update(closed="answered", closed_on=date(2026, 12, 10))
    post.family("Never written to")

    post.on(date(2026, 12, 28))
    assert due_to(post, JANUARY) == []
    post.on(date(2027, 1, 1))
    assert due_to(post, JANUARY) == ["Ada"]


def test_who_was_tried_and_not_reached_has_the_january_letter_earlier_and_once(post):
    ada, bram = post.family("Ada"), post.family("Bram")
    for person, reached in ((ada, False), (bram, True)):
        post.send(person, on=date(2026, 9, 21))
        Attempt.objects.create(person=person, channel="telephone", asked="parent", outcome="no_answer", reached=reached,
                               learned=False)  # fmt: skip

    post.on(date(2026, 10, 20))
    assert due_to(post, UNREACHED) == ["Ada"]
    post.send(ada, UNREACHED)
    assert due_to(post, UNREACHED) == []
    post.on(date(2027, 1, 5))
    assert due_to(post, JANUARY) == ["Bram"]


def test_not_known_is_written_to_again_after_its_days_and_parents_after_the_young_person(post):
    person = post.family("Kit", born=date(2009, 5, 1), code="810")
    post.on(date(2026, 11, 2))
    assert due_to(post, NOT_KNOWN) == ["Kit"]
    post.send(person, NOT_KNOWN)
    assert due_to(post, NOT_KNOWN) == []

    post.on(date(2026, 11, 22))
    assert due_to(post, TO_PARENTS) == []
    post.on(date(2026, 11, 23))
    assert due_to(post, TO_PARENTS) == ["Kit"]
    post.on(date(2026, 11, 2) + timedelta(days=120))
    assert due_to(post, NOT_KNOWN) == ["Kit"]


def test_the_summer_letter_goes_to_three_years_and_to_year_12_at_no_school(post):
    post.on(date(2027, 7, 1))
    post.family("Ten", born=date(2011, 10, 1))
    post.family("Twelve", born=date(2010, 3, 1), code="270")
    post.family("College", born=date(2010, 3, 1), code=COLLEGE)

    assert due_to(post, SUMMER) == ["Ten", "Twelve"]


def test_who_cannot_be_written_to_is_told_with_the_reason(post):
    post.family("Homeless", lives=False)
    moved, back = post.family("Moved"), post.family("Back")
    wants_none = post.family("Quiet")
    OptOut.objects.create(person=wants_none, channel="letter", said_by="parent")
    for person in (moved, back):
        letter = post.send(person, APPLY)
        Letter.objects.filter(pk=letter.pk).update(state="came_back")
    Residence.objects.filter(person=moved).update(ends_on=post.today)
    make_residence(moved, starts_on=post.today + timedelta(days=1))
    post.family("Ada")

    assert due_to(post, FIRST) == ["Ada", "Moved"]
    assert left_out(post, FIRST) == {"Back": "came_back", "Homeless": "no_address", "Quiet": "opted_out"}


def test_only_the_visible_are_due_and_no_restricted_record_is(post):
    post.family("Ada")
    post.family("Hidden", restricted_on=post.today, restricted_reason="Refuge")
    elsewhere = make_user("tracking_officer", make_authority())
    of_the_district = make_user("district_lead", post.authority, district=post.district)
    far = post.family("Far", lives=False)
    make_residence(far)

    assert due_to(post, FIRST) == ["Ada", "Far"]
    assert due_to(post, FIRST, elsewhere) == []
    assert due_to(post, FIRST, of_the_district) == ["Ada"]


def test_the_board_costs_the_same_for_one_and_for_many(post, django_assert_max_num_queries):
    for number in range(6):
        post.family(f"Ada{number}")
    with django_assert_max_num_queries(16):
        found = {each.series.code: each for each in due.board(post.officer, post.authority, post.today)}

    assert (found[FIRST].due, found[APRIL].in_season) == (6, False)
