"""What is to be done with many, and the questions of each act."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from neet import clock
from neet.accounts.models import User
from neet.ui.fields import Option
from neet.ui.forms import PlainForm, offer
from tracking.bulk.acts import Act
from tracking.bulk.acts.recording import kept
from tracking.bulk.models import BulkChange
from tracking.reference.queries import ruleset
from tracking.register.forms.activities import ActivityDetails, ChooseActivity, ConfirmActivity
from tracking.register.forms.editing import RecordForm
from tracking.register.forms.work import ChargeForm
from tracking.register.queries.changing import colleagues, roles_at, usual_codes
from tracking.register.refusals import NotRight

NOBODY_NAMED = "Select a service or a worker"


class WhatForm(PlainForm):
    """What is to be done with those chosen."""

    act = forms.ChoiceField(
        label="What do you want to do?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you want to do"},
    )

    def __init__(self, *args: Any, offered: Sequence[Act], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "act", [(act.slug, Option(act.words, hint=act.hint)) for act in offered])


class NumberForm(RecordForm):
    """How many there are, typed by whoever changes very many."""

    number = forms.IntegerField(
        label="How many young people is this for?",
        help_text="You are about to change very many records. Enter the number you see above.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )


class Confirming(ConfirmActivity):
    """Who said that it goes on, and when they knew."""

    def __init__(self, *args: Any, change: BulkChange, user: User, **options: Any) -> None:
        before = change.said.get("on")
        first = {"on": date.fromisoformat(before) if before else clock.today()}
        options.setdefault("initial", {**first, "source": change.said.get("source", "")})
        super().__init__(*args, **options)

    def answers(self) -> dict[str, Any]:
        return {"source": self.cleaned_data["source"], "on": self.cleaned_data["on"].isoformat()}


class ChoosingActivity(ChooseActivity):
    """What all of them do."""

    def __init__(self, *args: Any, change: BulkChange, user: User, **options: Any) -> None:
        rules = ruleset(clock.today())
        usual = usual_codes(change.authority_id, rules)
        options.setdefault("initial", {"code": change.said.get("code", "")})
        super().__init__(*args, rules=rules, usual=usual, school_age=True, **options)

    def answers(self) -> dict[str, Any]:
        return {"code": self.cleaned_data["code"]}


class DescribingActivity(ActivityDetails):
    """Where, since when and until when, who said so and when they knew: as for one young person."""

    def __init__(self, *args: Any, change: BulkChange, user: User, **options: Any) -> None:
        rules, roles = ruleset(clock.today()), roles_at(user, change.authority_id)
        options.setdefault("initial", {"told_on": clock.today()})
        super().__init__(*args, code=change.said["code"], rules=rules, roles=roles, **options)
        del self.fields["seen"]

    def clean(self) -> dict[str, Any]:
        asked = super().clean()
        for earlier, later, words in (
            (
                "starts_on",
                "predicted_end_on",
                "The day it is expected to end must be after the day it started",
            ),
            ("review_on", "predicted_end_on", "The review must come before the day it is expected to end"),
            ("starts_on", "review_on", "The review must come after the day it started"),
        ):
            first, then = asked.get(earlier), asked.get(later)
            if first and then and first > then and not {earlier, later} & set(self.errors):
                self.add_error("review_on" if "review_on" in (earlier, later) else later, words)
        return asked

    def answers(self) -> dict[str, Any]:
        return kept(self.told())


class Assigning(ChargeForm):
    """Who answers for all of them."""

    def __init__(self, *args: Any, change: BulkChange, user: User, **options: Any) -> None:
        today = clock.today()
        options.setdefault("initial", {"starts_on": today})
        of_council = {
            "authority_id": change.authority_id,
            "colleagues": colleagues(change.authority_id, today),
        }
        super().__init__(*args, **of_council, **options)

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if not self.errors and not (asked["service"] or asked["user"]):
            self.take(NotRight({"service": NOBODY_NAMED}))
        return asked

    def answers(self) -> dict[str, Any]:
        said = self.charge()
        return {
            "kind": said.kind,
            "service": said.service.pk if said.service else None,
            "user": said.user.pk if said.user else None,
            "starts_on": said.starts_on.isoformat(),
        }
