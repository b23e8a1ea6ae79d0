"""Setting up a year: every return of the calendar made in one act, and each asked for when its day comes."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from returns.calendar.actions.articles import make_articles
from returns.calendar.actions.telling import tell
from returns.calendar.kinds import Kind
from returns.calendar.models import Collection, ExpectedReturn, Notice
from returns.calendar.queries.year import asked_places, lines_at, made_from_lines
from returns.calendar.rules.year import Planned, code_of
from schools.models import Authority

LOCK = "year of returns"


def set_up_year(*, authority: Authority, year: int, wanted: Sequence[Planned], by: User | None) -> int:
    """Make these returns of a year, each with whoever is asked, and the year's articles; how many returns were made.

    Done twice, nothing is made twice. Nobody hears of a return before the day it opens: what is open already is asked
    for now, the others when their day comes (R10, R15).
    """
    with recorded(Kind.YEAR_SET_UP, by=by, authority_id=authority.pk) as event:
        one_at_a_time(LOCK, authority.pk)
        there = set(made_from_lines(authority, year).values_list("pattern", flat=True))
        new = [_collection(authority, year, each, by) for each in wanted if each.key not in there]
        made = Collection.objects.bulk_create(_told_apart(authority, year, new))
        places = _expect(authority, made)
        articles = make_articles(authority=authority, year=year)
        asked = _ask(authority, [each for each in made if each.opens_on <= clock.today()])
        event.counts = {
            "year": year,
            "returns": len(made),
            "expected": places,
            "articles": articles,
            "messages": asked,
        }
    return len(made)


def _collection(authority: Authority, year: int, planned: Planned, by: User | None) -> Collection:
    return Collection(
        authority=authority,
        type=planned.type,
        title=planned.title,
        pattern=planned.key,
        academic_year=year,
        as_at=planned.as_at,
        opens_on=planned.opens_on,
        due_on=planned.due_on,
        remind_days=list(planned.remind_days),
        made_by=by,
    )


def _told_apart(authority: Authority, year: int, new: list[Collection]) -> list[Collection]:
    """Where somebody planned a return of the same name by hand, ours says that it comes from the calendar."""
    others = Collection.objects.filter(authority=authority, academic_year=year)
    taken = set(others.values_list("type", "title"))
    for each in new:
        if (each.type, each.title) in taken:
            each.title = f"{each.title} (calendar)"
    return new


def _expect(authority: Authority, collections: Sequence[Collection]) -> int:
    """Write down who is asked, whoever stands there already aside; how many came. A place that opened since comes, one
    that closed is asked no more only by hand."""
    lines = {each.code: each for each in lines_at(authority, clock.today())}
    places = asked_places(authority)
    wanted = [(each, line) for each in collections if (line := lines.get(code_of(each.pattern)))]
    there = set(
        ExpectedReturn.objects.filter(collection__in=collections).values_list("collection", "establishment")
    )
    new = [
        ExpectedReturn(collection=each, establishment=place)
        for each, line in wanted
        for place in places[line.asks]
        if (each.pk, place.pk) not in there
    ]
    new += [
        ExpectedReturn(collection=each, sender=line.sender)
        for each, line in wanted
        if line.sender and (each.pk, None) not in there
    ]
    return len(ExpectedReturn.objects.bulk_create(new))


def _ask(authority: Authority, collections: Sequence[Collection]) -> int:
    """Ask for these now; how many messages that makes."""
    for each in collections:
        each.published_at = clock.now()
    Collection.objects.bulk_update(collections, ["published_at"])
    expected = ExpectedReturn.objects.filter(collection__in=collections)
    return tell(expected=list(expected), kind=Notice.Kind.ISSUED, on=clock.today())


def ask_for_what_opens(*, day: date) -> dict[str, int]:
    """Ask for what the calendars of all councils open on the day, or opened before it and nobody was asked for; of
    places that have come since it was planned too. What is over is left alone."""
    opening: QuerySet[Collection] = (
        Collection.objects.filter(published_at=None, closed_on=None, opens_on__lte=day, due_on__gte=day)
        .exclude(pattern__in=["", Collection.AS_IT_COMES])
        .select_related("authority")
        .order_by("pk")
    )
    with recorded(Kind.OPENED, by=None) as event:
        held = list(opening.select_for_update(of=("self",)))
        messages = 0
        for authority in {each.authority_id: each.authority for each in held}.values():
            theirs = [each for each in held if each.authority_id == authority.pk]
            _expect(authority, theirs)
            messages += _ask(authority, theirs)
        event.counts = {"returns": len(held), "messages": messages}
    return event.counts
