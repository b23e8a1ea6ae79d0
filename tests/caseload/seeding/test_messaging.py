"""The invented messages: one list went and was answered by some, one waits."""

from datetime import date
from random import Random

from caseload.chase.models import Attempt
from caseload.messaging.models import MessageBatch
from caseload.seeding.messaging import messaged
from neet.messages.models import Message
from returns.surveys.models import AnswerLink
from tests.caseload.messaging.conftest import TODAY, council  # noqa: F401  a council is a fixture here too
from tracking.register.models import Claim


def test_one_list_was_answered_and_one_waits(council):  # noqa: F811  the fixture
    for _ in range(12):
        council.person()

    messaged(Random("1 messages"), council.authority, council.officer, TODAY)

    sent, waiting = MessageBatch.objects.order_by("made_at")
    assert (sent.state, waiting.state) == ("sent", "draft")
    assert sent.ended_at.date() == date(2026, 11, 17)
    assert Attempt.objects.filter(outcome="message_sent").count() == 12
    answered = AnswerLink.objects.exclude(answered_at=None)
    assert 0 < answered.count() <= 10
    assert all(date(2026, 11, 17) <= each.answered_at.date() <= TODAY for each in answered)
    assert not answered.filter(batch_message__message__state="returned").exists()
    assert all(each.said_on <= TODAY for each in Claim.objects.all())
    assert not Message.objects.filter(state="waiting").exists()
