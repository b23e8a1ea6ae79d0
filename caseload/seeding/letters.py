"""Inventing letters: a batch that went ten weeks ago and had some answers, one family nobody reaches, a batch that
waits to be sent and one that GOV.UK Notify is to have."""

from datetime import date, datetime, time, timedelta
from random import Random

from caseload.chase.kinds import Kind
from caseload.chase.models import Attempt
from caseload.letters.actions.making import make_batch, save_letterhead
from caseload.letters.actions.nightly import keep_up
from caseload.letters.actions.outcomes import answered, came_back
from caseload.letters.actions.sending import mark_sent
from caseload.letters.kinds import SET_AS_FILE
from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.due import due_people, ruled, writable
from caseload.letters.statements import Head, Wanted
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.clock import LONDON
from neet.jobs.actions import submit
from schools.models import Authority
from tracking.reference.queries import ruleset

AGO, AGAIN_AGO = timedelta(days=70), timedelta(days=33)
FIRST, UNREACHED, WAITING, BY_NOTIFY = (
    "home_y11_september", "home_y11_unreached", "signposting", "not_known_first",
)  # fmt: skip
MOST_BY_NOTIFY = 12
# So long ago somebody there answered the telephone, so that the number is known to be right; and the tries since.
SPOKE_AGO, TRIED_AGO = 190, (60, 52, 41)
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
        first = make_batch(authority=authority, wanted=Wanted(FIRST, on - AGO), by=officer)
        _went(first, officer, on - AGO)
        _answered(rng, first, officer)
        _never_reached(first, officer, on)
        keep_up(day=on)
    if _anybody(authority, officer, WAITING, on):
        batch = make_batch(authority=authority, wanted=Wanted(WAITING, on), by=officer)
        # Set by the first worker that runs: inventing asks for no style sheets.
        submit(kind=SET_AS_FILE, by=officer, authority_id=authority.pk, payload={"batch": batch.pk})
    if _anybody(authority, officer, BY_NOTIFY, on):
        _for_notify(authority, officer, on)


def _for_notify(authority: Authority, officer: User, on: date) -> None:
    """A few of those not known: nothing of it is handed over before somebody says so."""
    series = ruled(BY_NOTIFY, on)
    if series is None:
        return
    people = writable(due_people(officer, authority, series, on)).order_by("pk")
    some = frozenset(people.values_list("pk", flat=True)[:MOST_BY_NOTIFY])
    wanted = Wanted(BY_NOTIFY, on, only=some, way=LetterBatch.Way.NOTIFY)
    make_batch(authority=authority, wanted=wanted, by=officer)


def _anybody(authority: Authority, officer: User, code: str, on: date) -> bool:
    series = ruled(code, on)
    return series is not None and writable(due_people(officer, authority, series, on)).exists()


def _went(batch: LetterBatch, officer: User, made_on: date) -> None:
    """Its file was taken away since, as those of all letters that went a month ago."""
    made_at = datetime.combine(made_on, time(10), LONDON)
    LetterBatch.objects.filter(pk=batch.pk).update(state=LetterBatch.State.PRINTED, printed_at=batch.made_at)
    mark_sent(batch=batch, sent_on=batch.made_at.date(), by=officer)
    sent_on = made_on + timedelta(days=1)
    series = ruled(batch.series, batch.due_on)
    answer_by = series.reply.due_on(sent_on) if series else None
    LetterBatch.objects.filter(pk=batch.pk).update(
        made_at=made_at, printed_at=made_at, sent_on=sent_on, pages=batch.letters.count()
    )
    batch.letters.filter(state=Letter.State.SENT).update(sent_on=sent_on, next_step_on=answer_by)


def _answered(rng: Random, batch: LetterBatch, officer: User) -> None:
    sent = list(batch.letters.filter(state=Letter.State.SENT).select_related("person").order_by("pk"))
    rng.shuffle(sent)
    for letter, words in zip(sent, SAID, strict=False):
        answered(letter=letter, words=words, by=officer)
    for letter in sent[len(SAID) : len(SAID) + 1]:
        came_back(letter=letter, by=officer)


def _never_reached(first: LetterBatch, officer: User, on: date) -> None:
    """One family that was rung three times and written to twice, so that another service may be asked now."""
    waiting = first.letters.waiting().select_related("person").order_by("pk").first()
    if waiting is None:
        return
    person = waiting.person
    with recorded(Kind.ATTEMPT_RECORDED, by=officer, authority_id=first.authority_id, subjects=[person.pk]):
        Attempt.objects.bulk_create(
            [
                _rang(person.pk, officer, on - timedelta(days=SPOKE_AGO), "passed_on"),
                *(_rang(person.pk, officer, on - timedelta(days=ago), "no_answer") for ago in TRIED_AGO),
            ]
        )
    made_on = on - AGAIN_AGO
    series = ruled(UNREACHED, made_on)
    if series and due_people(officer, first.authority, series, made_on).filter(pk=person.pk).exists():
        wanted = Wanted(UNREACHED, made_on, only=frozenset({person.pk}))
        _went(make_batch(authority=first.authority, wanted=wanted, by=officer), officer, made_on)


def _rang(person_id: int, officer: User, on: date, outcome: str) -> Attempt:
    known = ruleset(on).contact_outcomes[outcome]
    return Attempt(
        person_id=person_id,
        channel=Attempt.Channel.TELEPHONE,
        asked="parent",
        outcome=outcome,
        reached=known.reached,
        learned=known.learned,
        tried_at=datetime.combine(on, time(14, 30), LONDON),
        tried_by=officer,
    )
