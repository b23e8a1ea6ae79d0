"""The pages of both councils: each opens its own people only, and of the other's reads what is handed over."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.factories import make_authority, make_person, make_user, sign_in
from tests.pdf import text_of
from tests.tracking.moves.conftest import HERE, OUTSIDE, THERE, TODAY, Councils
from tracking.moves.actions.answering import accept
from tracking.moves.actions.nightly import late_moves
from tracking.moves.actions.proposing import propose
from tracking.moves.models import Move
from tracking.moves.statements import Moving
from tracking.register.models import Task, YoungPerson

MOVED = {"on_day": "9", "on_month": "11", "on_year": "2026", "evidence": "family"}


@pytest.fixture
def ours(councils: Councils) -> Client:
    return sign_in(Client(), councils.officer)


@pytest.fixture
def theirs(councils: Councils) -> Client:
    return sign_in(Client(), councils.other)


def proposed(councils: Councils, la: str = THERE) -> Move:
    return propose(person=councils.person, moving=Moving(la, TODAY, "family"), by=councils.officer)


def page(client: Client, name: str, *parts: object) -> str:
    answer = client.get(reverse(name, args=parts))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_proposed_here_and_accepted_there(councils, filled, ours, theirs) -> None:
    ours.post(reverse("propose_move", args=[filled.ref]), {"la": THERE, **MOVED})
    move = Move.objects.get()

    assert "Marsh-Tregenza" in page(theirs, "moves")
    read = page(theirs, "move", move.pk)
    assert "4 Mill Lane" in read
    assert "Said in confidence" not in read
    assert theirs.get(reverse("person", args=[filled.ref])).status_code == 404
    assert "Accept the move" in page(theirs, "accept_move", move.pk)
    answer = theirs.post(reverse("accept_move", args=[move.pk]), {"existing": "new"})

    new = YoungPerson.objects.of(councils.there).get()
    assert answer.url == reverse("person", args=[new.ref])
    assert "Moves between councils" in page(theirs, "person", new.ref)
    assert ours.get(reverse("person", args=[new.ref])).status_code == 404
    assert "Accepted" in page(ours, "move", move.pk)


@pytest.mark.parametrize("name", ["move", "accept_move", "move_accepted_there", "move_record_came"])
def test_who_is_neither_council_finds_nothing(councils, name) -> None:
    move = proposed(councils)
    strangers = [make_user("tracking_officer", make_authority()), make_user("caseworker", councils.here)]

    for stranger in strangers:
        assert sign_in(Client(), stranger).get(reverse(name, args=[move.pk])).status_code == 404


def test_the_council_they_leave_cannot_accept(councils, ours) -> None:
    move = proposed(councils)

    assert ours.get(reverse("accept_move", args=[move.pk])).status_code == 404
    assert ours.post(reverse("accept_move", args=[move.pk]), {"existing": "new"}).status_code == 404


def test_who_is_restricted_meanwhile_is_gone_from_the_other_council(councils, theirs) -> None:
    move = proposed(councils)
    YoungPerson.objects.filter(pk=councils.person.pk).update(restricted_on=TODAY, restricted_reason="Refuge")

    assert theirs.get(reverse("move", args=[move.pk])).status_code == 404
    assert "Marsh-Tregenza" not in page(theirs, "moves")


def test_a_request_names_nobody_to_who_asks(councils, ours, theirs) -> None:
    theirs.post(
        reverse("ask_by_number"),
        {
            "la": HERE, "number": councils.person.young_person_id, **MOVED,
            "born_on_day": "4", "born_on_month": "5", "born_on_year": "2009",
        },
    )  # fmt: skip
    move = Move.objects.get()

    assert move.person == councils.person
    for read in (page(theirs, "move", move.pk), page(theirs, "moves")):
        assert "Marsh-Tregenza" not in read
        assert councils.person.young_person_id in read
    assert "Marsh-Tregenza" in page(ours, "move", move.pk)
    ours.post(reverse("hand_over_move", args=[move.pk]))
    assert "Marsh-Tregenza" in page(theirs, "move", move.pk)


def test_a_query_and_its_answer_stand_in_the_course(councils, ours, theirs) -> None:
    move = proposed(councils)
    theirs.post(reverse("say_of_move", args=[move.pk, "query"]), {"words": "Which school?"})
    assert "Which school?" in page(ours, "move", move.pk)

    ours.post(reverse("say_of_move", args=[move.pk, "answer"]), {"words": "Hilltop"})

    assert "Hilltop" in page(theirs, "move", move.pk)
    empty = theirs.post(reverse("say_of_move", args=[move.pk, "query"]), {"words": ""})
    assert "Enter an answer" in empty.content.decode()
    assert theirs.get(reverse("say_of_move", args=[move.pk, "withdraw"])).status_code == 404
    assert theirs.get(reverse("say_of_move", args=[move.pk, "nonsense"])).status_code == 404


def test_the_hand_over_for_a_council_elsewhere_holds_what_is_agreed(councils, filled, ours) -> None:
    move = proposed(councils, OUTSIDE)

    answer = ours.post(reverse("move_file", args=[move.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cover = b"".join(ours.post(reverse("move_cover", args=[move.pk])).streaming_content)

    headings, row = list(book["Record"].iter_rows(values_only=True))
    said = dict(zip(headings, row, strict=True))
    assert (said["YoungPersonsID"], said["ActivityCode"]) == (filled.young_person_id, "230")
    assert (said["TransferredToLACode"], said["CharacteristicCode"]) == (OUTSIDE, "110, 140")
    assert len(list(book["How to reach them"].iter_rows())) == 3
    written = text_of(cover)
    assert "Marsh-Tregenza" in written
    assert "Said in confidence" not in written
    assert AuditEvent.objects.filter(kind="moves.hand_over_taken_away", subjects=[filled.pk]).count() == 2
    ours.post(
        reverse("move_accepted_there", args=[move.pk]),
        {"on_day": "20", "on_month": "11", "on_year": "2026", "words": "By letter"},
    )
    assert YoungPerson.objects.get(pk=filled.pk).cohort_status == "T"
    assert ours.post(reverse("move_file", args=[move.pk])).status_code == 404


def test_a_late_move_is_late_on_both_sides_and_leads_there_from_the_tasks(
    councils, ours, theirs, monkeypatch
) -> None:
    move = proposed(councils)
    Move.objects.update(asked_at="2026-11-01T09:00Z")
    late_moves(day=TODAY)

    for client, council in ((ours, councils.here), (theirs, councils.there)):
        assert "Late" in page(client, "move", move.pk)
        task = Task.objects.get(kind="move_late", authority=council)
        assert reverse("move_task", args=[task.pk]) in page(client, "tasks")
        assert client.get(reverse("move_task", args=[task.pk])).url == reverse("move", args=[move.pk])
    other = Task.objects.get(kind="move_late", authority=councils.here)
    assert theirs.get(reverse("move_task", args=[other.pk])).status_code == 404


def test_a_hundred_moves_take_as_many_statements_as_one(
    councils, ours, django_assert_max_num_queries
) -> None:
    def statements() -> int:
        with django_assert_max_num_queries(25) as asked:
            page(ours, "moves")
        return len(asked)

    proposed(councils)
    statements()  # the rules of the day are read once
    few = statements()
    for number in range(30):
        person = make_person(councils.here, given_name=f"Ann{number}")
        propose(person=person, moving=Moving(THERE, TODAY, "family"), by=councils.officer)

    assert statements() == few


def test_the_page_of_a_move_asks_little(councils, filled, theirs, django_assert_max_num_queries) -> None:
    move = proposed(councils)

    with django_assert_max_num_queries(25):
        page(theirs, "move", move.pk)
    with django_assert_max_num_queries(25):
        page(theirs, "accept_move", move.pk)


def test_what_was_settled_is_found_among_the_settled(councils, ours) -> None:
    accept(move=proposed(councils), by=councils.other)

    assert "No move is open" in page(ours, "moves")
    assert "Marsh-Tregenza" in ours.get(reverse("moves") + "?state=settled").content.decode()
