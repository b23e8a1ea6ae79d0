"""What was said about young people and nobody has confirmed: by whom, when, and what is recorded beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, F, Q, QuerySet, When

from caseload.chase.queries.tips import HUB
from neet.accounts.models import User
from neet.accounts.roles import Permission
from returns.surveys.actions import BY_LINK
from tracking.models import Claim, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import within_reach
from tracking.register.models.activity import Source
from tracking.register.queries.register import Line, lines_of
from tracking.register.queries.standing import UNLISTED
from tracking.register.rules.activities import not_known_codes
from tracking.rules.ruleset import RuleSet

AS_RECORDED, NEW, NOTHING_SAID = "as_recorded", "new", "nothing_said"
CHANNELS = {HUB: "At a hub", BY_LINK: "By a link sent to them"}
SPOKEN = frozenset(words for _, words in Source.choices)
SITUATION = "person__situation__"
ACTIVITY = f"{SITUATION}activity__"


@dataclass(frozen=True)
class Wanted:
    """Which answers: by the way they came, and by how they stand to what is recorded."""

    channel: str = ""
    alike: str = ""


def answers_for(user: User) -> QuerySet[Claim]:
    """What nobody decided about yet, of young people this user works with. Each row knows whether it says what is
    recorded (`is_as_recorded`)."""
    people = within_reach(user, Permission.CASE_WORK).values("pk")
    rows = Claim.objects.filter(state=Claim.State.OPEN, person__in=people)
    return rows.annotate(
        is_as_recorded=Case(When(_as_recorded(), then=True), default=False, output_field=BooleanField())
    )


def _as_recorded() -> Q:
    """The activity on record went on that day, and the answer names it and no other place."""
    same = Q(code=F(f"{SITUATION}code"), said_on__gte=F(f"{ACTIVITY}starts_on")) & ~Q(code="")
    goes_on = Q(**{f"{ACTIVITY}ends_on__isnull": True}) | Q(said_on__lte=F(f"{ACTIVITY}ends_on"))
    there = Q(place="") | Q(place__iexact=F(f"{ACTIVITY}establishment_name"))
    return same & goes_on & there


def wanted_answers(user: User, wanted: Wanted, on: date) -> QuerySet[Claim]:
    """Those wanted, unordered."""
    rows = answers_for(user)
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    conditions = {
        AS_RECORDED: Q(is_as_recorded=True),
        NEW: Q(is_as_recorded=False) & ~Q(code__in=["", *not_known_codes(ruleset(on))]),
        NOTHING_SAID: Q(code__in=["", *not_known_codes(ruleset(on))]),
    }
    return rows.filter(conditions.get(wanted.alike, Q()))


def channels_of(user: User) -> list[tuple[str, str]]:
    """The ways answers came that wait, with their words."""
    found = answers_for(user).order_by("channel").values_list("channel", flat=True).distinct()
    return [(each, channel_words(each)) for each in found if each]


def channel_words(channel: str) -> str:
    return CHANNELS.get(channel, channel.replace("_", " ").capitalize())


def source_of(claim: Claim) -> str:
    """Who told us, for the confirmation that comes of it: a hub is another service, all else an answer sent in."""
    return Source.SERVICE if claim.channel == HUB else Source.SURVEY


@dataclass(frozen=True)
class AnswerLine:
    """One answer beside what is recorded of the same young person."""

    pk: int
    person: Line
    doing: str
    code: str
    place: str
    said_on: date
    said_by: str
    channel: str
    is_as_recorded: bool

    @property
    def ref(self) -> UUID:
        return self.person.ref

    @property
    def is_older(self) -> bool:
        """Whether something was confirmed on a later day than this was said."""
        known_on = self.person.standing.facts.verified_on
        return known_on is not None and known_on > self.said_on

    @property
    def who(self) -> str:
        """Who said it, and how it came where that says more."""
        named = self.said_by[:1].lower() + self.said_by[1:] if self.said_by in SPOKEN else self.said_by
        way = self.channel[:1].lower() + self.channel[1:]
        return f"{named}, {way}" if way and way != named else named

    @property
    def recorded(self) -> str:
        """What stands on the record in words, unless that nobody knows."""
        now = self.person.standing
        if now.activity == now.short:
            return ""
        return f"Was: {now.activity}" if now.ran_out else now.activity


def answer_lines(claims: QuerySet[Claim], user: User, on: date) -> tuple[AnswerLine, ...]:
    """These answers with the register's line of each young person; two statements."""
    rows = list(claims)
    people = YoungPerson.objects.visible_to(user).filter(pk__in={row.person_id for row in rows})
    lines = {each.pk: each for each in lines_of(people, user, on)}
    rules = ruleset(on)
    return tuple(_line(row, lines[row.person_id], rules) for row in rows if row.person_id in lines)


def _line(row: Any, person: Line, rules: RuleSet) -> AnswerLine:
    known = rules.activities.get(row.code)
    return AnswerLine(
        pk=row.pk,
        person=person,
        doing=known.plain_words if known else (UNLISTED if row.code else ""),
        code=row.code,
        place=row.place,
        said_on=row.said_on,
        said_by=dict(Source.choices).get(row.said_by, row.said_by.replace("_", " ")),
        channel=channel_words(row.channel),
        is_as_recorded=row.is_as_recorded,
    )


def next_answer(user: User, wanted: Wanted, on: date, after: int = 0) -> int | None:
    """The next one in the order of the list: the first after `after`, else the first of all."""
    rows = wanted_answers(user, wanted, on).order_by("pk").values_list("pk", flat=True)
    return rows.filter(pk__gt=after).first() or rows.exclude(pk=after).first()
