"""Making a batch of letters, and setting it as one file."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from caseload.letters.actions.reach import refuse_over, refuse_strangers
from caseload.letters.documents import Made, letters_as_pdf
from caseload.letters.kinds import Kind
from caseload.letters.models import Letter, LetterBatch, Letterhead
from caseload.letters.queries.due import (
    BY_NAME,
    due_people,
    ruled,
    series_at,
    why_left_out,
    wording_of,
    writable,
)
from caseload.letters.queries.ways import mailboxes
from caseload.letters.rules import CAME_BACK, NO_ADDRESS, WITHHELD
from caseload.letters.statements import Head, Wanted
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.files.actions import remove, store
from neet.files.models import StoredFile
from neet.turns import one_at_a_time
from returns.surveys.actions import Ask, keep_printed
from returns.surveys.actions import withdraw as withdraw_links
from returns.surveys.statements import Printed
from schools.models import Authority
from tracking.models import Task
from tracking.register.actions.reach import within_reach
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotRight
from tracking.rules.letters import LetterSeries

State, BatchState, Way = Letter.State, LetterBatch.State, LetterBatch.Way
# Set in about half a minute. Whoever is due beyond them has a second batch.
MOST = 500
NO_ADDRESS_TASK = "no_address"
PURPOSE = "letters"
MOST_OF_WORDING = 20


def save_letterhead(*, authority: Authority, head: Head, by: User) -> Letterhead:
    """Where letters come back to and who signs them, for every file made from now on. Raises NotPermitted."""
    refuse_strangers(by, authority.pk)
    with recorded(Kind.LETTERHEAD_SAVED, by=by, authority_id=authority.pk):
        lines = [line.strip() for line in head.return_address.splitlines() if line.strip()]
        said = {
            "return_address": "\n".join(lines),
            "signed_by": head.signed_by.strip(),
            "signed_as": head.signed_as.strip(),
        }
        return Letterhead.objects.update_or_create(authority=authority, defaults=said)[0]


def make_batch(*, authority: Authority, wanted: Wanted, by: User) -> LetterBatch:
    """A letter for everybody due it whom this user sees, at most five hundred, by name. Who cannot be written to is
    kept beside them with the reason, and is a task where the address has to be found (R33). By e-mail it goes to those
    with an address for it alone; everybody else stays due the letter.

    Nobody stands in two batches of one wording. Raises NotRight where there is nothing to write or nobody to write
    to, NotPermitted.
    """
    refuse_strangers(by, authority.pk)
    with recorded(Kind.BATCH_MADE, by=by, authority_id=authority.pk) as event:
        one_at_a_time("letters", authority.pk)
        series, version = _worded(authority, wanted)
        is_first = _is_first(authority, wanted)
        batch = LetterBatch.objects.create(
            authority=authority,
            series=series.code,
            wording=version,
            due_on=wanted.on,
            way=wanted.way,
            made_by=by,
        )
        people = _people(authority, series, wanted, by)
        if batch.way == Way.EMAIL:
            letters = _by_email(batch, series, people)
        else:
            letters = _letters(batch, series, people, with_left_out=is_first)
        to_send = sum(each.state == State.TO_SEND for each in letters)
        if not to_send:
            raise NotRight({"": "Nobody who can be written to is due this letter any more."})
        _ask_for_addresses(authority, letters, wanted.on)
        event.subjects = [each.person_id for each in letters]
        event.counts = {"batch": batch.pk, "letters": to_send, "left_out": len(letters) - to_send}
        return batch


def _worded(authority: Authority, wanted: Wanted) -> tuple[LetterSeries, str]:
    """The letter and the version of its wording. Raises NotRight."""
    if not Letterhead.objects.filter(authority=authority).exists():
        raise NotRight({"": "Say first where letters come back to and who signs them."})
    series = {each.code: each for each in series_at(authority, wanted.on)}.get(wanted.series)
    if series is None:
        raise NotRight({"": "This letter is not among those of your council any more."})
    if wanted.way == Way.EMAIL and not series.by_email:
        raise NotRight({"": "The rules do not let this letter go by e-mail."})
    wording = wording_of(series.wording, wanted.language, wanted.on)
    if wording is None:
        raise NotRight({"": "Nobody has written this letter in that language yet."})
    return series, wording.version


def _is_first(authority: Authority, wanted: Wanted) -> bool:
    """Who cannot be written to is kept once a day, not in every further batch."""
    others = LetterBatch.objects.filter(authority=authority, series=wanted.series, due_on=wanted.on)
    return not others.exclude(state=BatchState.DROPPED).exists()


def _people(authority: Authority, series: LetterSeries, wanted: Wanted, by: User) -> QuerySet[YoungPerson]:
    people = due_people(by, authority, series, wanted.on)
    people = people.filter(pk__in=within_reach(by, Permission.CONTACT_MANY).values("pk"))
    return people if wanted.only is None else people.filter(pk__in=wanted.only)


def _letters(
    batch: LetterBatch, series: LetterSeries, people: QuerySet[YoungPerson], *, with_left_out: bool
) -> list[Letter]:
    by_name = writable(people).order_by(*BY_NAME).values_list("pk", flat=True)[:MOST]
    made = [
        Letter(batch=batch, person_id=pk, to=series.to, number=number)
        for number, pk in enumerate(by_name, start=1)
    ]
    if with_left_out:
        made += [
            Letter(batch=batch, person_id=pk, to=series.to, state=State.LEFT_OUT, why=why)
            for pk, why in why_left_out(people).items()
        ]
    return Letter.objects.bulk_create(made)


def _by_email(batch: LetterBatch, series: LetterSeries, people: QuerySet[YoungPerson]) -> list[Letter]:
    by_name = list(people.order_by(*BY_NAME).values_list("pk", flat=True))
    boxes = mailboxes(by_name, series.to, batch.due_on)
    reached = [pk for pk in by_name if pk in boxes][:MOST]
    return Letter.objects.bulk_create(
        Letter(
            batch=batch,
            person_id=pk,
            to=series.to,
            way=Letter.Way.EMAIL,
            contact_point_id=boxes[pk].point,
            number=number,
        )
        for number, pk in enumerate(reached, start=1)
    )


def _ask_for_addresses(authority: Authority, letters: Iterable[Letter], on: date) -> None:
    find_out(
        authority_id=authority.pk,
        people=[each.person_id for each in letters if each.why in (NO_ADDRESS, CAME_BACK)],
        on=on,
    )


def find_out(*, authority_id: int, people: Iterable[int], on: date) -> None:
    """Where these live has to be found out: one task each, while it is open."""
    Task.objects.bulk_create(
        [
            Task(
                authority_id=authority_id,
                person_id=pk,
                kind=NO_ADDRESS_TASK,
                words="Find out where they live: no letter can be sent",
                cause=NO_ADDRESS_TASK,
                due_on=on,
            )
            for pk in people
        ],
        ignore_conflicts=True,
    )


def set_as_file(
    *, batch: LetterBatch, by: User | None, tell: Callable[[int, int], None], still_mine: Callable[[], None]
) -> LetterBatch:
    """All letters of the batch as one tagged PDF, addresses as they are now; whoever must not be written to any more
    is left out. Made again, it replaces the file, and what its letters hold to be answered online is good no more.
    Raises NotRight, NoLongerMine (nothing is written then)."""
    made = letters_as_pdf(batch, clock.today(), tell)
    with recorded(Kind.BATCH_SET, by=by, authority_id=batch.authority_id) as event:
        still_mine()
        now = LetterBatch.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch.pk)
        refuse_over(now)
        former = now.file
        now.letters.filter(pk__in=made.left_out).update(state=State.LEFT_OUT, why=WITHHELD)
        hold(batch=now, printed=made.printed)
        now.file, now.pages = _stored(now, made, by), made.pages
        now.state, now.printed_at = BatchState.PRINTED, clock.now()
        now.save(update_fields=["file", "pages", "state", "printed_at"])
        if former:
            remove(file=former, by=by, why="replaced by a new file")
        event.subjects = list(made.people)
        event.counts = {"batch": now.pk, "letters": len(made.people), "pages": made.pages}
        return now


def hold(*, batch: LetterBatch, printed: Mapping[int, Printed]) -> None:
    """Part of setting letters: what each holds to be answered online is good from now on, by young person, and what
    an earlier print of it held no more."""
    series = ruled(batch.series, batch.due_on)
    if not printed or series is None or series.asks is None:
        return
    letters = list(batch.letters.filter(person__in=list(printed)))
    withdraw_links(links=[each.link_id for each in letters if each.link_id])
    ask = Ask(batch.authority_id, series.asks, series.wording[:MOST_OF_WORDING])
    language = batch.wording.rpartition(" ")[2]
    made = keep_printed(ask=ask, held=printed, language=language, on=clock.today())
    for letter in letters:
        letter.link = made[letter.person_id]
    Letter.objects.bulk_update(letters, ["link"])


def _stored(batch: LetterBatch, made: Made, by: User | None) -> StoredFile:
    name = f"letters_{batch.series}_{batch.due_on:%Y-%m-%d}.pdf"
    return store(source=[made.content], name=name, purpose=PURPOSE, by=by, authority_id=batch.authority_id)
