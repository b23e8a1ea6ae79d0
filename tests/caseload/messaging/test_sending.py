"""Messages go little by little, each once, in office hours; they can be stopped; what went is an attempt."""

from datetime import timedelta

import pytest

from caseload.chase.models import Attempt
from caseload.messaging import actions
from caseload.messaging.models import BatchMessage, MessageBatch, OptOut
from neet import clock
from neet.messages.actions import deliver
from neet.messages.models import Message
from returns.surveys.models import AnswerLink
from tests.caseload.messaging.conftest import at
from tests.factories import make_user
from tracking.register.models import ContactPoint
from tracking.register.refusals import NotRight


def states(batch):
    return sorted(batch.messages.values_list("state", flat=True))


def test_a_message_holds_a_first_name_the_council_and_a_link_that_opens(council, client):
    person = council.person(known_as="Jo")

    batch = council.sent()

    (text,) = council.read()
    assert text.startswith("To: +447700900101\n\nAmble Council: Hi Jo, what are you doing now?")
    assert person.family_name not in text
    link = text.split()[-1]
    assert client.get("/" + link.split("/", 3)[3]).status_code == 302
    row = batch.messages.get()
    assert (row.state, row.message.state, row.link.person) == ("handed_over", "sent", person)
    assert person.given_name not in str(row.message.__dict__)
    attempt = Attempt.objects.get()
    assert (attempt.person, attempt.channel, attempt.outcome, attempt.reached) == (
        person,
        "text",
        "message_sent",
        False,
    )
    assert (attempt.tried_by, attempt.contact_point) == (council.officer, row.contact_point)
    assert row.attempt == attempt


def test_asked_for_again_and_again_each_goes_once(council):
    for _ in range(3):
        council.person()
    batch = council.released()

    for _ in range(4):
        actions.hand_over(at=clock.now())
        deliver()
        actions.note_what_went(at=clock.now())

    batch.refresh_from_db()
    assert batch.state == "sent"
    assert (len(council.read()), Message.objects.count(), Attempt.objects.count()) == (3, 3, 3)
    assert AnswerLink.objects.count() == 3


def test_what_breaks_half_way_leaves_nothing_behind(council, monkeypatch):
    council.person()
    batch = council.released()

    def dies(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("caseload.messaging.actions.sending.send_all", dies)
    with pytest.raises(RuntimeError):
        actions.hand_over(at=clock.now())
    monkeypatch.undo()

    assert states(batch) == ["to_send"]
    assert not AnswerLink.objects.exists()


def test_no_more_than_sixty_a_minute_go(council):
    for _ in range(65):
        council.person()
    council.released()

    now = clock.now()

    went = [actions.hand_over(at=now) for _ in range(5)]

    assert went == [20, 20, 20, 0, 0]
    assert actions.hand_over(at=now + timedelta(minutes=2)) == 5


def test_nothing_goes_at_night_or_late(council, monkeypatch):
    council.person()
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T18:00")
    batch = council.released()

    assert batch.sends_from == at(9, 30, day=24)
    assert actions.hand_over(at=at(18)) == 0
    assert actions.hand_over(at=at(9, 30, day=24)) == 1
    assert Message.objects.get().until_at == at(17, day=24)


def test_everybody_is_asked_again_at_the_last_moment(council):
    told_us, wants_none, goes = council.person(), council.person(), council.person()
    batch = council.released()
    OptOut.objects.create(person=wants_none, said_by="young_person")
    Attempt.objects.create(person=told_us, channel="telephone", asked="young_person", outcome="learned",
                           reached=True, learned=True)  # fmt: skip

    assert actions.hand_over(at=clock.now()) == 1

    assert dict(batch.messages.values_list("person", "why")) == {
        told_us.pk: "no_longer", wants_none.pk: "opted_out", goes.pk: "",
    }  # fmt: skip


def test_who_says_stop_after_the_hand_over_gets_none(council):
    person = council.person()
    council.released()
    actions.hand_over(at=clock.now())
    actions.opt_out(person=person, channel="", said_by="young_person", by=council.officer)

    deliver()

    assert Message.objects.get().state == "unreachable"
    assert not council.read()


def test_sending_is_stopped_at_once(council):
    for _ in range(25):
        council.person()
    batch = council.released()
    actions.hand_over(at=clock.now())
    gone = Message.objects.earliest("pk")
    Message.objects.filter(pk=gone.pk).update(state="sent", sent_at=clock.now())

    assert actions.stop(batch=batch, by=council.officer) == 24

    deliver()
    assert actions.hand_over(at=clock.now()) == 0
    assert not council.read()
    assert states(batch) == ["handed_over", *["stopped"] * 24]
    with pytest.raises(NotRight, match="not being sent"):
        actions.stop(batch=batch, by=council.officer)


def test_a_second_person_looks_at_the_list_where_the_council_wants_one(council):
    council.person()
    council.authority.needs_second_person = True
    council.authority.save()
    batch = council.batch()

    with pytest.raises(NotRight, match="you made it"):
        actions.release(batch=batch, by=council.officer)
    colleague = make_user("tracking_officer", council.authority)
    assert actions.release(batch=batch, by=colleague).state == "released"
    with pytest.raises(NotRight, match="meanwhile"):
        actions.release(batch=batch, by=colleague)


def test_an_old_list_is_made_anew_and_an_empty_one_is_not_sent(council):
    person = council.person()
    batch = council.batch()
    MessageBatch.objects.update(settled_at=clock.now() - timedelta(days=8))
    with pytest.raises(NotRight, match="older than a week"):
        actions.release(batch=batch, by=council.officer)

    OptOut.objects.create(person=person, said_by="young_person")
    actions.make_anew(batch=batch, by=council.officer)

    with pytest.raises(NotRight, match="Nobody"):
        actions.release(batch=batch, by=council.officer)
    actions.discard(batch=batch, by=council.officer)
    assert not BatchMessage.objects.exists()


def test_a_number_that_there_is_not_is_used_no_more(council):
    council.person()
    council.sent()
    Message.objects.update(state="returned")

    assert actions.note_what_went(at=clock.now()) == 1
    assert actions.note_what_went(at=clock.now()) == 0

    assert ContactPoint.objects.get().do_not_use
    assert list(Attempt.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "message_sent",
        "not_in_use",
    ]
