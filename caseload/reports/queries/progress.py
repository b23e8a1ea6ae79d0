"""How the council's year goes on: the plan by service, what is late and whose it is, what stands in the way."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from caseload.plan.queries.board import THE_COUNCIL
from caseload.plan.queries.items import Answerable, item_of, posts_by_item, tasks_of
from caseload.plan.queries.posts import directory
from caseload.plan.rules import DONE_WORDS, LATE, NOT_NEEDED_WORDS, standing
from caseload.reports.queries.material import Material
from caseload.reports.queries.missing import missing
from caseload.reports.rules.content import Section, Share
from neet.clock import LONDON
from neet.ui.words import day as in_words
from neet.ui.words import many
from returns.calendar.models import ExpectedReturn
from returns.calendar.queries.expected import DUE_ON
from tracking.register.models import Task
from tracking.register.queries.seeking import sector_words
from tracking.rules.academic_year import academic_year, starts_on

NOBODY = "Nobody"
AHEAD = timedelta(days=31)
IN_TIME, AFTER, MISSING = "in time", "late", "missing"
PLAN = "The plan of the year"
NO_PLAN = "No plan was made for this school year"
NOTHING_HERE = "It holds nothing for this service"


@dataclass(frozen=True)
class Item:
    """One item of the plan as it stood when the month was frozen."""

    words: str
    service: str
    who: str
    due_on: date
    done_on: date | None
    state: tuple[str, str]

    @property
    def in_time(self) -> bool:
        return self.done_on is not None and self.done_on <= self.due_on


def items(made_of: Material) -> list[Item]:
    """The plan of the school year, of the council or of one service, with whoever answers for each; four statements."""
    tasks = tasks_of(made_of.authority.pk, academic_year(made_of.day)).filter(due_on__isnull=False)
    if made_of.whom.service:
        tasks = tasks.filter(service=made_of.whom.service)
    rows = tasks.select_related("service", "owner").order_by(
        "due_on", F("service__name").asc(nulls_first=True), "pk"
    )
    posts = posts_by_item(made_of.authority, made_of.day)
    answerable = Answerable(made_of.authority.pk, made_of.day)
    return [_item(each, posts, answerable, made_of) for each in rows]


def _item(task: Task, posts: Mapping[str, str], answerable: Answerable, made_of: Material) -> Item:
    post = answerable.post(task.service_id, posts.get(item_of(task.cause), ""))
    done_on = _day(task) if task.done_at and task.done_at <= made_of.known_at else None
    due_on = task.due_on or made_of.day
    return Item(
        words=task.words,
        service=task.service.name if task.service else THE_COUNCIL,
        who=task.owner.name if task.owner else post.holder_words or post.words if post else NOBODY,
        due_on=due_on,
        done_on=done_on,
        state=standing(due_on, done_on is not None, task.outcome, made_of.day),
    )


def _day(task: Task) -> date | None:
    return task.done_at.astimezone(LONDON).date() if task.done_at else None


def plan(made_of: Material) -> Sequence[Section]:
    """The plan of the year: by service, what is late, what is due next."""
    if made_of.whom.district:
        return ()
    found = items(made_of)
    if not found:
        return [Section(PLAN, NOTHING_HERE if made_of.whom.service else NO_PLAN)]
    parts = (by_service(found, made_of.day), late(found, made_of.day), coming(found, made_of.day))
    return [each for each in parts if each]


def by_service(found: Sequence[Item], on: date) -> Section:
    """How much of each service's items is done, and of what was due how much in time (R95, R130)."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        for name in (each.service, "All"):
            sums[name].update(_counts(each, on))
    names = sorted((name for name in sums if name != "All"), key=lambda name: (name != THE_COUNCIL, name))
    rows = [
        (name, at["all"], at["done"], at["unneeded"], at["late"], at["to come"], at["due"],
         Share(100 * at["in time"] / at["due"] if at["due"] else None))
        for name, at in ((name, sums[name]) for name in [*names, "All"])
    ]  # fmt: skip
    whole = sums["All"]
    message = (
        f"{whole['in time']:,} of {whole['due']:,} items due were done in time; {whole['late']:,} are late"
    )
    columns = ("Service", "Items", "Done", "Not needed", "Late", "To come", "Due by now", "In time")
    return Section(PLAN, message, columns, rows)


def _counts(each: Item, on: date) -> list[str]:
    found = ["all"]
    if each.state == DONE_WORDS:
        found.append("done")
    elif each.state == NOT_NEEDED_WORDS:
        return ["all", "unneeded"]
    else:
        found.append("late" if each.state == LATE else "to come")
    if each.due_on < on:
        found += ["due", "in time"] if each.in_time else ["due"]
    return found


