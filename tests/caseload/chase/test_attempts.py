"""Trying somebody is written down: what came of it, when to try again, a wrong number not used again (R70, R78)."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from caseload.chase.actions.attempts import record_attempt
from caseload.chase.models import Attempt, Hold
from caseload.chase.panels import happenings
from caseload.chase.queries.ladder import attempts_of, ladder_of, numbers_of_person
from caseload.chase.told import Tried
from neet import clock
from neet.audit.models import AuditEvent
from neet.clock import LONDON
from tests.caseload.chase.conftest import TODAY
from tests.factories import make_contact, make_objection, make_responsible, make_user
from tracking.models import ContactPoint, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

EVENING = datetime(2026, 11, 23, 18, tzinfo=LONDON)


def ring(town, person, outcome="no_answer", by=None, **more):
    said = {"channel": "telephone", "asked": "young_person", "number": person.contact_points.first().pk}
    return record_attempt(
        person=person, tried=Tried(outcome=outcome, **{**said, **more}), by=by or town.officer
    )


@pytest.mark.parametrize(
    ("outcome", "again"),
    [
        ("no_answer", datetime(2026, 11, 24, 8, tzinfo=LONDON)),
        ("does_not_know", datetime(2026, 12, 21, 8, tzinfo=LONDON)),
        ("learned", None),
    ],
)
def test_when_to_try_again_is_what_the_table_says(town, outcome, again):
    made = ring(town, town.lost(), outcome)

    assert made.again_at == again
    assert (made.reached, made.learned) == (outcome != "no_answer", outcome == "learned")


def test_what_was_agreed_goes_before_the_table(town):
    ada = town.lost()

    with pytest.raises(NotRight, match="when to try again"):
        ring(town, ada, "call_back")
    with pytest.raises(NotRight, match="in the future"):
        ring(town, ada, "call_back", again_at=clock.now())

    assert ring(town, ada, "call_back", again_at=EVENING).again_at == EVENING


def test_a_wrong_number_is_not_used_again_and_the_trail_says_so(town):
    ada = town.lost()
    number = ada.contact_points.get()

    ring(town, ada, "wrong_number")
    ring(town, ada, "wrong_number", number=number.pk)

    number.refresh_from_db()
    assert number.do_not_use
    assert Attempt.objects.count() == 1
    assert AuditEvent.objects.filter(kind="register.contact_ended", subjects=[ada.pk]).count() == 1
    with pytest.raises(NotRight, match="one of the numbers"):
        ring(town, ada, "no_answer", number=number.pk)


def test_who_tracks_under_contract_marks_a_wrong_number_too(town):
    ada = town.lost()
    make_responsible(ada, service=town.hub, kind="contract")
    contractor = make_user("contractor", town.authority, service=town.hub)

    made = ring(town, ada, "not_in_use", by=contractor)

    assert made.service == town.hub
    assert ContactPoint.objects.get().do_not_use


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"outcome": "no_such"}, "what came of it"),
        ({"outcome": "nobody_in"}, "does not come of this way"),
        ({"asked": "no_such"}, "whom you asked"),
        ({"number": "somebody else's"}, "one of the numbers"),
    ],
)
def test_what_does_not_fit_is_refused(town, wrong, words):
    if "number" in wrong:
        wrong = {"number": town.lost().contact_points.get().pk}
    with pytest.raises(NotRight, match=words):
        ring(town, town.lost(), **wrong)
    assert not Attempt.objects.exists()


def test_only_who_sees_the_young_person_writes_it_down(town):
    ada = town.lost()
    YoungPerson.objects.filter(pk=ada.pk).update(restricted_on=TODAY, restricted_reason="Refuge")

    for user in (town.officer, town.worker, make_user("caseworker", town.authority, service=town.hub)):
        with pytest.raises(NotPermitted):
            ring(town, ada, by=user)


def test_pressed_twice_is_one_attempt_and_the_line_is_free_again(town):
    ada = town.lost()
    Hold.objects.create(person=ada, user=town.officer, until=EVENING)

    first, again = ring(town, ada), ring(town, ada)

    assert first == again
    assert not Hold.objects.exists()
    assert ring(town, ada, words="Rang twice more") != first


def test_the_ladder_shows_what_was_tried_and_who_is_next(town):
    ada = town.lost()
    make_contact(ada, whose="parent")
    for words in ("once", "twice", "thrice"):
        ring(town, ada, words=words)

    numbers = numbers_of_person(ada, town.officer, TODAY)
    rungs = {each.code: each for each in ladder_of(list(attempts_of(ada.pk)), numbers, TODAY)}

    assert (rungs["young_person"].tries, rungs["young_person"].last.words) == (3, "thrice")
    assert [code for code, each in rungs.items() if each.is_next] == ["parent"]
    assert not rungs["other"].has_number
    numbers[1].delete()
    without = ladder_of(list(attempts_of(ada.pk)), numbers[:1], TODAY)
    assert [each.code for each in without if each.is_next] == ["provider"]


def test_numbers_an_objector_s_school_gave_are_not_shown(town):
    ada = town.lost(number=False)
    make_contact(ada, from_institution=True)
    own = make_contact(ada)
    make_objection(ada, made_by="young_person", made_on=date(2025, 6, 1))

    assert numbers_of_person(ada, town.officer, TODAY) == (own,)


def test_the_record_tells_of_each_attempt(town, signed_in):
    ada = town.lost()
    ring(town, ada, words="Rings but nobody picks up")

    history = signed_in(town.officer).get(reverse("person_history", args=[ada.ref])).content.decode()
    record = signed_in(town.officer).get(reverse("person", args=[ada.ref])).content.decode()

    assert "Telephone, the young person: no answer" in history
    assert "Rings but nobody picks up" in history
    assert "No answer" in record
    assert reverse("call", args=[ada.ref]) in record
    assert not list(happenings(ada.pk, make_user("manager", town.authority), TODAY))
