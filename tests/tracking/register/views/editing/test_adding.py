"""Whoever may be somebody to be added is shown with earlier times out of school, so that no second record is begun."""

from datetime import date, datetime

from django.urls import reverse

from caseload.referrals.models import Referral
from neet.clock import LONDON
from tests.factories import make_activity, make_person, make_service, make_user
from tracking.register.models import YoungPerson
from tracking.register.queries.earlier import with_earlier


def test_whoever_may_be_the_same_is_shown_with_earlier_times_out_of_school(
    desk, person, django_assert_max_num_queries
):
    make_activity(person, "120", date(2021, 9, 1), ends_on=date(2022, 7, 20))
    make_activity(person, "110", date(2022, 9, 1))
    to_service = make_service(person.authority, name="Home education team")
    Referral.objects.create(
        person=person, to_service=to_service, reason="missing", due_on=date(2021, 6, 1),
        made_at=datetime(2021, 5, 20, 10, tzinfo=LONDON),
    )  # fmt: skip
    other = make_person(person.authority, given_name=person.given_name, family_name=person.family_name)
    new = {"given_name": person.given_name, "family_name": person.family_name, "gender": "F",
           "date_of_birth_day": "3", "date_of_birth_month": "3", "date_of_birth_year": "2010"}  # fmt: skip

    shown = desk.post(reverse("add_person"), new).content.decode()

    assert "Taught at home (Year 11 or below)" in shown
    assert "1 Sep 2021 to 20 Jul 2022" in shown
    assert "Referred to Home education team: Missing from education" in shown
    assert "At school (Year 11" not in shown
    assert (str(other.ref) in shown, "nothing known" in shown) == (True, True)
    assert YoungPerson.objects.count() == 2
    officer = make_user("tracking_officer", person.authority)
    with_earlier([other], officer, date(2026, 11, 22))
    with django_assert_max_num_queries(3):
        with_earlier([person, other], officer, date(2026, 11, 22))
    manager = make_user("mi_officer", person.authority)
    (first, _) = with_earlier([person, other], manager, date(2026, 11, 22))
    assert [each.words for each in first.earlier] == ["Taught at home (Year 11 or below)"]