def late(items: Sequence[Item], on: date) -> Section | None:
    """Every item that is late, and who answers for it (R97)."""
    found = [each for each in items if each.state == LATE]
    if not found:
        return None
    rows = [
        (each.words, each.service, each.who, in_words(each.due_on), (on - each.due_on).days) for each in found
    ]
    message = f"{many(len(rows), 'item is,items are')} late, the oldest by {many(rows[0][-1], 'day,days')}"
    columns = ("What is late", "Service", "Who answers for it", "Was due", "Days late")
    return Section("Late", message, columns, rows)


def coming(items: Sequence[Item], on: date) -> Section | None:
    """What is due within the month after."""
    found = [
        each
        for each in items
        if each.state not in (DONE_WORDS, NOT_NEEDED_WORDS, LATE) and each.due_on <= on + AHEAD
    ]
    if not found:
        return None
    rows = [(each.words, each.service, each.who, in_words(each.due_on)) for each in found]
    message = f"{many(len(rows), 'item is,items are')} due by {in_words(on + AHEAD)}"
    return Section("Due next", message, ("What is due", "Service", "Who answers for it", "Due"), rows)


def gaps(made_of: Material) -> Section | None:
    """Provision that young people wait for and that is not there (R72)."""
    if not (gaps := list(missing(made_of))):
        return None
    rows = [
        (
            sector_words(each.sector, made_of.rules),
            each.level,
            str(each.district or each.area or "Anywhere"),
            each.need,
            each.waiting,
        )
        for each in gaps
    ]
    waiting = many(sum(each.waiting for each in gaps), "young person waits,young people wait")
    message = f"{waiting} for what is not there"
    return Section(
        "What is missing", message, ("What", "Level", "Where", "What it would offer", "Waiting"), rows
    )


def who_answers(made_of: Material) -> Section | None:
    """Who answers for what today, and where nobody does (R97)."""
    if made_of.whom.district or made_of.whom.service:
        return None
    found = directory(made_of.authority, made_of.day)
    if not found.posts:
        return Section("Who answers for what", "No posts were set up")
    rows = [
        (
            each.words,
            each.place,
            each.holder if each.is_held and each.holder else NOBODY,
            each.acts or each.deputy,
        )
        for each in found.posts
    ]
    empty = sum(row[2] == NOBODY for row in rows)
    message = f"{many(empty, 'post is,posts are')} held by nobody" if empty else "Every post is held"
    note = ". ".join(found.gaps)
    columns = ("Post", "Where", "Who", "Stands in")
    return Section("Who answers for what", message, columns, rows, note=f"{note}." if note else "")


def calendar(made_of: Material) -> Section | None:
    """The returns that were due this school year: in time, late, missing, by what was asked for (R130)."""
    if made_of.whom.district or made_of.whom.service:
        return None
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for title, state in _returns(made_of):
        sums[title][state] += 1
        sums["All"][state] += 1
    if not sums:
        return None
    names = [*(name for name in sums if name != "All"), "All"]
    rows = [
        (name, at.total(), at[IN_TIME], at[AFTER], at[MISSING], Share(100 * at[IN_TIME] / at.total()))
        for name, at in ((name, sums[name]) for name in names)
    ]
    whole = sums["All"]
    message = f"{whole[IN_TIME]:,} of {whole.total():,} returns that were due came in time"
    columns = ("What was asked for", "Due", "In time", "Late", "Missing", "In time %")
    return Section("Returns of schools and colleges", message, columns, rows)


def _returns(made_of: Material) -> list[tuple[str, str]]:
    """What was asked for and how the answer came, of each that was due since September, the earliest first."""
    on = made_of.day
    asked = (
        ExpectedReturn.objects.filter(
            collection__authority=made_of.authority, collection__published_at__isnull=False,
            establishment__isnull=False, waived_on=None,
        )
        .annotate(due=DUE_ON)
        .filter(due__gte=starts_on(academic_year(on)), due__lt=on)
        .order_by("collection__due_on", "collection__title", "pk")
    )  # fmt: skip
    found = []
    for title, due, *moments in asked.values_list("collection__title", "due", "sent_at", "nil_at"):
        came = [each.astimezone(LONDON).date() for each in moments if each and each <= made_of.known_at]
        found.append((title, MISSING if not came else IN_TIME if min(came) <= due else AFTER))
    return found
