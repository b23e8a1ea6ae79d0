"""Letters nobody answered in time: what was tried, and whether another service may be asked (R35, R36)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, DateField, F, IntegerField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate

from caseload.chase.models import Attempt
from caseload.letters.models import Letter
from caseload.letters.queries.due import ruled
from caseload.letters.rules import Tried, may_refer, why_not_yet
from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.models import Confirmation
from tracking.register.models.activity import Source
from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.letters import NoReply, Reply

FROM_HOME = (Source.YOUNG_PERSON, Source.PARENT)
NOTHING_ASKED = Reply()


@dataclass(frozen=True)
class Unanswered:
    """One letter without an answer: whom it is about, what was tried, and what may be done next."""

    pk: int
    ref: UUID
    name: str
    words: str
    sent_on: date
    answer_by: date
    tried: Tried
    is_confirmed: bool
    may_refer: bool
    why_not_yet: str


def unanswered(user: User, authority_id: int, on: date) -> QuerySet[Letter]:
    """Letters whose day has passed without an answer, where something has to follow; what was tried is beside each."""
    following = [
        code for code, each in ruleset(on).letter_series.items() if each.reply.then is not NoReply.NOTHING
    ]
    found = Letter.objects.waiting().visible_to(user)
    found = found.filter(batch__authority=authority_id, batch__series__in=following, next_step_on__lt=on)
    return with_what_was_tried(found, on).select_related("person", "batch")


def with_what_was_tried(letters: QuerySet[Letter], on: date) -> QuerySet[Letter]:
    """Each with the letters and attempts of the school year, and when somebody at the other end last said anything."""
    since = starts_on(academic_year(on))
    written = Letter.objects.filter(person=OuterRef("person"), state=Letter.State.SENT, sent_on__gte=since)
    tries = Attempt.objects.filter(person=OuterRef("person"), tried_at__date__lte=on)
    said = Confirmation.objects.filter(
        activity__person=OuterRef("person"), source__in=FROM_HOME, verified_on__lte=on, voided_by=None
    )
    return letters.annotate(
        written=_count(written),
        attempts=_count(tries.filter(tried_at__date__gte=since)),
        reached_on=_last(tries.filter(reached=True), TruncDate("tried_at")),
        said_on=_last(said, F("verified_on")),
    )


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("person").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _last(rows: QuerySet, day: F | TruncDate) -> Subquery:
    latest = rows.order_by().annotate(_one=Value(1)).values("_one").annotate(last=Max(day))
    return Subquery(latest.values("last"), output_field=DateField())


def tried_for(letter: Letter) -> Tried:
    """What was tried, of a letter read with it."""
    heard = [each for each in (letter.reached_on, letter.said_on) if each]  # type: ignore[attr-defined]  # columns of the query
    return Tried(letter.written, letter.attempts, max(heard, default=None))  # type: ignore[attr-defined]  # columns of the query


def reply_asked(letter: Letter) -> Reply:
    """What follows without an answer, as the rules stood when the letter was made."""
    series = ruled(letter.batch.series, letter.batch.due_on)
    return series.reply if series else NOTHING_ASKED


def unanswered_lines(letters: Iterable[Letter], on: date) -> tuple[Unanswered, ...]:
    return tuple(_line(each, on) for each in letters)


def _line(letter: Letter, on: date) -> Unanswered:
    tried, reply = tried_for(letter), reply_asked(letter)
    series = ruled(letter.batch.series, letter.batch.due_on)
    return Unanswered(
        pk=letter.pk,
        ref=letter.person.ref,
        name=letter.person.full_name,
        words=series.words if series else letter.batch.series,
        sent_on=letter.sent_on or on,
        answer_by=letter.next_step_on or on,
        tried=tried,
        is_confirmed=tried.is_confirmed(on),
        may_refer=may_refer(reply, tried, on),
        why_not_yet=why_not_yet(reply, tried, on),
    )
