"""What stands on letters, the day they went, and what came of one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from caseload.letters.models import LetterBatch, Letterhead
from caseload.letters.statements import Head
from caseload.referrals.forms import ReferForm
from caseload.referrals.queries import answering_services
from neet import clock
from neet.ui.fields import DayField, Option
from neet.ui.forms import PlainForm, offer
from returns.surveys.rules import ENGLISH, LANGUAGES
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm
from tracking.rules.letters import Reply

ANSWERED, CAME_BACK, CLOSED = "answered", "came_back", "closed"
MOST_LINES = 6


class LetterheadForm(RecordForm):
    """Once for a council; every file made from then on carries it."""

    return_address = forms.CharField(
        label="Address letters come back to",
        help_text="As it should stand at the top right, at most six lines.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    signed_by = text("Who signs", 80, required=True)
    signed_as = text("What they are", 80, required=True, hint="For example: Head of participation.")

    @classmethod
    def of(cls, sent: Any, head: Letterhead | None) -> "LetterheadForm":
        names = ("return_address", "signed_by", "signed_as")
        return cls(sent, initial={name: getattr(head, name) for name in names} if head else {})

    def clean_return_address(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["return_address"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError("Address letters come back to must be six lines or fewer")
        return "\n".join(lines)

    def head(self) -> Head:
        return Head(**self.cleaned_data)


class MakeForm(PlainForm):
    """How letters go, and in which language where one is written in several."""

    way = forms.ChoiceField(label="How they go", required=False, widget=forms.RadioSelect)
    language = forms.ChoiceField(label="Language", required=False)

    def __init__(
        self, *args: Any, ways: list[tuple[str, str]], languages: tuple[str, ...], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "way", [(way, Option(words, hint=HINTS.get(way, ""))) for way, words in ways])
        offer(
            self,
            "language",
            [(each, LANGUAGES[each].name if each in LANGUAGES else each) for each in languages],
        )
        self.fields["way"].initial = FIRST_WAY
        if len(languages) < SEVERAL:
            del self.fields["language"]

    def chosen(self) -> tuple[str, str]:
        """Way and language; the first of each where nothing was said."""
        said = self.cleaned_data if self.is_valid() else {}
        return said.get("way") or FIRST_WAY, said.get("language") or ENGLISH


FIRST_WAY = LetterBatch.Way.PRINT
SEVERAL = 2
HINTS: Mapping[str, str] = {
    LetterBatch.Way.PRINT: "As one file for your printer.",
    LetterBatch.Way.NOTIFY: "Second class, one by one.",
    LetterBatch.Way.EMAIL: "To those with an address for it; everybody else stays due the letter.",
}


class SentForm(RecordForm):
    """The day the letters were handed to the post."""

    sent_on = DayField(label="Day sent", must="past or today")


class OutcomeForm(RecordForm):
    """What came of one letter."""

    what = forms.ChoiceField(
        label="What came of it?",
        choices=[
            (ANSWERED, "They answered"),
            (CAME_BACK, "The post brought it back"),
            (CLOSED, "Nothing more is to come of it"),
        ],
        widget=forms.RadioSelect,
    )
    words = text("In one line", 240, hint="What they said, or why nothing more is to come of it.")


class ReferUnansweredForm(ReferForm):
    """A referral as any other, with the service and the reason the rules of the letter name filled in."""

    def __init__(self, *args: Any, reply: Reply, authority_id: int, **options: Any) -> None:
        wanted = answering_services(authority_id, clock.today()).filter(slug=reply.service).first()
        first = {"to_service": wanted, "reason": reply.reason, "asks": "lead"}
        super().__init__(*args, authority_id=authority_id, initial=first, **options)
