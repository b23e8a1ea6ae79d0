"""Everybody who may have to be spoken to, with all that the order of calls and the contact protocol read of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from caseload.chase import sql
from caseload.chase.models import Attempt
from caseload.reviews.models import Review
from neet.accounts.models import User
from neet.clock import LONDON
from neet.statements.looks import is_built
from neet.statements.once import built_once, built_once_whatever_the_rules
from neet.statements.parts import Ids
from tracking.reference.queries import ruleset
from tracking.register.columns import asker, characteristics, open_on
from tracking.register.fields import characteristics_read
from tracking.register.models import Characteristic, YoungPerson
from tracking.register.models.activity import Source
from tracking.rights.queries.limits import use_is_limited
from tracking.rules.academic_year import academic_age, birth_range
from tracking.rules.codes import CohortKind, Status
from tracking.rules.ruleset import RuleSet

PEOPLE = sql.text("people")
DAY = timedelta(days=1)
# What somebody says of themselves, or their family of them, is a contact.
OWN_WORD = (Source.YOUNG_PERSON, Source.PARENT)
NOT_SPOKEN = (Review.Outcome.NO_CONTACT,)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Where one young person stands, and what was tried."""

    person_id: int
    born_on: date | None
    need: str
    code: str
    counts: bool
    starts_on: date | None
    counts_until: date | None
    neet_since_on: date | None
    unknown_from: date
    expected_to_end_on: date | None
    vulnerable: bool
    tries: int
    in_vain: int
    tried_at: datetime | None
    outcome: str
    again_at: datetime | None
    promised_at: datetime | None
    spoken_on: date | None
    sought: str

    def status(self, rules: RuleSet) -> Status:
        known = rules.activities.get(self.code)
        return known.status if known and self.counts else Status.NOT_KNOWN

    def since(self, status: Status) -> date | None:
        """Since when they are NEET, not known, or do what they do."""
        if status is Status.NEET:
            return self.neet_since_on or self.starts_on
        if not self.code:
            return self.unknown_from
        if status is Status.NOT_KNOWN and not self.counts and self.counts_until:
            return self.counts_until + DAY
        return self.starts_on

    def is_measured(self, rules: RuleSet, on: date) -> bool:
        """Whether the department's figures count somebody of this age."""
        limits = rules.limits
        return self.born_on is not None and (
            limits["youngest_measured"] <= academic_age(self.born_on, on) <= limits["oldest_measured"]
        )


def in_the_cohort(on: date) -> Q:
    """Those whom the council has to know about: past compulsory education, those with a plan as long as it holds.
    Whose birth date nobody knows is among them (R77)."""
    rules = ruleset(on)
    letters = sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE))
    first, last = (
        birth_range(rules.limits["oldest_without_plan"], on)[0],
        birth_range(rules.limits["youngest_measured"], on)[1],
    )
    oldest = birth_range(rules.limits["oldest_with_plan"], on)[0]
    plan = Characteristic.objects.filter(open_on(on), person=OuterRef("pk"), code=Characteristic.EHCP)
    of_age = Q(date_of_birth__range=(first, last)) | (
        Q(date_of_birth__range=(oldest, last)) & Q(Exists(plan))
    )
    return Q(cohort_status__in=letters) & (Q(date_of_birth__isnull=True) | of_age)


def may_be_asked(on: date) -> Q:
    """Those of them whose record is used: of the others nobody is rung (UK GDPR article 18)."""
    return in_the_cohort(on) & ~use_is_limited()


def somebody(people: QuerySet[YoungPerson], user: User, on: date) -> Iterator[Somebody]:
    """These people, as far as this user reads what is asked: one statement for however many."""
    parts = {
        "wanted": keys_of(people),
        "vulnerable": vulnerable(user, on),
        "sought": sought(on),
    }
    for row in rows(PEOPLE, parts, asked_of(on)):
        yield Somebody(*row)


def keys_of(people: QuerySet[YoungPerson, Any]) -> QuerySet[YoungPerson, Any]:
    """What the statements ask about people by; a statement that was built once is of keys already."""
    return people if is_built(people) else people.order_by().values("id")


@built_once_whatever_the_rules
def keys_among(people: Ids) -> QuerySet[YoungPerson, Any]:
    """The same of people known by their keys."""
    return YoungPerson.objects.filter(pk__any=people).order_by().values("id")


def asked_of(on: date) -> dict[str, Any]:
    """What the statement about people asks by."""
    rules = ruleset(on)
    days = rules.weights.limit("days_of_history")
    return {
        "day": on,
        "zone": LONDON.key,
        "looked_back": datetime.combine(on - timedelta(days=days), time(), LONDON),
        "own_word": [str(each) for each in OWN_WORD],
        "not_spoken": [str(each) for each in NOT_SPOKEN],
        "heard_of": sorted(rules.activities_with(Status.NEET) | named(rules)),
        "promises": [code for code, row in rules.contact_outcomes.items() if row.asks_for_time],
        "telephone": str(Attempt.Channel.TELEPHONE),
    }


def rows(
    statement: str, parts: dict[str, QuerySet[Any, Any]], asked: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """The rows of a statement in which Django's own conditions stand as parts; of people, nobody where one of those
    cannot hold for anybody."""
    texts, given = {}, dict(asked)
    for name, queryset in parts.items():
        try:
            text, values = queryset.query.sql_with_params()
        except EmptyResultSet:
            text, values = NOTHING, ()
        for number, value in enumerate(values):
            text = text.replace("%s", f"%({name}_{number})s", 1)
            given[f"{name}_{number}"] = value
        texts[name] = text
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**texts), given)
        return cursor.fetchall()


NOTHING = "select null::bigint as id, null::bigint as person_id, null::text as whose, null::text as work where false"


@built_once
def sought(on: date) -> QuerySet[Any, Any]:
    """Who is asked after in another piece of work too, and what that is called (settings.SOUGHT)."""
    none = YoungPerson.objects.none().values(person_id=F("pk"), work=F("given_name"))
    first, *others = [import_string(path)(on) for path in settings.SOUGHT] or [none]
    return first.union(*others) if others else first


@built_once
def vulnerable(user: User, on: date) -> QuerySet[Any, Any]:
    """The circumstances of the vulnerable group that this user reads: what is not shown moves nobody up a list."""
    who, rules = asker(user, on), ruleset(on)
    codes = [code for code, row in rules.characteristics.items() if row.in_vulnerable_group]
    read = characteristics_read(who.roles, [*codes, Characteristic.EHCP])
    held = Characteristic.objects.filter(characteristics(who, read), open_on(on))
    return held.order_by().values("person_id")


def named(rules: RuleSet) -> frozenset[str]:
    """The activities that the protocol names: whoever is at one is spoken to now and then."""
    return frozenset(code for rule in rules.contact_protocol.values() for code in rule.activities)
