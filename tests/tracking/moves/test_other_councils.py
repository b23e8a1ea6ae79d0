"""Other councils answer whether they lead for somebody, and nothing else; only where both agreed, and never of all."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from neet import clock
from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_authority, make_person, make_residence, make_user, sign_in
from tests.tracking.moves.conftest import TODAY, Councils
from tests.tracking.moves.made import make_move
from tracking.moves.actions.agreements import agree, end, offer
from tracking.moves.actions.asking import Told, ask_councils, refuse_guess
from tracking.moves.kinds import Kind
from tracking.moves.models import CouncilAgreement
from tracking.moves.queries.elsewhere import held_elsewhere
from tracking.moves.queries.newcomers import newcomers
from tracking.moves.statements import Wanted
from tracking.reference.models import ReferenceRow
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.models import UseLimited

BORN = date(2009, 5, 4)
UPN = "B801200005001"


def asked(councils: Councils, **said: object) -> tuple[Told, ...]:
    """What the other council's officer is told."""
    named = {
        "given_name": "Quilla",
        "family_name": "Marsh-Tregenza",
        "born_on": BORN,
        "why": "New at our school",
    }
    return ask_councils(authority=councils.there, wanted=Wanted(**{**named, **said}), by=councils.other)


def test_the_council_and_a_broad_status_are_told(councils, agreed) -> None:
    make_activity(councils.person, "619", date(2026, 11, 1), verified_on=date(2026, 11, 2))

    assert asked(councils) == (Told("Orchard County Council", "Not in learning or work"),)


def test_custody_is_not_told(councils, agreed) -> None:
    make_activity(councils.person, "710", date(2026, 11, 1), verified_on=date(2026, 11, 2))

    assert asked(councils)[0].status == "It is known what they do"


def test_accents_capitals_and_the_number_find_them_too(councils, agreed) -> None:
    YoungPerson.objects.filter(pk=councils.person.pk).update(upn=UPN)

    assert asked(councils, given_name="QUILLÁ", family_name="MARSH-TREGENZA")
    assert asked(councils, given_name="Quila", upn=UPN)


@pytest.mark.parametrize(
    "said",
    [
        {"born_on": date(2009, 5, 5)},
        {"given_name": "Quentin"},
        {"family_name": "Marsh"},
    ],
)
def test_whoever_only_resembles_them_is_not_known(councils, agreed, said) -> None:
    assert asked(councils, **said) == ()


def test_two_of_one_name_and_birthday_are_nobody(councils, agreed) -> None:
    make_person(councils.here, given_name="Quilla", family_name="Marsh-Tregenza", date_of_birth=BORN)

    assert asked(councils) == ()


def test_nobody_nobody_told_of_and_no_agreement_are_one_answer(councils, agreed) -> None:
    """The same words by the same statements, so that neither says that there is somebody."""
    client = sign_in(Client(), councils.other)
    answers, statements = set(), set()

    def ask(family_name: str) -> None:
        parts = {"born_on_day": "4", "born_on_month": "5", "born_on_year": "2009", "why": "New"}
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            answer = client.post(
                reverse("other_councils"), {"given_name": "Quilla", "family_name": family_name, **parts}
            )
        read = answer.content.decode().replace(family_name, "").partition("csrfmiddlewaretoken")
        answers.add(read[0])
        statements.add(len(asked_for))

    ask("Marsh-Nobody")
    answers.clear()  # the rules of the day are read once
    statements.clear()
    ask("Marsh-Nobody")
    YoungPerson.objects.filter(pk=councils.person.pk).update(restricted_on=TODAY, restricted_reason="Refuge")
    ask("Marsh-Tregenza")
    YoungPerson.objects.filter(pk=councils.person.pk).update(
        restricted_on=None, restricted_reason="", cohort_status="T", cohort_status_on=TODAY
    )
    ask("Marsh-Tregenza")
    assert len(statements) == 1
    YoungPerson.objects.filter(pk=councils.person.pk).update(cohort_status="P", cohort_status_on=None)
    CouncilAgreement.objects.update(agreed_at=None)
    ask("Marsh-Tregenza")

    assert len(statements) == 1
    assert all("Known to another council" not in each for each in answers)


@pytest.mark.parametrize("name", ["Quil*", "Q%", "_____", "Q", "Quilla?", "", "Qu1lla"])
def test_part_of_a_name_is_no_question(name) -> None:
    with pytest.raises(NotRight):
        refuse_guess(Wanted(name, "Marsh", BORN, "New"))


@pytest.mark.parametrize(
    "name", ["Quilla", "Marsh-Tregenza", "O’Hara", "Van der Berg", "Zoë", "Bo", "D'Arcy"]
)
def test_a_whole_name_is_one(name) -> None:
    refuse_guess(Wanted(name, "Marsh", BORN, "New"))


def test_too_many_questions_within_an_hour_are_refused(councils, agreed) -> None:
    rows = ReferenceRow.objects.filter(table="limits", key="questions_an_hour")
    rows.update(values={**rows.get().values, "value": "2"})

    asked(councils)
    asked(councils)
    with pytest.raises(NotRight, match="2 questions within an hour"):
        asked(councils)


def test_each_question_stands_in_both_trails(councils, agreed) -> None:
    asked(councils)

    here, there = (AuditEvent.objects.get(kind=kind) for kind in (Kind.ASKED_ABOUT, Kind.COUNCILS_ASKED))
    assert (here.authority_id, here.subjects, here.why) == (
        councils.here.pk, [councils.person.pk], "New at our school",
    )  # fmt: skip
    assert (there.authority_id, there.subjects, there.user_id) == (councils.there.pk, [], councils.other.pk)
    read = sign_in(Client(), councils.officer).get(reverse("asked_of_us")).content.decode()
    assert "Quilla Marsh-Tregenza" in read
    assert "Chalk Council" in read
    assert (
        "Nobody has asked" in sign_in(Client(), councils.other).get(reverse("asked_of_us")).content.decode()
    )


