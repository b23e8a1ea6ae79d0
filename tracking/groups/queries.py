"""The groups somebody may use, what each counts, and who belongs to one now."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.statements.once import built_once_whatever_the_rules
from schools.models import Authority, District, Establishment, Service
from tracking.figures.models import MonthTally
from tracking.figures.queries.scorecard import NEEDS, VULNERABLE, asked_today
from tracking.figures.queries.tallies import Source, live
from tracking.groups.models import Group
from tracking.reference.queries import ruleset
from tracking.register.columns import objection_in_force
from tracking.register.fields import characteristics_read, reads
from tracking.register.models import Characteristic
from tracking.register.models.activity import Source as Provenance
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP
from tracking.rules.groups import CHARACTERISTIC, Asked, Key, Line, NamedGroup, Rule, condition, read
from tracking.rules.rates import Counts

# What a rule asks about, in words, and the fields of a record that tell it: whoever does not read them does not use it.
TRAITS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "year": ("Year group", ("youngperson.date_of_birth",)),
        "gender": ("Gender", ("youngperson.gender",)),
        "need": ("Special educational needs", ("characteristic.code",)),
        "vulnerable": ("Vulnerable group", ("characteristic.code",)),
        CHARACTERISTIC: ("Circumstances", ("characteristic.code",)),
        "ethnicity": ("Ethnicity", ("youngperson.ethnicity",)),
        "status": ("How they stand", ("situation.code",)),
        "district": ("District", ("residence.district",)),
        "school": ("School or college, now or last", ("activity.establishment",)),
        "service": ("Service", ("responsibility.service",)),
    }
)
STATUSES: Mapping[Key, str] = {
    "NEET": "NEET", "NOT_KNOWN": "Not known", "EET": "In education, employment or training",
}  # fmt: skip
# What schools and colleges may have told us, which an objection hides.
TOLD_BY_OTHERS = frozenset({CHARACTERISTIC, "vulnerable", "need"})
Words = Mapping[str, Mapping[Key, str]]
COUNTED: Mapping[str, str] = {
    "people": "r.is_measured",
    "cohort": "r.is_measured and r.status <> 'EXCLUDED'",
    "neet": "r.is_measured and r.status = 'NEET'",
    "not_known": "r.is_measured and r.status = 'NOT_KNOWN'",
    "lapsed": "r.is_measured and r.status = 'NOT_KNOWN' and r.has_lapsed",
    "participating": "r.is_measured and r.participates",
}


def reads_all(user: User, rule: Rule) -> bool:
    """Whether this person reads everything the rule asks about."""
    roles = scope_of(user).roles
    codes = [str(each) for each in rule.values(CHARACTERISTIC)]
    plain = all(reads(roles, name) for trait in rule.traits for name in TRAITS[trait][1])
    return plain and characteristics_read(roles, codes) == frozenset(codes)


def groups_of(user: User, authority_id: int) -> QuerySet[Group]:
    """Somebody's own groups and those shared with them, whatever they ask about."""
    open_to = Q(owner=user.pk) | Q(is_shared=True)
    return (
        Group.objects.filter(open_to, authority=authority_id).select_related("owner").order_by("name", "pk")
    )


@built_once_whatever_the_rules
def _groups(user: User, authority_id: int) -> QuerySet[Group]:
    return groups_of(user, authority_id)


def usable(user: User, authority_id: int) -> list[tuple[Group, Rule]]:
    """The groups somebody may use: their own and shared ones of which they read all that is asked. One statement."""
    found = [(each, read(each.rule)) for each in _groups(user, authority_id)]
    return [(group, rule) for group, rule in found if reads_all(user, rule)]


def may_use(user: User) -> bool:
    """Groups are for those who cut figures freely: a number of a group can tell who somebody is."""
    return scope_of(user).can(Permission.FIGURES_EXPLORE)


def words(authority_id: int, on: date) -> Words:
    """What may be asked for and what each value is called. Five statements."""
    rules = ruleset(on)
    limits = rules.limits
    ages = range(limits["youngest_measured"], limits["oldest_measured"] + 1)
    return {
        "year": {age: f"Year {age - AGE_ABOVE_YEAR_GROUP}" for age in ages},
        "gender": {code: each.plain_words for code, each in rules.genders.items()},
        "need": {str(key): said_as for key, said_as in NEEDS.items()},
        "vulnerable": {bool(key): said_as for key, said_as in VULNERABLE.items()},
        CHARACTERISTIC: {code: each.plain_words for code, each in rules.characteristics.items()},
        "ethnicity": {code: each.plain_words for code, each in rules.ethnicities.items()},
        "status": STATUSES,
        "district": dict(District.objects.filter(authority=authority_id).values_list("pk", "name")),
        "school": dict(_schools(authority_id).values_list("pk", "name")),
        "service": dict(Service.objects.filter(authority=authority_id).values_list("pk", "name")),
    }


