"""Making links for messages and codes for letters, and taking what young people answer: a statement to confirm, never
a change of the record."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from neet import clock
from neet.audit.actions import note, recorded
from neet.working_days import working_days_after
from returns.surveys.kinds import Kind
from returns.surveys.models import AnswerLink
from returns.surveys.queries import (
    code_digest_of,
    digest_of,
    languages_told,
    last_known,
    open_claim,
    usable_link,
)
from returns.surveys.rules import ENGLISH, new_code
from returns.surveys.statements import Printed, Said
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import repeated
from tracking.register.models import Claim, Task, YoungPerson
from tracking.register.models.activity import Source
from tracking.rules.wordings import NOTHING

Answer = AnswerLink.Answer
HOLDS_FOR = timedelta(days=21)
# A letter is on its way for days, and lies on a table for weeks.
CODE_HOLDS_FOR = timedelta(days=42)
BY_LINK = "by_link"
CALL_BACK, WRONG_NUMBER = "call_back", "wrong_number"
CALL_WITHIN, CHECK_WITHIN = 1, 5
WHEN = {"morning": "in the morning", "afternoon": "in the afternoon", "evening": "after five"}
AT_ANY_TIME = "at any time"


class NotUsable(LookupError):
    """No such link, or one that is good no more: never told apart."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a number of links are for: whose, which page, and the wording of the message they stand in."""

    authority_id: int
    purpose: str
    wording: str


def make_links(*, ask: Ask, people: Iterable[int], on: date) -> list[AnswerLink]:
    """A link for each of these young people, good for three weeks, in their order and two statements; in the language
    they last answered in.

    Part of the act that writes to them. Nobody knows the secret: `new_secret` makes it while the message is sent.
    """
    among = list(people)
    told = languages_told(among)
    return AnswerLink.objects.bulk_create(
        AnswerLink(
            **_of(ask, person),
            digest=digest_of(_secret()),
            language=told.get(person, ENGLISH),
            expires_on=on + HOLDS_FOR,
        )
        for person in among
    )


def _of(ask: Ask, person: int) -> dict[str, Any]:
    about = {"authority_id": ask.authority_id, "purpose": ask.purpose, "wording": ask.wording}
    return {**about, "person_id": person}


def printed(*, with_code: bool = True) -> Printed:
    """A secret, and a code beside it where it is read on paper. Nothing is kept of them before `keep_printed`."""
    return Printed(_secret(), new_code() if with_code else "")


def keep_printed(*, ask: Ask, held: Mapping[int, Printed], language: str, on: date) -> dict[int, AnswerLink]:
    """A link for each young person whose letter holds these secrets, good for six weeks, in one statement. Part of the
    act that sets the letters."""
    made = AnswerLink.objects.bulk_create(
        AnswerLink(
            **_of(ask, person),
            digest=digest_of(each.secret),
            code_digest=code_digest_of(each.code) if each.code else None,
            language=language,
            expires_on=on + CODE_HOLDS_FOR,
        )
        for person, each in held.items()
    )
    return {link.person_id: link for link in made}


def withdraw(*, links: Iterable[int]) -> int:
    """These are good no more: what held them was not sent, or was made anew. How many there were."""
    return AnswerLink.objects.filter(pk__in=list(links), withdrawn_at=None).update(withdrawn_at=clock.now())


def new_secret(*, link_id: int) -> str:
    """The secret for a link, made while its message is sent; it rests nowhere, and the one before is dead."""
    secret = _secret()
    AnswerLink.objects.filter(pk=link_id).update(digest=digest_of(secret))
    return secret


def _secret() -> str:
    """128 bits: nobody guesses it, and the link still fits into one text."""
    return secrets.token_urlsafe(16)


def check_birthday(*, link: AnswerLink, day: int, month: int) -> bool:
    """Whether this is their birthday. A wrong try counts; after five the link is good no more. Raises NotUsable."""
    with transaction.atomic():
        held = _held(link)
        born = held.person.date_of_birth
        if born and (born.day, born.month) == (day, month):
            return True
        AnswerLink.objects.filter(pk=held.pk).update(wrong_tries=F("wrong_tries") + 1)
        note(Kind.CHECK_FAILED, by=None, authority_id=held.authority_id, subjects=[held.person_id])
        return False


