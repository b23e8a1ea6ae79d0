"""What leaves the house for GOV.UK Notify, what comes back, and the files of an installation without it."""

import contextlib
import json
import stat
import threading
from base64 import b64decode
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt
import pytest
from django.core.mail import BadHeaderError

from neet.messages import actions, ways
from neet.messages.models import Message
from tests.neet.accounts.factories import make_user

pytestmark = pytest.mark.django_db

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
REFERENCE = "740e5834-3a29-46b4-9a6f-16142fde533a"
NUMBER = "07700 900123"


class Notify:
    """A server that answers as the published API does, and remembers what it was asked."""

    def __init__(self):
        self.asked, self.answers = [], {"POST": (201, {"id": REFERENCE}), "GET": (200, {"status": "sending"})}
        outer = self

        class Answers(BaseHTTPRequestHandler):
            def do(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                token = self.headers["Authorization"].removeprefix("Bearer ")
                outer.asked.append((self.command, self.path, json.loads(body or "null"), token))
                status, said = outer.answers[self.command]
                self.send_response(status)
                if "Location" in said:
                    self.send_header("Location", said["Location"])
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            do_GET = do_POST = do

            def log_message(self, *_):
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def notify(settings):
    running = Notify()
    settings.NOTIFY_URL, settings.NOTIFY_API_KEY = running.url, f"ours-{SERVICE}-{SECRET}"
    settings.NOTIFY_TEXT_TEMPLATE, settings.NOTIFY_EMAIL_TEMPLATE = "text-template", "email-template"
    settings.POST_BY = dict.fromkeys(("email", "text", "letter"), "neet.messages.ways.by_notify")
    settings.ASK_AFTER = "neet.messages.ways.asked_of_notify"
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture(autouse=True)
def words(settings, tmp_path):
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "due.txt").write_text("A return is due\nPlease send it.\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.TEXT_FILE_PATH, settings.LETTER_FILE_PATH = tmp_path / "texts", tmp_path / "letters"
    settings.RECIPIENT_PAPERS = {"somebody": f"{__name__}.paper_for_somebody"}
    settings.RECIPIENTS = {
        "user": "neet.messages.queries.address_of_user",
        "somebody": f"{__name__}.number_of_somebody",
    }


def number_of_somebody(_number: int) -> str:
    return NUMBER


def paper_for_somebody(number: int) -> bytes:
    return b"%PDF of somebody" if number == 1 else b""


def on_paper(number: int = 1) -> Message:
    letter = actions.Letter("", ("somebody", number), channel="letter")
    return actions.send_all(letters=[letter])[0]


def text(**more) -> Message:
    letter = actions.Letter("due", ("somebody", 1), channel="text", **more)
    return actions.send_all(letters=[letter])[0]


def after(message: Message) -> Message:
    actions.deliver()
    message.refresh_from_db()
    return message


def test_a_text_is_handed_over_once_and_asked_after(notify):
    message = after(text())

    assert (message.state, message.reference) == ("sent", REFERENCE)
    method, path, said, token = notify.asked[0]
    assert (method, path) == ("POST", "/v2/notifications/sms")
    assert said == {
        "phone_number": "+447700900123",
        "template_id": "text-template",
        "personalisation": {"body": "Please send it.\n"},
    }
    assert jwt.decode(token, SECRET, algorithms=["HS256"])["iss"] == SERVICE
    assert actions.follow() == 0
    notify.answers["GET"] = (200, {"status": "permanent-failure"})
    assert actions.follow() == 0  # not again within minutes
    Message.objects.update(due_at=message.created_at)
    assert actions.follow() == 1
    assert after(message).state == "returned"
    assert [each[0] for each in notify.asked] == ["POST", "GET", "GET"]


def test_an_email_takes_its_subject_along(notify):
    message = after(actions.send(template="due", to=("user", make_user(email="kim@example.org").pk)))

    assert message.state == "sent"
    assert notify.asked[0][2]["personalisation"] == {
        "subject": "A return is due",
        "body": "Please send it.\n",
    }


def test_a_letter_goes_as_the_pdf_it_is_second_class_and_is_asked_after_for_a_fortnight(notify):
    message = after(on_paper())

    _, path, said, _ = notify.asked[0]
    assert (message.state, message.reference, path) == ("sent", REFERENCE, "/v2/notifications/letter")
    assert said["postage"] == "second"
    assert said["reference"] == f"letter {message.pk}"
    assert b64decode(said["content"]) == b"%PDF of somebody"
    Message.objects.update(sent_at=message.sent_at - timedelta(days=10))
    notify.answers["GET"] = (200, {"status": "accepted", "type": "letter"})
    assert actions.follow() == 0
    notify.answers["GET"] = (200, {"status": "received", "type": "letter"})
    Message.objects.update(due_at=message.created_at)
    assert actions.follow() == 1
    assert after(message).state == "delivered"


@pytest.mark.parametrize("said", ["validation-failed", "permanent-failure", "cancelled"])
def test_a_letter_that_was_not_printed_says_so(notify, said):
    message = after(on_paper())
    notify.answers["GET"] = (200, {"status": said, "type": "letter"})

    actions.follow()

    assert after(message).state == "not_taken"


def test_without_notify_a_letter_lies_in_a_file_and_without_words_it_does_not_go(settings):
    assert after(on_paper()).state == "sent"
    assert after(on_paper(2)).state == "unreachable"

    (file,) = settings.LETTER_FILE_PATH.iterdir()
    assert (file.suffix, file.read_bytes()) == (".pdf", b"%PDF of somebody")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("status", "state"), [(503, "waiting"), (429, "waiting"), (403, "waiting"), (400, "failed")]
)
def test_what_notify_does_not_take_is_tried_again_or_never(notify, status, state):
    notify.answers["POST"] = (status, {"errors": []})

    assert after(text()).state == state


