"""What is answered to a message, and who wants none."""

import pytest

from caseload.chase.models import Attempt
from caseload.messaging import actions
from caseload.messaging.models import OptOut
from neet.messages.queries import is_stopped
from returns.surveys.actions import answer
from returns.surveys.statements import Said
from tests.caseload.messaging.conftest import at
from tests.factories import make_user
from tracking.register.models import Claim, ContactPoint
from tracking.register.refusals import NotPermitted


@pytest.fixture
def link(council):
    council.person()
    return council.sent().messages.get().link


def test_an_answer_is_an_attempt_that_reached_somebody(link):
    answer(link=link, said=Said("something_else", doing="college", place="Ambleford College"))

    attempt = Attempt.objects.latest("pk")
    assert (attempt.outcome, attempt.reached, attempt.learned) == ("learned", True, True)
    assert attempt.claim == Claim.objects.get()


def test_a_call_is_tried_when_they_said(link):
    answer(link=link, said=Said("call_me", call_when="evening"))

    attempt = Attempt.objects.latest("pk")
    assert (attempt.outcome, attempt.again_at) == ("call_back", at(17, day=24))


def test_stop_is_for_all_lists(council, link):
    for _ in range(2):
        answer(link=link, said=Said("stop"))

    wish = OptOut.objects.get()
    assert (wish.channel, wish.said_by, wish.person) == ("", "young_person", link.person)
    assert council.batch().messages.get().why == "opted_out"
    assert not Claim.objects.exists()


def test_a_stranger_s_number_gets_nothing_from_anybody(council, link):
    answer(link=link, said=Said("not_me"))

    point = ContactPoint.objects.get()
    assert point.do_not_use
    assert is_stopped("+44 7700 900101")
    assert Attempt.objects.latest("pk").outcome == "wrong_number"


def test_a_wish_is_noted_once_and_taken_back(council):
    person = council.person()
    for channel in ("", "text", ""):
        actions.opt_out(person=person, channel=channel, said_by="parent", by=council.officer)
    assert OptOut.objects.get().recorded_by == council.officer

    assert actions.opt_in(person=person, by=council.officer) == 1
    assert actions.opt_in(person=person, by=council.officer) == 0
    assert council.batch().messages.get().why == ""
    elsewhere = make_user("contractor", council.authority)
    with pytest.raises(NotPermitted):
        actions.opt_out(person=person, channel="", said_by="parent", by=elsewhere)
