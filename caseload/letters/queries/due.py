"""Who is due a letter on a day, why, and who cannot be written to."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.facts import meant
from caseload.letters.rules import CAME_BACK, LEFT_OUT, NO_ADDRESS, OPTED_OUT, USE_LIMITED
from caseload.messaging.models import OptOut
from neet.accounts.models import User
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import Residence, YoungPerson
from tracking.register.queries.register import Line, lines_of
from tracking.rights.queries.limits import use_is_limited
from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.letters import Follows, LetterFact, LetterSeries, LetterWording, NoReply, series_of

State, BatchState = Letter.State, LetterBatch.State
ANSWERED = (Letter.Closed.ANSWERED, Letter.Closed.CONFIRMED)
LONG_AGO = date(1900, 1, 1)
MOST_SHOWN = 50
BY_NAME = ("family_name", "given_name", "pk")
LETTER = "letter"


def series_at(authority: Authority, on: date) -> tuple[LetterSeries, ...]:
    """The letters of a council as its rules stand on the day, in order."""
    return series_of(ruleset(on).letter_series.values(), authority.code)


def ruled(code: str, on: date) -> LetterSeries | None:
    """The rule of a letter as it stood on the day its batch was made for; None where nobody has it any more."""
    return ruleset(on).letter_series.get(code)


def codes_on(matter: LetterFact | None, on: date) -> list[str]:
    """The letters on one matter, by their short names."""
    return [each.code for each in ruleset(on).letter_series.values() if matter and each.matter is matter]


def wording_of(code: str, language: str, on: date) -> LetterWording | None:
    """What a letter says in a language on a day, if somebody wrote it."""
    return ruleset(on).letter_wordings.get((code, language))


def languages_of(series: LetterSeries, on: date) -> tuple[str, ...]:
    found = {language for code, language in ruleset(on).letter_wordings if code == series.wording}
    return tuple(sorted(found, key=lambda each: (each != "en", each)))


def due_people(user: User, authority: Authority, series: LetterSeries, on: date) -> QuerySet[YoungPerson]:
    """The visible young people who are due this letter on the day; nobody outside its months."""
    people = YoungPerson.objects.visible_to(user).of(authority)
    if not series.audience.in_season(on):
        return people.none()
    rules = ruleset(on)
    found = people.filter(meant(series.audience, rules, on)).filter(~Exists(_written(series, on)))
    return found.filter(_follows(series.follows, on)) if series.follows.code else found


def _written(series: LetterSeries, on: date) -> QuerySet[Letter]:
    """Letters of this wording that count: sent since its quiet time began, or waiting to be sent."""
    alike = [each.code for each in ruleset(on).letter_series.values() if each.wording == series.wording]
    sent = Q(state=State.SENT, sent_on__gte=series.quiet_since(on))
    waiting = Q(state=State.TO_SEND) & ~Q(batch__state=BatchState.DROPPED)
    return Letter.objects.filter(sent | waiting, person=OuterRef("pk"), batch__series__in=alike)


def _follows(follows: Follows, on: date) -> Q:
    """The letter before went this school year and long enough ago; who answered it is left alone where asked."""
    before = Letter.objects.filter(
        person=OuterRef("pk"),
        batch__series=follows.code,
        state=State.SENT,
        sent_on__gte=starts_on(academic_year(on)),
    )
    since = on - timedelta(days=follows.days)
    found = Q(Exists(before)) & ~Q(Exists(before.filter(sent_on__gt=since)))
    answered = Q(Exists(before.filter(closed__in=ANSWERED)))
    return found & ~answered if follows.unanswered_only else found


def writable(people: QuerySet[YoungPerson]) -> QuerySet[YoungPerson]:
    """Those of them a letter can go to."""
    return people.annotate(left_out=left_out()).filter(left_out="")


def why_left_out(people: QuerySet[YoungPerson]) -> dict[int, str]:
    """Those of them no letter can go to, each with the reason, by name."""
    found = people.annotate(left_out=left_out()).exclude(left_out="").order_by(*BY_NAME)
    return dict(found.values_list("pk", "left_out"))


def left_out() -> Case:
    """Why no letter can go to somebody, or nothing."""
    home = Residence.objects.filter(person=OuterRef("pk"), ends_on=None)
    usable = home.exclude(line_1="").exclude(postcode="")
    back = Letter.objects.filter(person=OuterRef("person"), state=State.CAME_BACK)
    tried = back.filter(sent_on__gte=Coalesce(OuterRef("starts_on"), Value(LONG_AGO)))
    no_letters = OptOut.objects.filter(person=OuterRef("pk"), ended_at=None, channel__in=("", LETTER))
    return Case(
        When(use_is_limited(), then=Value(USE_LIMITED)),
        When(Exists(no_letters), then=Value(OPTED_OUT)),
        When(~Exists(usable), then=Value(NO_ADDRESS)),
        When(Exists(home.filter(Exists(tried))), then=Value(CAME_BACK)),
        default=Value(""),
        output_field=CharField(),
    )


@dataclass(frozen=True)
class Standing:
    """How one letter stands on a day: how many it is due to, and how many of them cannot be written to."""

    series: LetterSeries
    in_season: bool
    due: int
    left_out: int
    waiting: int
    unanswered: int


def board(user: User, authority: Authority, on: date) -> tuple[Standing, ...]:
    """Every letter of the council in order; a statement for each that is in season and one for the rest."""
    sent = _counted(user, authority, on)
    return tuple(_standing(each, user, authority, on, sent) for each in series_at(authority, on))


def _standing(
    series: LetterSeries, user: User, authority: Authority, on: date, sent: Mapping[str, Counter[str]]
) -> Standing:
    in_season = series.audience.in_season(on)
    due = {"due": 0, "out": 0}
    if in_season:
        due = _sums(due_people(user, authority, series, on))
    known = sent.get(series.code, Counter())
    unanswered = 0 if series.reply.then is NoReply.NOTHING else known["unanswered"]
    return Standing(series, in_season, due["due"], due["out"], known["waiting"], unanswered)


def _sums(people: QuerySet[YoungPerson]) -> dict[str, int]:
    writable, not_writable = Count("pk", filter=Q(left_out="")), Count("pk", filter=~Q(left_out=""))
    return people.annotate(left_out=left_out()).aggregate(due=writable, out=not_writable)


def _counted(user: User, authority: Authority, on: date) -> dict[str, Counter[str]]:
    """By letter: how many are printed and not sent, and how many wait for an answer beyond its day."""
    visible = YoungPerson.objects.visible_to(user).values("pk")
    letters = Letter.objects.filter(batch__authority=authority, person__in=visible)
    waiting = Q(state=State.TO_SEND) & ~Q(batch__state=BatchState.DROPPED)
    late = Q(state=State.SENT, closed_on=None, next_step_on__lt=on)
    rows = (
        letters.filter(waiting | late)
        .order_by()
        .values(code=F("batch__series"))
        .annotate(waiting=Count("pk", filter=waiting), late=Count("pk", filter=late))
    )
    return {row["code"]: Counter(waiting=row["waiting"], unanswered=row["late"]) for row in rows}


@dataclass(frozen=True)
class LeftOut:
    """Somebody due a letter who cannot be written to, and why."""

    who: Line
    why: str


def cannot_be_written_to(people: QuerySet[YoungPerson], user: User, on: date) -> tuple[LeftOut, ...]:
    """The first of those no letter can go to, by name; two statements."""
    reasons = dict(islice(why_left_out(people).items(), MOST_SHOWN))
    found = YoungPerson.objects.filter(pk__in=list(reasons)).order_by(*BY_NAME)
    return tuple(LeftOut(each, LEFT_OUT[reasons[each.pk]]) for each in lines_of(found, user, on))