def _schools(authority_id: int) -> QuerySet[Establishment]:
    code = Authority.objects.filter(pk=authority_id).values("code")
    counted = MonthTally.objects.filter(authority=authority_id).values("establishment")
    return Establishment.objects.filter(Q(la_code__in=code, closed_on=None) | Q(pk__in=counted)).order_by(
        "name", "pk"
    )


def said(line: Line, called: Words) -> str:
    """A line in words: "Year 12 or Year 13", "not: in care"."""
    parts = [called[each.trait].get(each.key, "something no longer there") for each in line.any_of]
    return f"{'Not: ' if line.is_turned else ''}{' or '.join(parts)}"


def offered(user: User, called: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every value this person may ask for, under the words of what it is of; a value as a form sends it."""
    found = []
    for trait, (title, _) in TRAITS.items():
        values = [
            (as_sent(trait, key), said_as)
            for key, said_as in called[trait].items()
            if reads_all(user, Rule((Line((Asked(trait, key),)),)))
        ]
        if values:
            found.append((title, values))
    return found


def as_sent(trait: str, key: Key) -> str:
    """A value as a form sends it."""
    return f"{trait}:{'yes' if key is True else 'no' if key is False else key}"


def line_of(sent: Sequence[str], is_turned: bool, called: Words) -> Line:
    """The line of these values; those that are not offered are left out."""
    known = {as_sent(trait, key): Asked(trait, key) for trait, keys in called.items() for key in keys}
    return Line(tuple(known[each] for each in sent if each in known), is_turned)


def named_groups(user: User, authority_id: int) -> list[NamedGroup]:
    """The groups somebody may use, as a filter offers them. One statement."""
    if not may_use(user):
        return []
    return [NamedGroup(group.pk, group.name, rule) for group, rule in usable(user, authority_id)]


def told_of(authority_id: int) -> list[NamedGroup]:
    """The groups of which the council's monthly report tells. One statement."""
    found = Group.objects.filter(authority=authority_id, in_reports=True).order_by("name", "pk")
    return [NamedGroup(each.pk, each.name, read(each.rule)) for each in found]


def counts_of(source: Source, rules: Sequence[Rule], reach: str = "", **asked: Any) -> list[Counts]:
    """What each of these groups counts of a source, in one statement; `reach` is a condition on a record r with what it
    asks."""
    if not rules:
        return []
    parameters = {**source.parameters, **asked}
    parameters.setdefault("offers", [])
    sums = []
    for number, rule in enumerate(rules):
        here = condition(rule, "r", parameters, f"rule_{number}")
        sums += [f"count(*) filter (where {here} and {kind})" for kind in COUNTED.values()]
    statement = f"select {', '.join(sums)} from ({source.records}) as r where {reach or 'true'}"
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchone()
    size = len(COUNTED)
    return [
        Counts(**dict(zip(COUNTED, found[at * size : (at + 1) * size], strict=True)))
        for at in range(len(rules))
    ]


def belonging(user: User, number: int, on: date) -> Q:
    """The condition on young people that they are in the cohort today and belong to a group this person may use: those
    a cut of the month in progress counts for it. Of any other group it is nobody.

    Who objects and of whom a school told circumstances is left out where the group asks for them: the list would tell.
    """
    scope = scope_of(user)
    group = Group.objects.filter(
        Q(owner=user.pk) | Q(is_shared=True), authority__in=scope.authority_ids, pk=number
    ).first()
    rule = read(group.rule) if group else None
    if group is None or rule is None or not may_use(user) or not reads_all(user, rule):
        return Q(pk__in=[])
    members = Q(pk__in=_members_now(group.authority_id, rule))
    if rule.traits & TOLD_BY_OTHERS:
        told = Characteristic.objects.filter(person=OuterRef("pk"), source=Provenance.PROVIDER)
        members &= ~(Q(Exists(told)) & Q(objection_in_force(on)))
    return members


def _members_now(authority_id: int, rule: Rule) -> list[int]:
    source = live(asked_today(authority_id, clock.today()))
    asked: dict[str, Any] = dict(source.parameters)
    here = condition(rule, "r", asked)
    statement = (
        f"select r.person_id from ({source.records}) as r"
        f" where r.is_measured and r.status <> 'EXCLUDED' and {here}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [person for (person,) in cursor.fetchall()]
