"""The demonstration shows every state of the board, somebody in every queue, and some of everything there is."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from neet.accounts.actions import DEMONSTRATION_DOMAIN
from neet.accounts.models import Installation, User
from neet.accounts.roles import ROLES
from neet.files.actions import store
from neet.messages.models import Message
from returns.board import queries
from returns.board.queries import STANDINGS, Wanted
from returns.calendar.models import Collection, ExpectedReturn, Notice
from returns.exchange.queries import parcels_of
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake, UploadLink
from returns.intake.papers import template_of
from returns.intake.queries.matches import waiting
from returns.surveys.many.queries.board import standing, surveys_of
from schools.models import Membership
from tracking.register.models import (
    AccessGrant,
    Claim,
    Confirmation,
    Consent,
    FormerName,
    Guarantee,
    Note,
    Objection,
    Responsibility,
    Situation,
    Task,
    YoungPerson,
)
from tracking.seeding.actions import Invention, invent

ON = date(2026, 11, 20)
BELONG_TO_NOBODY = (".example", ".example.org")  # ends of addresses that are kept for examples (RFC 2606)


class Undone(Exception):
    pass


@pytest.fixture(scope="module")
def small(
    django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")),
    ):
        patch.setenv("DJANGO_NOW", "2026-11-20T10:00")
        try:
            with transaction.atomic():
                invent(Invention(size="small", seed=1, on=ON, open_doors=True))
                yield
                raise Undone
        except Undone:
            pass


@pytest.fixture
def officer(small, db) -> User:
    return User.objects.filter(memberships__role="tracking_officer").earliest("pk")


def test_every_standing_of_the_board_has_somebody(officer):
    rows = queries.board(officer, Wanted(), ON)
    standings = Counter(row.standing for row in rows)

    assert set(standings) >= set(STANDINGS) - {queries.SENT_BACK}
    assert any(row.is_late for row in rows)


def test_our_file_sent_back_unfilled_has_no_errors_at_any_kind_of_place(officer):
    of_a_kind = {}
    asked = ExpectedReturn.objects.exclude(establishment=None).select_related("collection__authority")
    for expected in asked.order_by("pk"):
        if expected.establishment.kind not in of_a_kind:
            paper = template_of(expected, "pupils")
            if paper.people:
                of_a_kind[expected.establishment.kind] = expected, paper

    assert of_a_kind.keys() >= {"school", "college", "sixth_form_college", "special_college", "provider"}
    for expected, paper in of_a_kind.values():
        authority_id = expected.collection.authority_id
        file = store(
            source=[paper.content], name=paper.name, purpose="return", by=officer, authority_id=authority_id
        )
        intake = check(intake=begin_with_file(expected=expected, file=file, by=officer), by=officer)
        wrong = set(intake.problems.exclude(severity="note").values_list("severity", "kind"))
        assert intake.counts["rows"] == len(paper.people)
        assert wrong <= {("query", "wanted")}, "only what stands empty is asked for"


def test_rows_wait_for_somebody_to_say_who_they_are(officer):
    assert waiting(officer).count() >= 2


def test_a_return_is_half_mended(officer):
    intake = Intake.objects.filter(state="checked", channel="file").earliest("pk")

    assert intake.problems.filter(severity="error").exists()
    assert intake.rows.exclude(fixed={}).count() == 1


def test_something_is_due_next_week_at_the_accounts_of_the_demonstration(officer):
    places = Membership.objects.filter(role__in=["school_user", "college_user"]).values("establishment")
    due = ExpectedReturn.objects.filter(establishment__in=places, sent_at=None).order_by("collection__due_on")

    assert [each for each in due if ON < each.collection.due_on <= date(2026, 11, 27)]


def test_it_was_asked_for_when_it_opened_and_reminded_since(officer):
    for collection in Collection.objects.filter(expected__notices__kind="issued").distinct():
        days = Notice.objects.filter(expected__collection=collection, kind="issued").values_list(
            "day", flat=True
        )
        assert set(days) == {collection.opens_on}
    assert Notice.objects.filter(kind="reminder").exists()
    assert Notice.objects.filter(kind="late").exists()


def test_nobody_real_is_written_to(officer):
    people = Message.objects.filter(recipient_kind="user").values("recipient_id")
    addresses = User.objects.filter(pk__in=people).values_list("email", flat=True)

    assert DEMONSTRATION_DOMAIN in {each.rpartition("@")[2] for each in addresses}
    assert [each for each in addresses if not each.endswith(BELONG_TO_NOBODY)] == []


def test_files_wait_some_were_collected_and_a_school_named_whom_it_worries_about(officer):
    parcels = {each.title: each for each in parcels_of(officer)}

    terms = parcels["Term dates for your returns"]
    assert 0 < terms.collected < terms.asked
    assert parcels["Contact list"].withdrawn_at
    assert UploadLink.objects.filter(withdrawn_at=None).exists()
    sent = Intake.objects.get(type="potential_neet", state="confirmed")
    assert sent.counts["records"] > 0


def test_a_survey_is_under_way_and_last_summers_is_over(officer):
    spring, summer = surveys_of(officer)

    for survey, least in ((spring, 60), (summer, 15)):
        stands = standing(survey, ON)
        assert stands.answered >= least
        assert stands.doubtful
        assert stands.unknown
        assert stands.waiting == 0
    assert {each.kind for each in (spring, summer)} == {"what_next", "results_day"}
    assert Consent.objects.filter(withdrawn_on=None).count() > 20
    assert Task.objects.filter(kind="survey_help", done_at=None).exists()


@pytest.mark.usefixtures("small", "db")
@pytest.mark.parametrize(
    "rows",
    [
        AccessGrant,
        Claim,
        Confirmation,
        FormerName,
        Guarantee,
        Note,
        Objection,
        Responsibility,
        Situation,
        Task,
    ],
)
def test_small_has_some_of_everything(rows):
    assert rows.objects.exists()


@pytest.mark.usefixtures("small", "db")
def test_small_has_an_account_for_every_role():
    assert set(Membership.objects.values_list("role", flat=True)) == set(ROLES)
    assert Installation.objects.get().is_demonstration
    assert not any(user.has_usable_password() for user in User.objects.all())


@pytest.mark.usefixtures("small", "db")
def test_small_has_edges_and_mistakes():
    wanted = {
        "no postcode": "residences__postcode",
        "no ethnicity": "ethnicity",
        "no gender": "gender",
        "no level of need": "level_of_need",
    }
    people = YoungPerson.objects
    for mistake, column in wanted.items():
        assert people.filter(**{column: ""}).exists(), mistake
    assert people.filter(date_of_birth=None).exists()
    assert people.filter(date_of_birth__in=[date(2010, 8, 31), date(2010, 9, 1)]).count() >= 2
    assert people.filter(date_of_birth=date(2012, 2, 29)).exists()
    assert set(people.values_list("cohort_status", flat=True)) >= set("PATE")
    assert people.filter(restricted_on__isnull=False).exists()


@pytest.mark.usefixtures("small", "db")
def test_small_stands_as_a_county_does():
    measured = Situation.objects.filter(
        person__cohort_status="P", person__date_of_birth__range=(date(2008, 9, 1), date(2010, 8, 31))
    )
    neet = measured.filter(neet_since_on__isnull=False).count() / measured.count()
    not_known = measured.filter(code__startswith="8").count() / measured.count()

    assert 0.02 < neet < 0.06
    assert 0.01 < not_known < 0.06
