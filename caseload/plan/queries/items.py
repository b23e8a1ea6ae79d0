"""What a year's plan holds: what the table says, what was made of it, and who answers for each item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from caseload.allocation.queries import settings_of
from caseload.plan.models import CouncilYear, Post
from caseload.plan.rules import Term, due_days, terms_of
from caseload.referrals.queries import answering_services
from neet.accounts.models import User
from schools.models import Authority, Service
from tracking.reference.queries import ruleset
from tracking.register.models import Task
from tracking.rules.council_year import ALL_SERVICES, PlanItem

KIND = "plan"
OF_THE_COUNCIL, OWN = "council", "own-"
LONGEST_CAUSE = 80


@dataclass(frozen=True)
class Planned:
    """One item of a year, not yet a task: what, for whom, by when."""

    item: str
    words: str
    service: Service | None
    post: str
    due_on: date
    mark: str = ""

    def cause(self, year: int) -> str:
        """What makes it the same item when the year is set up again."""
        whose = self.service.slug if self.service else OF_THE_COUNCIL
        mark = f":{self.mark}" if self.mark else ""
        return f"{KIND}:{year}:{self.item}:{whose}{mark}"[:LONGEST_CAUSE]


def item_of(cause: str) -> str:
    """The item's short name in a task's cause."""
    return cause.split(":")[2] if cause.count(":") >= 3 else ""


def tasks_of(authority_id: int, year: int) -> QuerySet[Task]:
    """The plan of one academic year, made into tasks."""
    return Task.objects.filter(authority=authority_id, kind=KIND, cause__startswith=f"{KIND}:{year}:")


def terms_at(authority: Authority | int) -> tuple[Term, ...]:
    """The council's terms."""
    said = CouncilYear.objects.filter(authority=authority).values_list("terms", flat=True).first()
    return terms_of(said or CouncilYear.Terms.SIX)


def table_items(authority: Authority, on: date) -> list[PlanItem]:
    """The rows of the table that hold for this council: everybody's, and its own."""
    rows = [each for each in ruleset(on).plan_items.values() if each.authority in ("", authority.code)]
    return sorted(rows, key=lambda each: each.code)


def planned(authority: Authority, year: int, on: date) -> list[Planned]:
    """What the table asks of this council in an academic year, the earliest first."""
    terms, services = terms_at(authority), Services(authority, on)
    found = [
        Planned(item.code, item.words, service, item.post, due_on, mark)
        for item in table_items(authority, on)
        for service in services.of(item)
        for mark, due_on in due_days(item, year, terms)
    ]
    return sorted(found, key=lambda each: (each.due_on, each.item, each.service.name if each.service else ""))


class Services:
    """Which of a council's services an item is for. One that names services the council has not got is its own
    service's, where it has one that answers for everybody; else the council's as a whole."""

    def __init__(self, authority: Authority, on: date) -> None:
        self.known = {each.slug: each for each in Service.objects.filter(authority=authority)}
        self.working = list(answering_services(authority.pk, on))
        self.default = settings_of(authority).default_service

    def of(self, item: PlanItem) -> Sequence[Service | None]:
        if not item.services:
            return [None]
        if item.services == (ALL_SERVICES,):
            return self.working or [self.default]
        named = [self.known[slug] for slug in item.services if slug in self.known]
        return named or [self.default]


class Answerable:
    """Who answers for what on a day: the holder of the post, or who stands in while they are away (R63)."""

    def __init__(self, authority_id: int, on: date) -> None:
        self.on = on
        posts = running_posts(authority_id, on).filter(district=None)
        self.posts = list(posts.select_related("holder", "deputy").order_by("pk"))

    def post(self, service_id: int | None, words: str) -> Post | None:
        """The post of that name at the service, else the service's first."""
        here = [each for each in self.posts if each.service_id == service_id]
        named = [each for each in here if each.words == words]
        return next(iter(named or (here if service_id else [])), None)

    def user(self, service_id: int | None, words: str) -> User | None:
        post = self.post(service_id, words)
        return acting(post, self.on) if post else None


def running_posts(authority_id: int, on: date) -> QuerySet[Post]:
    held = Post.objects.filter(authority=authority_id, starts_on__lte=on)
    return held.exclude(ends_on__lt=on)


def acting(post: Post, on: date) -> User | None:
    """The holder, or the deputy while the holder is away or has no account any more."""
    holder = post.holder if post.holder and post.holder.is_active else None
    if holder and not is_away(post, on):
        return holder
    deputy = post.deputy if post.deputy and post.deputy.is_active else None
    return deputy or holder


def is_away(post: Post, on: date) -> bool:
    return bool(post.away_from and post.away_until and post.away_from <= on <= post.away_until)


def posts_by_item(authority: Authority, on: date) -> dict[str, str]:
    """The post that answers for each item of the table."""
    return {each.code: each.post for each in table_items(authority, on)}


def next_own(causes: Iterable[str]) -> int:
    """The number of the next item somebody adds by hand."""
    numbers = [item_of(each).removeprefix(OWN) for each in causes]
    return 1 + max((int(each) for each in numbers if each.isdecimal()), default=0)