def test_without_notify_a_text_lies_in_a_file_of_our_own(settings):
    assert after(text()).state == "sent"

    (file,) = settings.TEXT_FILE_PATH.iterdir()
    assert file.read_text() == "To: +447700900123\n\nPlease send it.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert actions.follow() == 0


def test_a_text_whose_hour_is_over_does_not_go(settings):
    message = text()
    Message.objects.update(until_at=message.created_at)

    assert after(message).state == "late"
    assert not settings.TEXT_FILE_PATH.exists()


def test_a_stopped_number_is_known_however_it_is_written():
    actions.stop(address="+44 7700 900123", by=None)

    assert after(text()).state == "stopped"


def test_what_was_taken_back_does_not_go():
    gone, waiting = after(text()), text()

    assert actions.withdraw(messages=[gone.pk, waiting.pk]) == [waiting.pk]
    assert after(waiting).state == "stopped"
    assert after(gone).state == "sent"


def test_a_feeder_that_breaks_stops_nobody_else(settings):
    settings.FEEDERS = [f"{__name__}.broken", f"{__name__}.fed"]

    actions.fill()

    assert Message.objects.count() == 1


def broken(*, at):
    raise RuntimeError


def fed(*, at):
    text()


@pytest.mark.parametrize("part", ["subject", "to"])
def test_no_line_of_a_mail_s_head_is_slipped_in_by_what_it_says(settings, mailoutbox, part):
    parcel = {"channel": "email", "to": "ours@example.org", "subject": "A return is due", "text": "Please"}
    parcel[part] += "\r\nBcc: stranger@example.org"

    with pytest.raises(BadHeaderError):
        ways.by_mail(ways.Parcel(**parcel))

    assert mailoutbox == []


def test_whoever_answers_for_notify_cannot_lead_our_key_elsewhere(notify):
    """An answer that leads to another address takes neither the key nor the message there."""
    stranger = Notify()
    try:
        for status in (301, 302, 307, 308):
            notify.answers["POST"] = (status, {"Location": f"{stranger.url}/v2/notifications/sms"})
            with contextlib.suppress(ways.Away, ways.Refused, KeyError):
                ways.by_notify(ways.Parcel("text", NUMBER, "", "Words"))
    finally:
        stranger.server.shutdown()
        stranger.server.server_close()

    assert len(notify.asked) == 4
    assert stranger.asked == []
