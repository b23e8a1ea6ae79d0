"""Nobody is let go before the other council has them; what is handed over; and back again."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_objection, make_person, make_user, sign_in
from tests.tracking.moves.conftest import HERE, OUTSIDE, THERE, TODAY, Councils, turn_clock
from tracking.figures.actions import Month, freeze
from tracking.moves.actions.answering import accept, accepted_there, record_came, say
from tracking.moves.actions.nightly import late_moves
from tracking.moves.actions.proposing import ask_for, hand_over_asked, propose
from tracking.moves.actions.taking_back import take_back
from tracking.moves.kinds import Kind
from tracking.moves.models import Move
from tracking.moves.pack import RECORD, record
from tracking.moves.queries.handing import hand_over
from tracking.moves.statements import Moving, Named
from tracking.register.actions.cohort import set_cohort_status
from tracking.register.actions.people import change_details
from tracking.register.models import Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.statements import Standing
from tracking.rights.actions.limits import limit_use
from tracking.rights.models import UseLimited
from tracking.rules.moves import Deed, State
from tracking.state.queries import digests

MOVED = date(2026, 11, 9)


def moving(la: str = THERE, on: date = MOVED) -> Moving:
    return Moving(la, on, "address", "They showed the tenancy")


def proposed(councils: Councils, la: str = THERE) -> Move:
    return propose(person=councils.person, moving=moving(la), by=councils.officer)


def test_a_proposal_changes_nothing_of_the_register(councils, filled) -> None:
    before = digests()

    move = proposed(councils)
    say(move=move, deed=Deed.QUERY, words="Which street?", by=councils.other)
    say(move=move, deed=Deed.ANSWER, words="Mill Lane", by=councils.officer)

    assert digests() == before
    assert [(each.deed, each.side) for each in move.turns.all()] == [
        ("propose", "left"), ("query", "new"), ("answer", "left"),
    ]  # fmt: skip


def test_accepting_ends_the_one_and_begins_the_other(councils, filled) -> None:
    move = accept(move=proposed(councils), by=councils.other)

    old, new = YoungPerson.objects.get(pk=filled.pk), move.new_person
    assert (old.cohort_status, old.cohort_status_on, old.transferred_to_la) == ("T", TODAY, THERE)
    assert (new.authority, new.cohort_status, new.cohort_status_on) == (councils.there, "P", TODAY)
    assert new.previous_id == old.young_person_id
    assert len(new.previous_id) == 13
    assert new.young_person_id.startswith(THERE)
    assert not old.tasks.filter(done_at=None).exists()
    assert not old.responsibilities.filter(ends_on=None).exists()
    assert (new.situation.code, new.situation.verified_on) == ("230", date(2026, 10, 1))
    assert (new.full_name, new.la_at_year_11) == ("Quilla Marsh-Tregenza", HERE)
    assert {each.code for each in new.characteristics.all()} == {"140", "110"}
    assert new.residences.get().postcode == "ZZ1 1AA"
    assert new.guarantees.get().status == "110"
    assert new.former_names.get().family_name == "Tregenza"
    assert new.contact_points.count() == 2
    assert not new.notes.exists()
    kinds = {each.kind: each for each in AuditEvent.objects.filter(kind__startswith="moves.")}
    assert (kinds[Kind.LEFT].authority_id, kinds[Kind.LEFT].subjects) == (councils.here.pk, [old.pk])
    assert (kinds[Kind.ARRIVED].authority_id, kinds[Kind.ARRIVED].subjects) == (councils.there.pk, [new.pk])


def test_an_objection_goes_along_and_what_institutions_said_does_not(councils, filled) -> None:
    YoungPerson.objects.filter(pk=filled.pk).update(upn="B801200005001")
    make_objection(filled, made_by="young_person", made_on=date(2026, 1, 5))

    new = accept(move=proposed(councils), by=councils.other).new_person

    assert new.objections.get().made_by == "young_person"
    assert new.upn == ""
    assert [each.value for each in new.contact_points.all()] == ["07700 900123"]
    assert {each.code for each in new.characteristics.all()} == {"140"}
    assert new.activities.get().course == ""


def test_accepted_twice_is_accepted_once(councils) -> None:
    move = proposed(councils)

    accept(move=move, by=councils.other)
    accept(move=move, by=councils.other)

    assert YoungPerson.objects.of(councils.there).count() == 1


def test_who_stands_there_already_takes_over_what_is_missing(councils, filled) -> None:
    here_already = make_person(
        councils.there,
        given_name="Quilla",
        family_name="Marsh-Tregenza",
        date_of_birth=filled.date_of_birth,
        gender="",
    )
    make_activity(here_already, "210", date(2026, 11, 10))

    move = accept(move=proposed(councils), by=councils.other, existing=here_already)

    here_already.refresh_from_db()
    assert move.new_person == here_already
    assert YoungPerson.objects.of(councils.there).count() == 1
    assert (here_already.previous_id, here_already.gender) == (filled.young_person_id, "F")
    assert [each.code for each in here_already.activities.all()] == ["210"]
    assert here_already.residences.get().postcode == "ZZ1 1AA"


def test_who_comes_back_is_the_councils_own_again(councils) -> None:
    new = accept(move=proposed(councils), by=councils.other).new_person
    back = propose(person=new, moving=moving(HERE), by=councils.other)

    accept(move=back, by=councils.officer, existing=councils.person)

    old = YoungPerson.objects.get(pk=councils.person.pk)
    assert (old.cohort_status, old.transferred_to_la) == ("P", "")
    assert YoungPerson.objects.get(pk=new.pk).cohort_status == "T"


@pytest.mark.parametrize("joined", [False, True])
def test_taken_back_both_records_are_as_they_were(councils, filled, joined) -> None:
    stands = make_person(councils.there) if joined else None
    before = digests()
    move = accept(move=proposed(councils), by=councils.other, existing=stands)
    assert digests() != before

    take_back(move=move, words="Wrong child", by=councils.officer)

    assert digests() == before
    move.refresh_from_db()
    assert move.state == State.TAKEN_BACK


def test_what_has_followed_keeps_a_move(councils, filled) -> None:
    move = accept(move=proposed(councils), by=councils.other)
    new = move.new_person
    change_details(person=new, changes={"known_as": "Quill"}, version=new.version, by=councils.other)

    with pytest.raises(NotRight, match="changed since"):
        take_back(move=move, words="Wrong child", by=councils.officer)

    assert YoungPerson.objects.get(pk=filled.pk).cohort_status == "T"


def test_a_month_that_was_counted_keeps_a_move(councils, monkeypatch) -> None:
    move = accept(move=proposed(councils), by=councils.other)
    turn_clock(monkeypatch, "2026-12-03T10:00")
    freeze(month=Month(councils.there.pk, date(2026, 11, 30)), by=None)

    with pytest.raises(NotRight, match="counted since"):
        take_back(move=move, words="Wrong child", by=councils.officer)


@pytest.mark.parametrize(
    ("deed", "by", "said", "refusal"),
    [
        (Deed.WITHDRAW, "other", "", NotRight),
        (Deed.REFUSE, "officer", "No", NotRight),
        (Deed.QUERY, "other", "", NotRight),
        (Deed.ANSWER, "officer", "Mill Lane", NotRight),
        (Deed.REFUSE, "stranger", "No", NotPermitted),
    ],
)
def test_what_is_not_a_councils_turn_is_refused(councils, deed, by, said, refusal) -> None:
    move = proposed(councils)
    people = {"officer": councils.officer, "other": councils.other, "stranger": make_user()}

    with pytest.raises(refusal):
        say(move=move, deed=deed, words=said, by=people[by])

    move.refresh_from_db()
    assert move.state == State.PROPOSED


def test_only_the_other_council_accepts(councils) -> None:
    with pytest.raises(NotPermitted):
        accept(move=proposed(councils), by=councils.officer)


def test_withdrawn_it_can_no_longer_be_accepted(councils) -> None:
    move = proposed(councils)
    say(move=move, deed=Deed.WITHDRAW, by=councils.officer)

    with pytest.raises(NotRight):
        accept(move=move, by=councils.other)

    assert not YoungPerson.objects.of(councils.there).exists()


@pytest.mark.parametrize(
    ("la", "on"), [(HERE, MOVED), ("004", MOVED), ("000", MOVED), (THERE, date(2026, 11, 21))]
)
def test_a_move_goes_to_another_council_and_is_not_ahead(councils, la, on) -> None:
    with pytest.raises(NotRight):
        propose(person=councils.person, moving=moving(la, on), by=councils.officer)


def test_a_restricted_record_is_never_handed_over_here(councils) -> None:
    move = proposed(councils)
    YoungPerson.objects.filter(pk=councils.person.pk).update(restricted_on=TODAY, restricted_reason="Refuge")

    with pytest.raises(NotPermitted):
        accept(move=move, by=councils.other)
    with pytest.raises((NotRight, NotPermitted)):
        proposed(councils)


def test_one_move_is_open_at_a_time(councils) -> None:
    first = proposed(councils)

    assert proposed(councils) == first
    with pytest.raises(NotRight):
        proposed(councils, OUTSIDE)


def test_nobody_is_marked_as_moved_to_a_council_here_without_its_word(councils) -> None:
    person = councils.person
    with pytest.raises(NotRight, match="Propose the move"):
        set_cohort_status(
            person=person, standing=Standing("T", TODAY, THERE), version=person.version, by=councils.officer
        )


def test_a_council_elsewhere_answers_through_us(councils, filled) -> None:
    before = digests()
    move = proposed(councils, OUTSIDE)
    say(move=move, deed=Deed.QUERY, words="They asked for the school", by=councils.officer)
    assert YoungPerson.objects.get(pk=filled.pk).cohort_status == "P"

    accepted_there(move=move, on=date(2026, 11, 16), words="By telephone", by=councils.officer)

    old = YoungPerson.objects.get(pk=filled.pk)
    assert (old.cohort_status, old.cohort_status_on, old.transferred_to_la) == (
        "T",
        date(2026, 11, 16),
        OUTSIDE,
    )
    take_back(move=move, words="They were wrong", by=councils.officer)
    assert digests() == before


def test_a_record_asked_for_is_proposed_and_joins_ours(councils) -> None:
    ours = make_person(councils.there, date_of_birth=councils.person.date_of_birth)
    named = Named(councils.person.young_person_id, None)

    move = ask_for(authority=councils.there, moving=moving(HERE), named=named, by=councils.other, person=ours)
    assert (move.person, move.state) == (councils.person, State.ASKED)
    hand_over_asked(move=move, by=councils.officer)
    accept(move=move, by=councils.other, existing=ours)

    ours.refresh_from_db()
    assert ours.previous_id == councils.person.young_person_id
    assert YoungPerson.objects.get(pk=councils.person.pk).cohort_status == "T"


@pytest.mark.parametrize("born_on", [date(2009, 5, 5), None])
def test_a_request_that_fits_nobody_looks_the_same_to_who_asked(councils, born_on) -> None:
    named = Named(councils.person.young_person_id, born_on)

    move = ask_for(authority=councils.there, moving=moving(HERE), named=named, by=councils.other)

    assert (move.person, move.state) == (None, State.ASKED)
    with pytest.raises(NotRight):
        hand_over_asked(move=move, by=councils.officer)
    say(move=move, deed=Deed.REFUSE, words="Nobody with that number", by=councils.officer)


def test_a_record_that_came_from_elsewhere_leaves_its_number_with_ours(councils) -> None:
    named = Named("3300000000007", None)
    move = ask_for(
        authority=councils.here,
        moving=moving(OUTSIDE),
        named=named,
        by=councils.officer,
        person=councils.person,
    )

    record_came(move=move, words="By post", by=councils.officer)

    councils.person.refresh_from_db()
    move.refresh_from_db()
    assert (councils.person.previous_id, move.state) == ("3300000000007", State.ACCEPTED)


def test_a_late_move_is_a_task_at_both_councils_once(councils, monkeypatch) -> None:
    move = proposed(councils)
    assert late_moves(day=date(2026, 11, 30))["opened"] == 0

    assert late_moves(day=date(2026, 12, 1)) == {"opened": 2, "closed": 0}
    assert late_moves(day=date(2026, 12, 2)) == {"opened": 0, "closed": 0}
    say(move=move, deed=Deed.REFUSE, words="Not seen here", by=councils.other)
    assert late_moves(day=date(2026, 12, 3)) == {"opened": 0, "closed": 2}

    assert {each.authority for each in Task.objects.filter(kind="move_late")} == {
        councils.here,
        councils.there,
    }


def test_a_record_kept_and_not_used_stays_so_at_the_new_council_until_it_decides(councils, filled) -> None:
    limit_use(person=councils.person, why="disputed", by=councils.officer)
    before = digests()

    move = accept(move=proposed(councils), by=councils.other)
    new = move.new_person

    brought = UseLimited.objects.get(person=new)
    assert (brought.why, brought.starts_on, brought.from_la, brought.is_to_decide) == (
        "disputed", TODAY, HERE, True
    )  # fmt: skip
    page = sign_in(Client(), councils.other).get(reverse("person", args=[new.ref])).content.decode()
    assert "This came along from the council they moved from, and holds until yours has decided." in page
    assert UseLimited.objects.get(person=councils.person).ends_on is None  # of the old record it holds too
    take_back(move=move, words="The wrong Quilla", by=councils.other)
    assert digests() == before


def test_what_the_new_council_decided_of_it_keeps_the_move_from_going_back(councils) -> None:
    limit_use(person=councils.person, why="claim", by=councils.officer)
    same = make_person(councils.there, given_name="Quilla", date_of_birth=councils.person.date_of_birth)
    move = accept(move=proposed(councils), existing=same, by=councils.other)
    client = sign_in(Client(), councils.other)
    person_page = reverse("person", args=[same.ref])
    assert "It goes on here" in client.get(person_page).content.decode()

    client.post(reverse("limit_goes_on", args=[same.ref]))
    client.post(reverse("limit_goes_on", args=[same.ref]))

    held = UseLimited.objects.get(person=same)
    assert (held.decided_on, held.is_to_decide) == (TODAY, False)
    page = client.get(person_page).content.decode()
    assert "Kept and not used" in page
    assert "until yours has decided" not in page
    with pytest.raises(NotRight, match="changed since"):
        take_back(move=move, words="The wrong Quilla", by=councils.other)


def test_a_hand_over_outside_says_that_a_record_is_kept_and_not_used(councils) -> None:
    limit_use(person=councils.person, why="disputed", by=councils.officer)
    move = proposed(councils, OUTSIDE)

    said = dict(zip(RECORD, record(move, hand_over(councils.person, TODAY)), strict=True))
    assert (said["KeptAndNotUsedSince"], said["KeptAndNotUsedWhy"]) == (
        TODAY, "They say it is wrong, and we look into it"
    )  # fmt: skip
    page = sign_in(Client(), councils.officer).get(reverse("move", args=[move.pk])).content.decode()
    assert "<strong>Kept and not used</strong> since" in page
