"""What a change of a message's words says before it is made; and whom a translation reaches."""

import pytest

from caseload.messaging import actions
from neet import clock
from neet.messages.actions import deliver
from returns.surveys.models import AnswerLink
from tests.caseload.messaging.conftest import TODAY
from tests.factories import make_user
from tracking.reference.editing import Change, edit_row
from tracking.reference.effects import Trial, effect_of
from tracking.reference.models import ReferenceRow

pytestmark = pytest.mark.django_db


def changing(council, table, key, **values):
    officer = make_user("mi_officer", council.authority)
    row = ReferenceRow.objects.get(table=table, key=key)
    said = {**row.values, **values}

    def apply():
        return edit_row(row=row, change=Change(said, TODAY, why="asked for"), by=officer)

    return effect_of(Trial(table, key, said, TODAY, officer, apply))


def test_a_changed_message_is_read_before_with_what_it_is_charged_as(council):
    council.person()
    council.batch()
    long = "{council}: Hi {first_name}, " + "please tell us what you are doing now, " * 4 + "{link}"

    effect = changing(council, "message_wordings", "what_now_text", text=long)
    easy = changing(council, "message_translations", "help_text easy", text="{council}: Help? {link}")
    email = changing(council, "message_wordings", "help_email", subject="Help, {first_name}?")

    assert effect.words.startswith("1 message made and not sent yet would say this.")
    assert effect.notes[0].startswith("To an invented Ada: Amble Council: Hi Ada, please tell us")
    assert effect.notes[1] == "Each is charged as 2 texts instead of 1."
    assert "Amble Council: Help?" in easy.notes[0]
    assert easy.notes[1] == "Each is charged as 1 text, as now."
    assert easy.words.startswith("No message waits to be sent.")
    assert (len(email.notes), "Help, Ada?" in email.notes[0]) == (1, True)
    assert ReferenceRow.objects.get(table="message_wordings", key="what_now_text").values["text"] != long


def test_whoever_last_answered_in_easy_words_is_written_to_in_them(council):
    easy, english = council.person(given_name="Kit"), council.person(given_name="Lou")
    AnswerLink.objects.create(
        authority=council.authority, person=easy, purpose="what_now", digest="x", expires_on=TODAY,
        answer="nothing", answered_at=clock.now(), language="easy",
    )  # fmt: skip
    council.released()

    actions.hand_over(at=clock.now())
    deliver()

    told = {"Kit": "What do you do now?", "Lou": "what are you doing now?"}
    for name, words in told.items():
        assert any(words in text and name in text for text in council.read())
    assert AnswerLink.objects.get(person=english).language == "en"
