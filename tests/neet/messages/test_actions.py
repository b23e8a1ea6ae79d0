"""A message goes once, to the address of the day, and to nobody who asked for none."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from neet import clock
from neet.messages import actions
from neet.messages.models import Message
from tests.neet.accounts.factories import make_user

pytestmark = pytest.mark.django_db


class Unreachable(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected


@pytest.fixture(autouse=True)
def letters(settings, tmp_path):
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "due.txt").write_text(
        "A return is due\nPlease send it by {{ day }}: {{ base_url }}\n"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.RECIPIENTS = {"user": "neet.messages.queries.address_of_user"}


def message_to(user) -> Message:
    return actions.send(template="due", to=("user", user.pk), facts={"day": "30 November 2026"})


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def test_a_message_goes_once_to_the_address_of_the_day():
    user = make_user()
    message = message_to(user)
    user.email = "new@example.org"
    user.save()

    assert actions.deliver() == 1
    assert actions.deliver() == 0

    assert state(message) == "sent"
    assert (mail.outbox[0].to, mail.outbox[0].subject) == (["new@example.org"], "A return is due")
    assert "30 November 2026" in mail.outbox[0].body


def test_nothing_goes_to_a_closed_account_or_a_stopped_address():
    closed, stopped = make_user(is_active=False), make_user()
    actions.stop(address=stopped.email.upper(), by=None)
    messages = message_to(closed), message_to(stopped)

    assert actions.deliver() == 0
    assert [state(message) for message in messages] == ["unreachable", "stopped"]


def test_a_mail_server_that_is_away_is_tried_again_later_and_not_for_ever(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    message = message_to(make_user())

    actions.deliver()
    assert state(message) == "waiting"
    assert message.due_at > clock.now()
    for _ in range(actions.ATTEMPTS):
        Message.objects.update(due_at=clock.now())
        actions.deliver()
    assert state(message) == "failed"


def test_what_was_interrupted_is_not_sent_twice():
    message = message_to(make_user())
    Message.objects.update(state="sending", due_at=clock.now() - timedelta(minutes=11))

    assert actions.deliver() == 0
    assert state(message) == "unsure"


def test_a_recipient_nobody_can_look_up_is_refused():
    with pytest.raises(LookupError, match="parent"):
        actions.send(template="due", to=("parent", 1))
