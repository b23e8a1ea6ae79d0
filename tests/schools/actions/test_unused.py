"""An account nobody uses is warned, then closes by itself; whoever came back stays."""

from datetime import date, datetime, timedelta

import pytest

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from neet.clock import LONDON
from neet.messages.models import Message
from schools.actions.people import reopen_account
from schools.actions.unused import close_unused_accounts
from tests.factories import make_authority, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
LONG_AGO = datetime(2025, 1, 7, 9, tzinfo=LONDON)


@pytest.fixture
def today(monkeypatch):
    def moved(day: date) -> dict[str, int]:
        monkeypatch.setenv("DJANGO_NOW", f"{day}T03:00")
        return close_unused_accounts(day=day)

    monkeypatch.setenv("DJANGO_NOW", f"{TODAY}T03:00")
    return moved


@pytest.fixture
def authority(today):
    return make_authority()


def account(role: str, authority, *, used: datetime | None, **about) -> User:
    user = make_user(role, authority, **about)
    User.objects.filter(pk=user.pk).update(created_at=LONG_AGO, last_login=used)
    return user


def is_open(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_active


def days_ago(days: int) -> datetime:
    return datetime(2026, 11, 22, 2, tzinfo=LONDON) - timedelta(days=days)


def test_whoever_does_not_come_is_warned_and_closed_a_fortnight_later(authority, today):
    keeper = account("mi_officer", authority, used=days_ago(1))
    never = account("caseworker", authority, used=None)
    long = account("caseworker", authority, used=days_ago(167))
    lately = account("caseworker", authority, used=days_ago(160))

    assert today(TODAY) == {"warned": 2, "closed": 0}
    assert today(TODAY + timedelta(days=1)) == {"warned": 0, "closed": 0}
    assert today(TODAY + timedelta(days=13)) == {"warned": 1, "closed": 0}, "the third one's turn"
    assert today(TODAY + timedelta(days=14)) == {"warned": 0, "closed": 2}

    assert [is_open(each) for each in (keeper, never, long, lately)] == [True, False, False, True]
    warned = Message.objects.filter(template="account_unused").values_list("recipient_id", flat=True)
    assert sorted(warned) == sorted([never.pk, long.pk, lately.pk])
    events = AuditEvent.objects.filter(kind="accounts.account_deactivated", user_id=None)
    assert {event.counts["account"] for event in events} == {never.pk, long.pk}


def test_whoever_signs_in_after_the_warning_stays_and_is_warned_anew_next_time(authority, today):
    account("mi_officer", authority, used=days_ago(1))
    worker = account("caseworker", authority, used=None)
    today(TODAY)
    User.objects.filter(pk=worker.pk).update(last_login=days_ago(-1))

    assert today(TODAY + timedelta(days=20)) == {"warned": 0, "closed": 0}
    User.objects.filter(email__contains="@").exclude(pk=worker.pk).update(last_login=days_ago(-180))
    assert today(TODAY + timedelta(days=190)) == {"warned": 1, "closed": 0}
    assert is_open(worker)


def test_what_was_opened_again_stays_open_though_nobody_has_come_yet(authority, today):
    keeper = account("mi_officer", authority, used=days_ago(1))
    worker = account("caseworker", authority, used=None)
    today(TODAY)
    today(TODAY + timedelta(days=14))
    assert not is_open(worker)

    reopen_account(user=worker, why="Back from leave", by=keeper)

    assert today(TODAY + timedelta(days=15)) == {"warned": 0, "closed": 0}
    assert is_open(worker)


def test_the_last_one_who_looks_after_accounts_stays(authority, today):
    only = account("mi_officer", authority, used=None)

    today(TODAY)
    assert today(TODAY + timedelta(days=14)) == {"warned": 0, "closed": 0}

    assert is_open(only)


def test_a_council_may_say_never(authority, today, settings):
    settings.UNUSED_ACCOUNT_DAYS = 0
    worker = account("caseworker", authority, used=None)

    assert today(TODAY) == {"warned": 0, "closed": 0}
    assert is_open(worker)
