"""Reports that come regularly: made once when they are due, for whom they are still open, told of without a figure."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from caseload.delivery.actions import deliver_of_the_day
from caseload.delivery.kinds import Kind
from caseload.delivery.models import Delivery, Subscription
from caseload.delivery.rules import is_due
from neet import clock
from neet.audit.models import AuditEvent
from neet.jobs.actions import run
from neet.jobs.models import Job
from neet.messages.actions import deliver
from neet.messages.models import Message
from schools.models import Membership
from tests.factories import make_user, sign_in
from tests.tracking.exploring.conftest import Autumn
from tracking.exploring.actions import keep_cut
from tracking.figures.models import Freeze

pytestmark = pytest.mark.django_db
MONTHLY = {"what": "progression", "of": "council", "every": "month"}


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def signed(autumn: Autumn, month: date) -> None:
    Freeze.objects.filter(authority=autumn.council, month=month).update(closed_at=clock.now(), by_timer=False)


def delivered(day: date) -> dict[str, int]:
    """What the timer asks for on a day, and made by a worker."""
    counts = deliver_of_the_day(day=day)
    for job in Job.objects.filter(kind=Kind.MAKING, state=Job.State.WAITING):
        run(job_id=job.pk)
    return counts


def test_a_report_is_made_once_after_sign_off_and_its_reader_is_told_without_a_figure(autumn, officer):
    officer.post(reverse("new_subscription"), MONTHLY)
    today = clock.today()
    assert delivered(today) == {"asked": 0, "not_open": 0}
    signed(autumn, date(2026, 11, 30))

    assert delivered(today) == {"asked": 1, "not_open": 0}
    assert delivered(today + timedelta(days=1)) == {"asked": 0, "not_open": 0}
    made = Delivery.objects.get()
    deliver()
    assert "A report waits for you" in mail.outbox[-1].subject
    assert not any(letter.isdigit() for letter in mail.outbox[-1].body.partition("http")[0])
    page = officer.get(reverse("deliveries")).content.decode()
    assert "From Year 11 to Year 13" in page
    assert "Not opened yet" in page
    assert b"".join(officer.get(reverse("delivery_file", args=[made.pk, "pdf"]))).startswith(b"%PDF")
    assert "Not opened yet" not in officer.get(reverse("deliveries")).content.decode()
    assert AuditEvent.objects.filter(kind="delivery.report_opened").count() == 1


def test_whoever_left_or_changed_places_gets_nothing_more_and_opens_nothing(autumn, officer):
    officer.post(reverse("new_subscription"), MONTHLY)
    signed(autumn, date(2026, 11, 30))
    delivered(clock.today())
    first = Delivery.objects.get()
    owner = Subscription.objects.get().owner
    Membership.objects.filter(user=owner).update(role="district_lead", district=autumn.north)
    assert officer.get(reverse("delivery_file", args=[first.pk, "pdf"])).status_code == 404

    Subscription.objects.update(every="day", on_day=12)
    assert delivered(date(2026, 12, 12)) == {"asked": 0, "not_open": 1}
    owner.is_active = False
    owner.save()
    Subscription.objects.update(on_day=13)
    assert delivered(date(2026, 12, 13)) == {"asked": 0, "not_open": 1}
    assert Message.objects.count() == 1


def test_a_kept_cut_comes_every_week_as_far_as_its_reader_reaches_and_rests_and_ends(autumn, officer):
    keeper = make_user("mi_officer", autumn.council)
    cut = keep_cut(
        authority=autumn.council, name="By district", asked={"rows": "district"}, is_shared=True, by=keeper
    )
    lead = sign_in(Client(), make_user("district_lead", autumn.council, district=autumn.north))
    asked = {"what": f"cut-{cut.pk}", "every": "week", "weekday": "1"}
    assert lead.post(reverse("new_subscription"), asked).status_code == 302
    monday = date(2026, 12, 14)

    assert delivered(monday) == {"asked": 1, "not_open": 0}
    made = Delivery.objects.get()
    assert b"".join(lead.get(reverse("delivery_file", args=[made.pk, "sheet"])))[:2] == b"PK"
    assert officer.get(reverse("delivery_file", args=[made.pk, "sheet"])).status_code == 404
    wanted = Subscription.objects.get()
    lead.post(reverse("rest_subscription", args=[wanted.pk]))
    assert delivered(monday + timedelta(days=7))["asked"] == 0
    lead.post(reverse("resume_subscription", args=[wanted.pk]))
    assert delivered(monday + timedelta(days=14))["asked"] == 1
    governance = sign_in(Client(), make_user("governance", autumn.council))
    assert "Kept cut: By district" in governance.get(reverse("deliveries_to_whom")).content.decode()
    lead.post(reverse("end_subscription", args=[wanted.pk]))
    assert delivered(monday + timedelta(days=21))["asked"] == 0


def test_what_is_asked_for_must_say_when_and_of_whom(autumn, officer):
    page = officer.post(reverse("new_subscription"), {"what": "monthly", "every": "week"}).content.decode()
    assert "Select a weekday" in page
    assert "Select of whom" in page
    assert not Subscription.objects.exists()
    lead = sign_in(Client(), make_user("district_lead", autumn.council, district=autumn.north))
    assert "Select one of the choices" in lead.post(reverse("new_subscription"), MONTHLY).content.decode()


def test_days_are_those_that_were_asked_for():
    assert is_due("week", 1, date(2026, 12, 14))
    assert not is_due("week", 1, date(2026, 12, 15))
    assert is_due("day", 28, date(2027, 2, 28))
    assert not is_due("day", 28, date(2027, 2, 27))
    assert not is_due("month", None, date(2026, 12, 14))


def test_the_page_takes_few_statements(autumn, officer, django_assert_max_num_queries):
    for _ in range(4):
        officer.post(reverse("new_subscription"), MONTHLY)
    with django_assert_max_num_queries(14):
        officer.get(reverse("deliveries"))


def test_what_was_left_lying_is_asked_for_again_and_comes_once(autumn, officer):
    officer.post(reverse("new_subscription"), MONTHLY)
    signed(autumn, date(2026, 11, 30))
    today = clock.today()

    assert deliver_of_the_day(day=today) == {"asked": 1, "not_open": 0}
    assert deliver_of_the_day(day=today) == {"asked": 1, "not_open": 0}
    assert Job.objects.filter(kind=Kind.MAKING).count() == 1
    assert not Message.objects.exists()
    Job.objects.filter(kind=Kind.MAKING).update(state=Job.State.FAILED, finished_at=clock.now())
    assert delivered(today + timedelta(days=1)) == {"asked": 1, "not_open": 0}
    assert Delivery.objects.get().state == Delivery.State.READY
    for job in Job.objects.filter(kind=Kind.MAKING):
        Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, finished_at=None)
        run(job_id=job.pk)
    assert Message.objects.count() == 1
