"""Opened, answered, handed in, approved by another, kept as it was; every act leaves its event."""

from datetime import date

import pytest

from caseload.assessment.actions import (
    answer,
    approve,
    count,
    give_back,
    hand_in,
    numbers_of_the_day,
    open_assessment,
)
from caseload.assessment.kinds import Kind
from caseload.assessment.models import LineAnswer, SelfAssessment
from caseload.assessment.queries.lines import before, history, lines, plan_of
from caseload.assessment.statements import Said
from neet.audit.models import AuditEvent
from tests.caseload.assessment.conftest import TODAY, YEAR
from tests.factories import make_person
from tracking.register.models import Task
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db
LINE = "trained"
DUE = date(2027, 1, 15)


@pytest.fixture
def own(council):
    return open_assessment(authority=council.authority, year=YEAR, on=TODAY, by=council.data)


def everything_answered(own, by, on=TODAY):
    """By rows: eighty-five acts would prove no more."""
    waiting = [each.code for each in lines(own) if each.is_open]
    LineAnswer.objects.bulk_create(
        LineAnswer(assessment=own, line=code, rating="in_place", said_by=by) for code in waiting
    )


def say(own, by, **told):
    return answer(assessment=own, line=LINE, said=Said(**{"rating": "partly", **told}), on=TODAY, by=by)


def test_it_is_opened_once_a_year_by_whoever_may(council, own):
    again = open_assessment(authority=council.authority, year=YEAR, on=TODAY, by=council.lead)

    assert again == own
    assert own.numbers["intended_destinations"]["value"] is None
    with pytest.raises(NotPermitted):
        open_assessment(authority=council.authority, year=2025, on=TODAY, by=council.worker)


def test_what_was_said_before_stays_as_history(council, own):
    say(own, council.data, evidence="Begun.")
    say(own, council.manager, rating="in_place", evidence="Everybody was trained.")
    say(own, council.manager, rating="in_place", evidence="Everybody was trained.")

    told = list(history(own, LINE).values_list("rating", "said_by__name"))
    assert told == [("in_place", "Mo Manager"), ("partly", "Di Data")]
    assert next(each for each in lines(own) if each.code == LINE).said.evidence == "Everybody was trained."
    assert AuditEvent.objects.filter(kind=Kind.ANSWERED).count() == 3


def test_an_action_is_a_task_of_its_owner_until_it_is_done(council, own):
    task = Task.objects.filter(kind="assessment")
    say(own, council.data, action="Train the new team", owner=council.lead, due_on=DUE)
    assert task.values_list("words", "owner", "due_on").get() == ("Train the new team", council.lead.pk, DUE)

    say(own, council.data, action="Train both teams", owner=council.manager, due_on=DUE)
    assert task.values_list("words", "owner").get() == ("Train both teams", council.manager.pk)
    assert [each.code for each in plan_of(lines(own))] == [LINE]

    say(own, council.data, action="Train both teams", owner=council.manager, due_on=DUE, is_done=True)
    assert task.get().outcome == "Done"


@pytest.mark.parametrize(
    ("told", "about"),
    [
        ({"rating": "splendid"}, "rating"),
        ({"action": "Train"}, "due_on"),
        ({"owner": "worker", "action": "Train", "due_on": DUE}, "owner"),
    ],
)
def test_what_is_not_right_is_refused(council, own, told, about):
    if "owner" in told:
        told = {**told, "owner": council.worker}
    with pytest.raises(NotRight) as refusal:
        say(own, council.data, **told)
    assert about in refusal.value.words
    assert not own.answers.exists()


def test_it_is_approved_by_somebody_else_and_then_kept_as_it_was(council, own):
    with pytest.raises(NotRight, match="wait for an answer"):
        hand_in(assessment=own, by=council.data)
    everything_answered(own, council.data)
    hand_in(assessment=own, by=council.data)
    with pytest.raises(NotRight, match="Take it back"):
        say(own, council.data)
    with pytest.raises(NotRight, match="Somebody else"):
        approve(assessment=own, by=council.data)
    give_back(assessment=own, by=council.manager)
    say(own, council.data, evidence="As it stood.")
    hand_in(assessment=own, by=council.data)
    shown = lines(SelfAssessment.objects.get(pk=own.pk))
    approve(assessment=own, by=council.manager)

    own.refresh_from_db()
    make_person(council.authority, date_of_birth=date(2011, 3, 3))
    for act in (count, hand_in, give_back):
        with pytest.raises(NotRight, match="approved"):
            act(assessment=own, by=council.data, **({"on": TODAY} if act is count else {}))
    LineAnswer.objects.all().update(evidence="Written after.")
    assert lines(own) == shown
    assert approve(assessment=own, by=council.manager).approved_at == own.approved_at


def test_numbers_follow_the_register_and_are_compared_with_the_year_before(council, own):
    pupil = make_person(council.authority, date_of_birth=date(2011, 3, 3), intended_destination="110")
    make_person(council.authority, date_of_birth=date(2011, 3, 4))
    count(assessment=own, on=TODAY, by=council.data)
    everything_answered(own, council.data)
    approve(assessment=hand_in(assessment=own, by=council.data), by=council.manager)
    type(pupil).objects.update(intended_destination="110")
    following = SelfAssessment.objects.create(authority=council.authority, year=YEAR + 1)

    assert numbers_of_the_day(day=TODAY) == {"counted": 1}
    assert numbers_of_the_day(day=TODAY) == {"counted": 0}
    following.refresh_from_db()
    told = next(each for each in lines(following) if each.code == "intended_destinations")
    assert before(following) == own
    assert (told.value_words, told.trend, told.trend_tone) == ("100%", "up from 50%", "good")