def answer(*, link: AnswerLink, said: Said) -> AnswerLink:
    """Take what they say. What they do becomes a statement to confirm, and beats nothing until an officer takes it;
    asking for a call, or saying that it is not them, a task. They may say otherwise while the link is good.

    Who else has to know is told in the same transaction (settings.ANSWER_TAKERS). The same twice is taken once.
    Raises NotUsable.
    """
    with recorded(Kind.ANSWERED, by=None, authority_id=link.authority_id, subjects=[link.person_id]) as event:
        YoungPerson.objects.select_for_update().only("pk").get(pk=link.person_id)
        held = _held(link)
        claimed = _claimed(held, said)
        if _says_the_same(held, said, claimed):
            repeated(event)
            return held
        held.claim = claimed or held.claim
        held.answer, held.answered_at, held.call_when = said.answer, clock.now(), said.call_when
        held.language = said.language
        held.save(update_fields=["claim", "answer", "answered_at", "call_when", "language"])
        _open_task(held)
        event.counts["link"] = held.pk
        for path in settings.ANSWER_TAKERS:
            import_string(path)(link=held)
        return held


def _held(link: AnswerLink) -> AnswerLink:
    AnswerLink.objects.select_for_update().only("pk").filter(pk=link.pk).first()
    found = usable_link(link.digest, clock.today())
    if found is None:
        raise NotUsable
    return found


def _says_the_same(held: AnswerLink, said: Said, claimed: Claim | None) -> bool:
    same = held.answered_at and (held.answer, held.call_when) == (said.answer, said.call_when)
    return bool(same) and (claimed is None or claimed.pk == held.claim_id)


def _claimed(held: AnswerLink, said: Said) -> Claim | None:
    """The statement to confirm; what they said before by this link is put right as long as nobody decided about it."""
    what = _doing(held, said)
    if what is None:
        return None
    code, place = what
    before = open_claim(held)
    if before and (before.code, before.place) == (code, place):
        return before
    now = {"code": code, "place": place, "said_on": clock.today()}
    if before:
        # A new row, so that what an officer looks at is never changed below their eyes.
        Claim.objects.filter(pk=before.pk).update(state=Claim.State.SET_ASIDE, decided_at=clock.now())
    return Claim.objects.create(person_id=held.person_id, said_by=Source.YOUNG_PERSON, channel=BY_LINK, **now)


def _doing(held: AnswerLink, said: Said) -> tuple[str, str] | None:
    """Activity and place of what they say they do; None where they say nothing of it."""
    if said.answer == Answer.STILL_THERE:
        last = last_known(held.person_id, clock.today())
        return (last.code, last.establishment_name) if last else None
    if said.answer not in {Answer.SOMETHING_ELSE, Answer.NOTHING}:
        return None
    rules = ruleset(clock.today())
    chosen = rules.answers_offered.get(NOTHING if said.answer == Answer.NOTHING else said.doing)
    return (chosen.activity if chosen else "", said.place.strip()[:160])


def _open_task(held: AnswerLink) -> None:
    words = {
        Answer.CALL_ME: (CALL_BACK, f"They ask to be called, {WHEN.get(held.call_when, AT_ANY_TIME)}", CALL_WITHIN),
        Answer.NOT_ME: (
            WRONG_NUMBER, "Our message reached somebody else: check the number or address", CHECK_WITHIN
        ),
    }.get(Answer(held.answer))  # fmt: skip
    if words is None:
        return
    kind, what, within = words
    about = {"authority_id": held.authority_id, "words": what}
    Task.objects.update_or_create(
        person_id=held.person_id,
        kind=kind,
        cause=f"answer {held.pk}",
        done_at=None,
        defaults={**about, "due_on": working_days_after(clock.today(), within)},
    )
