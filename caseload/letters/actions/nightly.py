"""What the turn of a day brings about: letters that have had their answer end, and those that had none are tasks."""

from datetime import date, datetime, time, timedelta

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from caseload.chase.models import Attempt
from caseload.letters.actions.outcomes import NO_REPLY_TASK
from caseload.letters.kinds import Kind
from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.facts import NOBODY, holds, one_of, tracked
from neet import clock
from neet.audit.actions import recorded
from neet.clock import LONDON
from neet.files.actions import remove
from returns.surveys.models import AnswerLink
from tracking.models import Task
from tracking.reference.queries import ruleset
from tracking.register.models import Claim, Confirmation, YoungPerson
from tracking.register.models.activity import Source
from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.letters import LetterSeries, NoReply
from tracking.rules.ruleset import RuleSet

Closed = Letter.Closed
FROM_HOME = (Source.YOUNG_PERSON, Source.PARENT)
# A file with names and addresses is kept for as long as somebody may have to print it again.
KEPT_FOR = timedelta(days=30)
A_FORTNIGHT = timedelta(days=14)


def keep_up(*, day: date) -> dict[str, int]:
    """End the letters that were answered or whose reason has gone, open a task where nobody answered in time, and take
    away files nobody prints any more (R33, R34, R39). A handful of statements for each letter of the rules, however
    many people; done twice it changes nothing."""
    rules = ruleset(day)
    with recorded(Kind.KEPT_UP, by=None) as event:
        done = {"answered": _end(_answered(day), Closed.ANSWERED, day)}
        done["confirmed"] = sum(
            _end(_settled(each, rules, day), Closed.CONFIRMED, day) for each in _known(rules)
        )
        done["over"] = sum(_end(_over(each, rules, day), Closed.NO_LONGER_DUE, day) for each in _known(rules))
        done["over"] += _end(_of_those_gone(rules), Closed.NO_LONGER_DUE, day)
        done["tasks_done"] = _tasks_done()
        done["tasks"] = _ask(rules, day)
        done["files"] = _take_away(day)
        event.counts = done
    return done


def _known(rules: RuleSet) -> list[LetterSeries]:
    return list(rules.letter_series.values())


def _end(letters: QuerySet[Letter], how: str, day: date) -> int:
    """By their numbers: what is read to find them must not be read again while they change."""
    found = list(letters.order_by("pk").values_list("pk", flat=True))
    return Letter.objects.filter(pk__in=found).update(closed=how, closed_on=day) if found else 0


def _waiting(day: date) -> QuerySet[Letter]:
    return Letter.objects.waiting().filter(sent_on__lte=day)


def _answered(day: date) -> QuerySet[Letter]:
    """Somebody at home said something since: to a colleague, by a link, or what they do was confirmed by them."""
    of_them = {"person": OuterRef("person")}
    learned = Attempt.objects.filter(**of_them, learned=True, tried_at__date__gte=OuterRef("sent_on"))
    said = Claim.objects.filter(**of_them, said_by__in=FROM_HOME, said_on__gte=OuterRef("sent_on"))
    by_link = AnswerLink.objects.filter(**of_them, answered_at__date__gte=OuterRef("sent_on"))
    confirmed = Confirmation.objects.filter(
        activity__person=OuterRef("person"),
        source__in=FROM_HOME,
        verified_on__gte=OuterRef("sent_on"),
        voided_by=None,
    )
    ways = Exists(learned) | Exists(said) | Exists(by_link) | Exists(confirmed)
    return _waiting(day).exclude(next_step_on=None).filter(ways)


def _settled(series: LetterSeries, rules: RuleSet, day: date) -> QuerySet[Letter]:
    """What the letter asked about is known now."""
    people = YoungPerson.objects.filter(one_of(series.closing.facts, rules, day))
    letters = _waiting(day).filter(batch__series=series.code)
    return letters.filter(person__in=people.values("pk")) if series.closing.facts else letters.none()


def _over(series: LetterSeries, rules: RuleSet, day: date) -> QuerySet[Letter]:
    """Its reason has gone, its closing day has come, or its school year is over: unless what keeps it open is so."""
    letters = _waiting(day).filter(batch__series=series.code)
    reason = holds(series.matter, rules, day) if series.matter else Q()
    kept = one_of(series.closing.unless, rules, day)
    still = letters.filter(person__in=YoungPerson.objects.filter(reason).values("pk"))
    over = letters.exclude(pk__in=still.values("pk")) | letters.filter(_closing(series, day))
    return over.exclude(person__in=YoungPerson.objects.filter(kept).values("pk")) if kept != NOBODY else over


def _closing(series: LetterSeries, day: date) -> Q:
    """Letters sent before the last closing day there was; those without one end with the school year."""
    if not series.closing.month:
        return Q(sent_on__lt=starts_on(academic_year(day)))
    first = date(day.year, series.closing.month, 1)
    return Q(sent_on__lt=first if first <= day else first.replace(year=day.year - 1))


def _of_those_gone(rules: RuleSet) -> QuerySet[Letter]:
    """Young people nobody here follows any more, or nobody may write to."""
    followed = YoungPerson.objects.filter(tracked(rules))
    return Letter.objects.waiting().exclude(person__in=followed.values("pk"))


def _tasks_done() -> int:
    """What we asked of ourselves about letters that have ended meanwhile."""
    ended = Letter.objects.exclude(closed_on=None).annotate(cause=_cause())
    open_tasks = Task.objects.filter(kind=NO_REPLY_TASK, done_at=None, cause__in=ended.values("cause"))
    return open_tasks.update(done_at=clock.now(), outcome="The letter has had its answer, or needs none")


def _cause() -> Concat:
    return Concat(Value("letter "), Cast("pk", CharField()), output_field=CharField())


def _ask(rules: RuleSet, day: date) -> int:
    """A task for each letter whose day has passed, opened once."""
    asking = [each.code for each in _known(rules) if each.reply.then is NoReply.TASK]
    had = Task.objects.filter(person=OuterRef("person"), kind=NO_REPLY_TASK, cause=OuterRef("cause"))
    letters = _waiting(day).filter(batch__series__in=asking, next_step_on__lt=day).annotate(cause=_cause())
    missing = letters.filter(~Exists(had)).order_by("pk")
    rows = missing.values_list("person", "cause", "batch__series", "batch__authority")
    tasks = [
        Task(
            authority_id=authority_id,
            person_id=person,
            kind=NO_REPLY_TASK,
            cause=cause,
            words=f"No answer to the letter “{rules.letter_series[code].words}”: ring the family"[:240],
            due_on=day + A_FORTNIGHT,
        )
        for person, cause, code, authority_id in rows
    ]
    return len(Task.objects.bulk_create(tasks, ignore_conflicts=True))


def _take_away(day: date) -> int:
    """Files whose letters went, or were made, a month ago."""
    before = datetime.combine(day - KEPT_FOR, time.min, LONDON)
    old = LetterBatch.objects.filter(printed_at__lt=before).exclude(file=None).select_related("file")
    number = 0
    for batch in old.filter(Q(sent_on=None) | Q(sent_on__lt=before.date())).order_by("pk"):
        if file := batch.file:
            remove(file=file, by=None, why="kept for a month")
            number += 1
    return number
