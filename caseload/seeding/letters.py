"""Inventing letters: one batch that went six weeks ago and had some answers, and one that waits to be sent."""

from datetime import date, timedelta
from random import Random

from caseload.letters.actions.making import make_batch, save_letterhead
from caseload.letters.actions.nightly import keep_up
from caseload.letters.actions.outcomes import answered, came_back
from caseload.letters.actions.sending import mark_sent
from caseload.letters.kinds import SET_AS_FILE
from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.due import due_people, ruled, writable
from caseload.letters.statements import Head, Wanted
from neet.accounts.models import User
from neet.jobs.actions import submit
from schools.models import Authority

AGO = timedelta(days=42)
FIRST, WAITING = "home_y11_september", "signposting"
HEAD = Head(
    "Participation team\nCouncil offices\nExample Street\nEXAMPLETON\nZZ1 1AA",
    "Pat Example",
    "Participation lead",
)
SAID = (
    "Has applied to the sixth form college for three A levels.",
    "Will go on being taught at home until Christmas and wants a visit.",
)


def written(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """By the very actions that pages use; of the batch that went, the day is put back to when it went."""
    save_letterhead(authority=authority, head=HEAD, by=officer)
    if _anybody(authority, officer, FIRST, on - AGO):
        _went(rng, make_batch(authority=authority, wanted=Wanted(FIRST, on - AGO), by=officer), officer, on)
    if _anybody(authority, officer, WAITING, on):
        batch = make_batch(authority=authority, wanted=Wanted(WAITING, on), by=officer)
        # Set by the first worker that runs: inventing asks for no style sheets.
        submit(kind=SET_AS_FILE, by=officer, authority_id=authority.pk, payload={"batch": batch.pk})


def _anybody(authority: Authority, officer: User, code: str, on: date) -> bool:
    series = ruled(code, on)
    return series is not None and writable(due_people(officer, authority, series, on)).exists()


def _went(rng: Random, batch: LetterBatch, officer: User, on: date) -> None:
    """Its file was taken away since, as those of all letters that went a month ago."""
    LetterBatch.objects.filter(pk=batch.pk).update(state=LetterBatch.State.PRINTED, printed_at=batch.made_at)
    mark_sent(batch=batch, sent_on=batch.made_at.date(), by=officer)
    sent_on = on - AGO + timedelta(days=1)
    series = ruled(batch.series, batch.due_on)
    answer_by = series.reply.due_on(sent_on) if series else None
    LetterBatch.objects.filter(pk=batch.pk).update(
        made_at=batch.made_at - AGO,
        printed_at=batch.made_at - AGO,
        sent_on=sent_on,
        pages=batch.letters.count(),
    )
    batch.letters.filter(state=Letter.State.SENT).update(sent_on=sent_on, next_step_on=answer_by)
    sent = list(batch.letters.filter(state=Letter.State.SENT).select_related("person").order_by("pk"))
    rng.shuffle(sent)
    for letter, words in zip(sent, SAID, strict=False):
        answered(letter=letter, words=words, by=officer)
    for letter in sent[len(SAID) : len(SAID) + 1]:
        came_back(letter=letter, by=officer)
    keep_up(day=on)
