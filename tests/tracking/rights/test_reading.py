"""Somebody opens far more records than colleagues, at night, or not theirs: governance is told, and another looks."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from neet import clock
from neet.accounts.models import User
from neet.audit.models import AuditEvent
from neet.clock import LONDON
from neet.messages.models import Message
from tests.factories import make_authority, make_person, make_user, sign_in
from tests.tracking.rights.conftest import Council
from tracking.register.kinds import Kind
from tracking.register.models import AccessGrant
from tracking.register.refusals import NotPermitted
from tracking.rights.actions.reading import look_into_reading, raise_alarms
from tracking.rights.models import UnusualReading
from tracking.tasks import look_at_reading

NOW = datetime(2026, 11, 19, 12, tzinfo=LONDON)  # a Thursday


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-11-19T12:00")


def opened(
    by: User, council: Council, people: int, at: datetime = NOW - timedelta(hours=1), first: int = 1
) -> None:
    """Each of these records opened at that moment. The trail keeps numbers and asks for no rows behind them."""
    AuditEvent.objects.bulk_create(
        AuditEvent(at=at, kind=str(Kind.PERSON_READ), user_id=by.pk, role="caseworker",
                   authority_id=council.authority.pk, subjects=[number])
        for number in range(first, first + people)
    )  # fmt: skip


@pytest.fixture
def colleagues(council: Council) -> list[User]:
    """Four of one work: each opened ten, as one does."""
    made = [make_user("caseworker", council.authority, service=council.service) for _ in range(4)]
    for each in made:
        opened(each, council, 10)
    return made


def test_far_more_than_colleagues_is_put_before_governance_once(
    council: Council, colleagues: list[User]
) -> None:
    assert raise_alarms(at=NOW) == 0
    opened(council.worker, council, 40)

    look_at_reading()
    opened(council.worker, council, 5, first=100)
    assert raise_alarms(at=NOW) == 0, "it stands there already"

    found = UnusualReading.objects.get()
    assert (found.account, found.people, found.colleagues, found.late) == (council.worker, 45, 10, 0)
    told = Message.objects.filter(template="unusual_reading").values_list("recipient_id", flat=True)
    assert sorted(told) == sorted([council.governance.pk, council.other.pk])
    assert AuditEvent.objects.filter(kind="rights.many_records_opened_noticed").count() == 1


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (datetime(2026, 11, 18, 19, 59, tzinfo=LONDON), False),
        (datetime(2026, 11, 18, 20, 0, tzinfo=LONDON), True),
        (datetime(2026, 11, 18, 6, 59, tzinfo=LONDON), True),
        (datetime(2026, 11, 18, 7, 0, tzinfo=LONDON), False),
        (datetime(2026, 11, 15, 12, 0, tzinfo=LONDON), True),
    ],
)
def test_twenty_out_of_hours_are_enough(
    council: Council, colleagues: list[User], at: datetime, late: bool
) -> None:
    opened(council.worker, council, 20, at=at)

    assert raise_alarms(at=NOW) == int(late)


def test_many_that_are_not_theirs_are_enough(council: Council, colleagues: list[User]) -> None:
    opened(council.worker, council, 1)
    AccessGrant.objects.bulk_create(
        AccessGrant(
            person=council.person, user=council.worker, kind="reason", reason="Asked to", granted_at=NOW
        )
        for _ in range(10)
    )

    assert raise_alarms(at=NOW) == 1
    assert UnusualReading.objects.get().beyond == 10


def test_what_is_older_than_the_days_and_of_another_council_counts_no_more(
    council: Council, colleagues: list[User]
) -> None:
    opened(council.worker, council, 90, at=NOW - timedelta(days=29))

    assert raise_alarms(at=NOW) == 0


def test_another_looks_into_it_and_only_what_is_opened_after_that_counts(
    council: Council, colleagues: list[User], client: Client
) -> None:
    opened(council.worker, council, 40)
    raise_alarms(at=NOW)
    reading = UnusualReading.objects.get()
    page = sign_in(client, council.governance).get("/rights/opened/").content.decode()
    assert f"/rights/opened/many/{reading.pk}/" in page
    assert "many records, to look into" in client.get("/").content.decode()

    empty = client.post(f"/rights/opened/many/{reading.pk}/", {"found": "right", "words": ""})
    client.post(
        f"/rights/opened/many/{reading.pk}/", {"found": "right", "words": "Covered for two colleagues"}
    )

    reading.refresh_from_db()
    assert empty.status_code == 200
    assert (reading.looked_by, reading.found) == (council.governance, "right")
    assert "Covered for two colleagues" in client.get("/rights/opened/").content.decode()
    assert raise_alarms(at=clock.now()) == 0
    opened(council.worker, council, 40, at=clock.now() + timedelta(minutes=5))
    assert raise_alarms(at=clock.now() + timedelta(minutes=10)) == 1


def test_nobody_looks_into_their_own_and_nobody_elsewhere_sees_it(council: Council, client: Client) -> None:
    facts: dict[str, Any] = {"role": "governance", "people": 60, "late": 0, "beyond": 0, "colleagues": 9}
    own = UnusualReading.objects.create(authority=council.authority, account=council.governance, **facts)
    elsewhere = make_user("governance", make_authority())

    with pytest.raises(NotPermitted):
        look_into_reading(reading=own, found="right", words="It was me", by=council.governance)
    with pytest.raises(NotPermitted):
        look_into_reading(reading=own, found="right", words="Not mine", by=elsewhere)
    assert sign_in(client, elsewhere).get(f"/rights/opened/many/{own.pk}/").status_code == 404
    own.refresh_from_db()
    assert own.looked_at is None


def test_the_page_costs_the_same_for_many(
    council: Council, client: Client, django_assert_max_num_queries: Any
) -> None:
    make_person(council.authority)
    for number in range(12):
        account = make_user("caseworker", council.authority, service=council.service)
        UnusualReading.objects.create(
            authority=council.authority, account=account, role="caseworker", people=40 + number, late=0, beyond=0,
            colleagues=9,
        )  # fmt: skip
    sign_in(client, council.governance)

    with django_assert_max_num_queries(25):
        client.get("/rights/opened/")