def test_who_asks_needs_the_right_to(councils, agreed) -> None:
    with pytest.raises(NotPermitted):
        ask_councils(
            authority=councils.there,
            wanted=Wanted("Quilla", "Marsh", BORN, "New"),
            by=make_user("manager", councils.there),
        )


def test_newcomers_another_council_leads_for_are_found_in_one_go(councils, agreed) -> None:
    third = make_authority()
    ours = [make_person(councils.there, given_name=f"Nobody{chr(97 + each)}") for each in range(20)]
    same = make_person(councils.there, given_name="Quilla", family_name="Marsh-Tregenza", date_of_birth=BORN)
    make_person(third, given_name="Quilla", family_name="Marsh-Tregenza", date_of_birth=BORN)
    make_residence(same)

    with CaptureQueriesContext(connection) as asked_for:
        found = held_elsewhere([each.pk for each in [*ours, same]], authority_id=councils.there.pk, on=TODAY)

    assert [(each.row, each.authority_id, each.person_id) for each in found] == [
        (same.pk, councils.here.pk, councils.person.pk)
    ]
    assert len(asked_for) <= 6


def test_newcomers_are_asked_about_on_a_page_and_stand_in_both_trails(councils, agreed, monkeypatch) -> None:
    client = sign_in(Client(), councils.other)
    url = reverse("newcomers_elsewhere")
    since = {"since_day": "1", "since_month": "11", "since_year": "2026"}
    assert "Nobody is new" in client.post(url, since).content.decode()
    nobody = make_person(councils.there, given_name="Nobody")
    assert "1 newcomer was asked about" in client.post(url, since).content.decode()
    said = {"given_name": "Quilla", "family_name": "Marsh-Tregenza", "date_of_birth": BORN}
    same = make_person(councils.there, **said)
    here = client.post(url, since).content.decode()
    assert "1 young person of 2 asked about" in here
    assert "Orchard County Council" in here
    assert reverse("ask_for_record", args=[same.ref]) in here

    looked_up = AuditEvent.objects.filter(kind=Kind.LOOKED_UP).latest("pk")
    assert (sorted(looked_up.subjects), looked_up.counts) == (
        sorted([nobody.pk, same.pk]),
        {"asked": 2, "known": 1},
    )
    told = AuditEvent.objects.get(kind=Kind.ASKED_ABOUT)
    assert (told.authority_id, told.subjects, told.user_id) == (
        councils.here.pk, [councils.person.pk], councils.other.pk
    )  # fmt: skip
    assert "New on the register there" in (
        sign_in(Client(), councils.officer).get(reverse("asked_of_us")).content.decode()
    )
    assert sign_in(Client(), make_user("manager", councils.there)).get(url).status_code == 404


def test_newcomers_are_ours_without_a_move_and_may_be_used(councils) -> None:
    def new(**said: object) -> YoungPerson:
        return make_person(councils.there, **said)

    kept, _ = new(), new(cohort_status="T", cohort_status_on=TODAY, transferred_to_la="330")
    new(restricted_on=TODAY, restricted_reason="Refuge")
    make_move(new(), to_la="330")
    UseLimited.objects.create(person=new(), why="disputed", starts_on=TODAY)
    arrived = new()
    make_move(councils.person, to_authority=councils.there, to_la="825", new_person=arrived)
    yesterday = clock.now() - timedelta(days=1)
    YoungPerson.objects.filter(pk=new().pk).update(created_at=yesterday - timedelta(days=1))

    assert list(newcomers(councils.there, yesterday, councils.other, TODAY)) == [kept.pk]
    assert list(newcomers(councils.there, yesterday, councils.officer, TODAY)) == []


def test_an_agreement_stands_once_both_have_agreed_and_ends_by_either(councils) -> None:
    ours, theirs = (make_user("governance", council) for council in (councils.here, councils.there))

    made = offer(authority=councils.here, other=councils.there, by=ours)
    assert asked(councils) == ()
    with pytest.raises(NotRight):
        agree(agreement=made, authority=councils.here, by=ours)
    with pytest.raises(NotPermitted):
        agree(agreement=made, authority=councils.there, by=councils.other)
    agree(agreement=made, authority=councils.there, by=theirs)
    assert asked(councils)
    end(agreement=made, authority=councils.here, by=ours)
    assert asked(councils) == ()
    again = offer(authority=councils.there, other=councils.here, by=theirs)
    assert offer(authority=councils.here, other=councils.there, by=ours) == again
    assert asked(councils)


def test_governance_offers_agrees_and_ends_on_its_page(councils) -> None:
    ours, theirs = (
        sign_in(Client(), make_user("governance", council)) for council in (councils.here, councils.there)
    )
    page = reverse("council_agreements")

    assert "No agreement yet" in ours.get(page).content.decode()
    ours.post(page, {"other": councils.there.pk})
    made = CouncilAgreement.objects.get()
    assert "Waits for you to agree" in theirs.get(page).content.decode()
    theirs.post(reverse("agree_with_council", args=[made.pk]))
    assert "Both answer" in ours.get(page).content.decode()
    ours.post(reverse("end_with_council", args=[made.pk]))
    assert "Ended" in theirs.get(page).content.decode()
    stranger = sign_in(Client(), make_user("governance", make_authority()))
    assert stranger.post(reverse("end_with_council", args=[made.pk])).status_code == 404
