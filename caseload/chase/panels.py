"""What the chase puts on other pages: the calls of today, and on a record and in its history what was tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from caseload.chase.models import Attempt
from caseload.chase.queries.answers import answers_for
from caseload.chase.queries.calling import first_lines, promised_today
from caseload.chase.queries.ladder import LONGEST, Tries, attempts_of, told
from caseload.chase.queries.order import Day, done_today, kept_lines, worth_calling
from caseload.chase.queries.tips import GUARANTEE, SURVEY, list_of_month
from caseload.chase.queries.whom import keys_to_call
from caseload.chase.rules.floor import with_floor
from caseload.chase.statements import FirstLine, Wanted
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import note_read
from neet.clock import LONDON
from neet.statements.once import built_once
from tracking.reference.queries import ruleset
from tracking.register.kinds import Kind
from tracking.register.models import Claim
from tracking.register.queries.timeline import Happening
from tracking.register.queries.together import counted_together

MOST_ON_RECORD = 3
MOST_ON_HOME = 5


@dataclass(frozen=True)
class TriedPanel:
    """What was tried last to find somebody out."""

    tries: tuple[Tries, ...]
    template: str = "caseload/chase/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> TriedPanel | None:
    """For those who call; one statement."""
    if not scope_of(user).can(Permission.CHASE):
        return None
    return TriedPanel(told(_newest(person_id), ruleset(on)))


@built_once
def _newest(person_id: int) -> QuerySet[Attempt]:
    return attempts_of(person_id)[:MOST_ON_RECORD]


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Each attempt, for those who call; one statement."""
    if scope_of(user).can(Permission.CHASE):
        for each in told(attempts_of(person_id)[:LONGEST], ruleset(on)):
            yield Happening(each.title, each.at, each.by, each.words)


@dataclass(frozen=True)
class CallsPanel:
    """How many calls there are now and the first of them, how many were promised for today, and what waits to be
    confirmed."""

    mine: int
    first: tuple[FirstLine, ...]
    to_ring_back: int
    to_confirm: int
    month: str
    template: str = "caseload/chase/home_panel.html"


def home_panel(user: User, on: date) -> CallsPanel | None:
    """For those who call: as many as their list of this moment holds, and its first lines; seven statements, since
    the order of calls asks for everything that takes somebody off the list. Whose names it shows is written down."""
    scope = scope_of(user)
    if not scope.can(Permission.CHASE):
        return None
    at = Day.of(user, on, clock.now().astimezone(LONDON))
    answers = answers_for(user) if scope.can(Permission.CASE_WORK) else Claim.objects.none()
    waiting = counted_together(
        to_ring_back=promised_today(user, on, at.moment.now),
        to_confirm=answers.values("pk"),
        done=done_today(user, at.moment.now).values("pk"),
    )
    order = with_floor(
        worth_calling(keys_to_call(user, Wanted("mine"), on), at), kept_lines(at), waiting["done"]
    )
    first = first_lines(order[:MOST_ON_HOME], at)
    if first:
        seen = [each.person_id for each in first]
        note_read(Kind.LIST_READ, by=user, authority_id=min(scope.authority_ids), subjects=seen)
    month = at.rules.weights.month(on)
    return CallsPanel(
        mine=len(order),
        first=first,
        to_ring_back=waiting["to_ring_back"],
        to_confirm=waiting["to_confirm"],
        month=month.words if month else "",
    )


@dataclass(frozen=True)
class NamesPanel:
    """The list of names a hub is asked to look through."""

    words: str
    url: str
    template: str = "caseload/chase/names_panel.html"


NAMES = {
    SURVEY: "The activity survey of November: whom of these do you know?",
    GUARANTEE: "The September Guarantee: whom of these do you know?",
}


def names_panel(user: User, on: date) -> NamesPanel | None:
    """For hubs."""
    if not scope_of(user).can(Permission.KNOWN_CLAIM):
        return None
    words = NAMES.get(list_of_month(on), "Nobody knows what these young people do: do you?")
    return NamesPanel(words, reverse("names_to_know"))
