"""The directory: who answers for what, who leads, who receives which list, and where nobody does."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q

from caseload.plan.models import Post
from caseload.plan.queries.items import KIND, acting, is_away, item_of, posts_by_item, running_posts
from caseload.referrals.queries import answering_services
from caseload.reviews.models import ListContact
from neet.accounts.roles import ROLES, Permission
from neet.ui.words import day, many
from schools.models import Authority, Membership
from tracking.register.models import Task

NOBODY = "nobody"
LEADING = ("manager", "mi_officer", "governance", "tracking_officer", "district_lead", "service_lead")
# Of whole teams only those who supervise stand in the directory.
ONLY_SUPERVISORS = "tracking_officer"


@dataclass(frozen=True)
class PostLine:
    """One post as it stands today."""

    pk: int
    words: str
    place: str
    holder: str
    deputy: str
    away: str
    acts: str
    is_held: bool


@dataclass(frozen=True)
class Colleague:
    """Somebody who leads somewhere."""

    role: str
    place: str
    name: str


@dataclass(frozen=True)
class Receiver:
    """Who receives a service's list each month."""

    place: str
    name: str
    deputy: str


@dataclass(frozen=True)
class Directory:
    posts: tuple[PostLine, ...]
    leads: tuple[Colleague, ...]
    receivers: tuple[Receiver, ...]
    gaps: tuple[str, ...]


def directory(authority: Authority, on: date) -> Directory:
    """Everything about who answers for what at a council; nothing about any young person."""
    posts = list(
        running_posts(authority.pk, on)
        .select_related("service", "district", "holder", "deputy")
        .order_by("service__name", "words", "pk")
    )
    receivers = list(receiving(authority, on))
    left = holders_who_left(authority, posts, on)
    return Directory(
        posts=tuple(_post_line(each, on, each.holder_id in left) for each in posts),
        leads=tuple(leading(authority, on)),
        receivers=tuple(
            Receiver(_place(each), each.user.name, each.deputy.name if each.deputy else "")
            for each in receivers
        ),
        gaps=tuple(gaps(authority, posts, receivers, left, on)),
    )


def _post_line(post: Post, on: date, has_left: bool) -> PostLine:
    acts = None if has_left else acting(post, on)
    away = (
        f"{day(post.away_from)} to {day(post.away_until)}"
        if post.away_until and post.away_until >= on
        else ""
    )
    return PostLine(
        pk=post.pk,
        words=post.words,
        place=_place(post) or "The council as a whole",
        holder=post.holder.name if post.holder else post.holder_words,
        deputy=post.deputy.name if post.deputy else "",
        away=away,
        acts=acts.name if acts and acts != post.holder else "",
        is_held=not has_left and bool(post.holder_id or post.holder_words),
    )


def _place(each: Post | ListContact | Membership) -> str:
    return ", ".join(str(part) for part in (each.service, each.district) if part)


def leading(authority: Authority, on: date) -> Iterator[Colleague]:
    """Managers, data officers, leads and supervisors, in the order of their roles."""
    held = (
        Membership.objects.running(on)
        .filter(authority=authority, role__in=LEADING, user__is_active=True)
        .filter(~Q(role=ONLY_SUPERVISORS) | Q(supervises=True))
        .select_related("user", "service", "district")
    )
    for each in sorted(
        held, key=lambda each: (LEADING.index(each.role), _place(each), each.user.name, each.pk)
    ):
        words = "Tracking supervisor" if each.role == ONLY_SUPERVISORS else ROLES[each.role].words
        yield Colleague(words, _place(each), each.user.name)


def receiving(authority: Authority, on: date) -> Iterable[ListContact]:
    held = ListContact.objects.filter(authority=authority, starts_on__lte=on).exclude(ends_on__lt=on)
    return held.select_related("service", "district", "user", "deputy").order_by("service__name", "pk")


def holders_who_left(authority: Authority, posts: Iterable[Post], on: date) -> dict[int, date | None]:
    """Holders of posts who have no place at the council any more, and the last day they had one."""
    asked = {each.holder_id for each in posts if each.holder_id}
    here = Membership.objects.filter(authority=authority, user__in=asked)
    still = set(here.running(on).filter(user__is_active=True).values_list("user", flat=True))
    last = dict(here.exclude(user__in=still).values_list("user").annotate(last=Max("ends_on")))
    return {pk: last.get(pk) for pk in asked - still}


def gaps(
    authority: Authority,
    posts: Iterable[Post],
    receivers: Iterable[ListContact],
    left: dict[int, date | None],
    on: date,
) -> Iterator[str]:
    """In a sentence each: posts nobody holds, away with nobody standing in, items without a post, lists nobody
    receives."""
    running = list(posts)
    yield from (words for each in running if (words := _missing(each, left, on)))
    held = {(each.service_id, each.words) for each in running}
    for each in Post.objects.filter(authority=authority, ends_on__lt=on).select_related(
        "service", "district"
    ):
        if (each.service_id, each.words) not in held and each.ends_on:
            yield f"{_named(each)}: nobody since {day(each.ends_on + timedelta(days=1))}"
    yield from _without_a_post(authority, running, on)
    served = {each.service_id for each in receivers}
    for service in answering_services(authority.pk, on).exclude(pk__in=served):
        yield f"{service}: nobody receives the list of the month"


def _missing(post: Post, left: dict[int, date | None], on: date) -> str:
    if post.holder_id in left:
        last = left[post.holder_id]
        return (
            f"{_named(post)}: nobody since {day(last + timedelta(days=1))}"
            if last
            else f"{_named(post)}: {NOBODY}"
        )
    if not post.holder_id and not post.holder_words:
        return f"{_named(post)}: nobody since {day(post.starts_on)}"
    if is_away(post, on) and not (post.deputy and post.deputy.is_active):
        return f"{_named(post)}: away until {day(post.away_until)}, and nobody stands in"
    return ""


def _named(post: Post) -> str:
    place = _place(post)
    return f"{post.words} ({place})" if place else post.words


def _without_a_post(authority: Authority, posts: list[Post], on: date) -> Iterator[str]:
    """Posts that items of the plan name and that the council has not got."""
    of_services = {each.service_id for each in posts if each.service_id and not each.district_id}
    of_council = {each.words for each in posts if not each.service_id and not each.district_id}
    wanted, waiting = posts_by_item(authority, on), Counter[str]()
    still = Task.objects.filter(authority=authority, kind=KIND, person=None, done_at=None)
    for task in still.select_related("service"):
        words = wanted.get(item_of(task.cause), "")
        if task.service_id and task.service_id not in of_services:
            waiting[f"{words or 'Whoever answers'} ({task.service})"] += 1
        elif not task.service_id and words and words not in of_council:
            waiting[words] += 1
    for named, number in sorted(waiting.items()):
        yield f"{named}: no such post, and {many(number, 'item of the plan waits,items of the plan wait')} for it"


def may_hold(authority: Authority, on: date) -> Q:
    """Who may hold a post: colleagues of the council, not of schools, colleges or contractors."""
    roles = [slug for slug, role in ROLES.items() if Permission.REFERENCE_READ in role.permissions]
    held = Membership.objects.running(on).filter(authority=authority, role__in=roles)
    return Q(pk__in=held.values("user"), is_active=True)
