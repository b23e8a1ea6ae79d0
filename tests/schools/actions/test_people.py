"""Places given, changed and ended; accounts closed: each on record, and each refusal."""

from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from neet.accounts.actions import add_app, remember_device
from neet.accounts.queries import remembered_device
from neet.accounts.scope import Place, scope_of
from neet.audit.models import AuditEvent
from neet.jobs.actions import submit, take
from neet.jobs.models import Job
from neet.jobs.work import NoLongerMine
from schools.actions.invitations import NotUsable, accept_with_new_account, hash_of, invite
from schools.actions.people import (
    Refused,
    change_place,
    close_account,
    end_place,
    give_place,
    reopen_account,
    take_second_step_away,
)
from schools.actions.tokens import make_token
from schools.models import Membership
from schools.rules.placing import Terms
from tests.factories import make_authority, make_district, make_school, make_service, make_user
from tests.mailbox import invitation_token, newest
from tests.neet.accounts.signing_in import SECRET

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T10:00")


@pytest.fixture
def authority():
    return make_authority()


@pytest.fixture
def mi(authority):
    return make_user("mi_officer", authority)


def test_give_place_is_on_record(authority, mi):
    user = make_user("caseworker", authority)

    held = give_place(
        user=user,
        place=Place("governance", authority.pk),
        terms=Terms(TODAY, date(2026, 12, 31), False),
        by=mi,
    )

    event = AuditEvent.objects.get(kind="schools.place_given")
    assert (event.user_id, event.counts) == (mi.pk, {"account": user.pk})
    assert (held.ends_on, held.can_submit) == (date(2026, 12, 31), False)


@pytest.mark.parametrize("role", ["governance", "system_admin", "tracking_officer"])
def test_nobody_raises_their_own_role(authority, mi, role):
    with pytest.raises(Refused, match="your own role"):
        give_place(user=mi, place=Place(role, authority.pk), terms=Terms(TODAY), by=mi)


def test_nobody_changes_their_own_place(mi):
    with pytest.raises(Refused, match="your own role"):
        change_place(membership=mi.memberships.get(), terms=Terms(TODAY), by=mi)


def test_no_place_is_given_in_another_council(mi):
    with pytest.raises(Refused, match="another council"):
        give_place(
            user=make_user(), place=Place("caseworker", make_authority().pk), terms=Terms(TODAY), by=mi
        )


def test_a_district_of_another_council_is_refused(authority, mi):
    elsewhere = make_district(make_authority())

    with pytest.raises(Refused, match="belongs to another council"):
        give_place(
            user=make_user(), place=Place("district_lead", authority.pk, district_id=elsewhere.pk),
            terms=Terms(TODAY), by=mi,
        )  # fmt: skip


def test_end_place_holds_until_the_end_of_its_last_day(authority, mi):
    user = make_user("tracking_officer", authority)

    end_place(membership=user.memberships.get(), on=TODAY, by=mi)

    assert scope_of(user, on=TODAY).places
    user.kept_scope = None
    assert not scope_of(user, on=date(2026, 11, 23)).places


def test_a_place_that_never_began_goes(authority, mi):
    user = make_user("tracking_officer", authority, starts_on=date(2027, 1, 4))

    end_place(membership=user.memberships.get(), on=TODAY, by=mi)

    assert not Membership.objects.filter(user=user).exists()


def test_the_last_data_officer_of_a_council_stays(authority, mi):
    admin = make_user("system_admin")

    with pytest.raises(Refused, match="Nobody else"):
        end_place(membership=mi.memberships.get(), on=TODAY, by=admin)
    with pytest.raises(Refused, match="Nobody else"):
        close_account(user=mi, why="left", by=admin)
    with pytest.raises(Refused, match="Nobody else"):
        change_place(membership=mi.memberships.get(), terms=Terms(date(2020, 1, 1), TODAY), by=admin)

    make_user("mi_officer", authority)
    close_account(user=mi, why="left", by=admin)
    assert not mi.is_active


def test_a_closed_account_does_not_count_as_somebody_left(authority, mi):
    gone = make_user("mi_officer", authority, is_active=False)
    assert gone.memberships.exists()

    with pytest.raises(Refused, match="Nobody else"):
        close_account(user=mi, why="left", by=make_user("system_admin"))


def test_closing_an_account_ends_what_is_open_at_once(authority, mi, signed_in):
    user = make_user("tracking_officer", authority)
    browser = signed_in(user)
    assert browser.get(reverse("reference")).status_code == 200

    close_account(user=user, why="left the council", by=mi)

    after = browser.get(reverse("reference"))
    assert (after.status_code, after.url.split("?")[0]) == (302, reverse("account_login"))
    assert AuditEvent.objects.filter(kind="accounts.account_deactivated", why="left the council").exists()


def test_who_also_works_elsewhere_keeps_the_account(authority, mi):
    user = make_user("school_user", authority, establishment=make_school())
    Membership.objects.create(
        user=user,
        role="school_user",
        authority=make_authority(),
        establishment=make_school(),
        starts_on=TODAY,
    )

    with pytest.raises(Refused, match="another council"):
        close_account(user=user, why="left", by=mi)


def test_nobody_takes_away_their_own_second_step_or_that_of_somebody_who_also_works_elsewhere(authority, mi):
    user = make_user("caseworker", authority, service=make_service(authority))
    Membership.objects.create(user=user, role="governance", authority=make_authority(), starts_on=TODAY)
    add_app(user=user, secret=SECRET)

    with pytest.raises(Refused, match="also works for another council"):
        take_second_step_away(user=user, why="asked", by=mi)
    with pytest.raises(Refused, match="your own account"):
        take_second_step_away(user=mi, why="asked", by=mi)
    assert user.authenticator_set.exists()

    take_second_step_away(user=user, why="rang her desk", by=make_user("system_admin"))
    assert not user.authenticator_set.exists()
    told = newest(user.email)
    assert "you are signed out everywhere" in told
    assert "rang her desk" not in told


def test_reopen_account_lets_them_back_in(authority, mi):
    user = make_user("tracking_officer", authority, is_active=False)

    reopen_account(user=user, why="came back", by=mi)

    user.refresh_from_db()
    assert user.is_active


def test_closing_an_account_ends_sessions_devices_invitations_and_running_work_at_once(
    authority, mi, signed_in
):
    """T10: what somebody began does not go on, and nothing is handed to them."""
    leaver = make_user("mi_officer", authority)
    client = signed_in(leaver)
    assert client.get(reverse("colleagues")).status_code == 200
    device = remember_device(user=leaver, browser="Edge")
    asked = {
        "kind": next(iter(settings.JOB_KINDS)),
        "by": leaver,
        "authority_id": authority.pk,
        "payload": {},
    }
    waiting, running = submit(**asked), submit(**asked)
    work = take(job_id=running.pk)
    invite(name="New", email="new@example.org", place=Place("governance", authority.pk), by=leaver)
    token = invitation_token("new@example.org")

    close_account(user=leaver, why="left", by=mi)

    assert client.get(reverse("colleagues")).url.startswith(reverse("account_login"))
    assert not leaver.sessions.exists()
    assert remembered_device(leaver, device) is None
    assert {Job.objects.get(pk=job.pk).state for job in (waiting, running)} == {Job.State.CANCELLED}
    with pytest.raises(NoLongerMine), transaction.atomic():
        work.still_mine()
    with pytest.raises(NotUsable):
        accept_with_new_account(token_hash=hash_of(token), name="New", password="three unrelated words")


def test_closing_a_programs_account_ends_its_token(authority, client):
    admin = make_user("system_admin")
    made = make_token(name="Warehouse", place=Place("mi_officer", authority.pk), days=30, by=admin)
    bearer = {"Authorization": f"Bearer {made.secret}"}
    assert client.get(reverse("api_me"), headers=bearer).status_code == 200

    close_account(user=made.token.membership.user, why="not needed", by=admin)

    assert client.get(reverse("api_me"), headers=bearer).status_code == 401
