"""What the pages that change a record show beside their questions: usual answers, consequences, colleagues."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.models import Membership
from tracking.register.columns import objection_in_force
from tracking.register.fields import policy
from tracking.register.models import AccessGrant, Activity, Situation, YoungPerson
from tracking.register.rules.activities import Told, not_known_codes
from tracking.rules.currency import ActivityFacts, lapses_on
from tracking.rules.ruleset import RuleSet

USUAL = 8
NO_PLACE_FOR = frozenset({"school_user", "college_user"})


def usual_codes(authority_id: int, rules: RuleSet) -> list[str]:
    """What most young people of the authority do now, most first; what nobody knows goes last."""
    held = Situation.objects.filter(authority=authority_id, code__in=rules.activities)
    counted = held.values("code").annotate(people=Count("pk")).order_by("-people", "code")
    found = [each["code"] for each in counted[:USUAL]]
    unknown = not_known_codes(rules)
    return [code for code in found if code not in unknown] + [code for code in found if code in unknown]


@dataclass(frozen=True)
class Consequences:
    """What a statement about a young person will bring about, before it is saved."""

    counts_until: date | None
    ends: str
    ends_on: date | None
    begins_later: bool
    ends_before_next: bool


def consequences(person: YoungPerson, told: Told, rules: RuleSet, today: date) -> Consequences:
    """Until when it will count, and what it ends."""
    facts = ActivityFacts(told.code, told.starts_on, told.predicted_end_on, told.review_on)
    rows = person.activities.filter(is_primary=True)
    before = rows.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=told.starts_on), starts_on__lt=told.starts_on
    ).first()
    later = rows.filter(starts_on__gt=told.starts_on).exclude(code__in=not_known_codes(rules)).exists()
    return Consequences(
        counts_until=lapses_on(facts, told.told_on, rules),
        ends=words_of(before.code, rules) if before else "",
        ends_on=told.starts_on - timedelta(days=1) if before else None,
        begins_later=told.starts_on > today,
        ends_before_next=later,
    )


def words_of(code: str, rules: RuleSet) -> str:
    known = rules.activities.get(code)
    return known.plain_words if known else f"code {code}"


def roles_at(user: User, authority_id: int) -> frozenset[str]:
    """The roles somebody holds at one authority."""
    return frozenset(place.role for place in scope_of(user).places if place.authority_id == authority_id)


def hidden_by_objection(person: YoungPerson, on: date) -> frozenset[str]:
    """Names of a person's own fields that are not shown while an objection is in force."""
    if not YoungPerson.objects.filter(objection_in_force(on), pk=person.pk).exists():
        return frozenset()
    masked = (each.name for each in policy().values() if "objection" in each.masked_when)
    return frozenset(name.removeprefix("youngperson.") for name in masked if name.startswith("youngperson."))


def colleagues(authority_id: int, on: date) -> QuerySet[User]:
    """Everyone who works for the council today; nobody of a school or college."""
    held = Membership.objects.running(on).filter(authority=authority_id).exclude(role__in=NO_PLACE_FOR)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def services_of(user: User, authority_id: int) -> list[int]:
    places = scope_of(user).places
    return sorted(
        {place.service_id for place in places if place.service_id and place.authority_id == authority_id}
    )


def activity_of(person: YoungPerson, pk: int) -> Activity | None:
    """An activity of this person and nobody else's."""
    return person.activities.select_related("person__authority", "establishment").filter(pk=pk).first()


def likely_same(authority_id: int, family_name: str, given_name: str, born_on: date | None, user: User):
    """People already on the register who may be the one to be added: the same number of birth or name, near enough."""
    people = YoungPerson.objects.visible_to(user).filter(authority=authority_id)
    named = Q(family_name__iexact=family_name) & (
        Q(given_name__iexact=given_name) | Q(known_as__iexact=given_name)
    )
    named |= Q(former_names__family_name__iexact=family_name, former_names__given_name__iexact=given_name)
    born = Q(date_of_birth=born_on) & (Q(family_name__iexact=family_name) | Q(given_name__iexact=given_name))
    return people.filter(named | born).distinct().order_by("family_name", "given_name", "pk")[:20]


def named_colleagues(person: YoungPerson) -> QuerySet[AccessGrant]:
    """Who is named for a restricted record at present."""
    named = person.access_grants.filter(kind=AccessGrant.Kind.NAMED, until__isnull=True)
    return named.select_related("user", "person").order_by("user__name", "pk")


def openable_in_emergency(user: User, number: str, born_on: date) -> YoungPerson | None:
    """The one record with this CCIS number or UPN and this date of birth, where the user's role may open it."""
    at = {place.authority_id for place in scope_of(user).where(Permission.BREAK_GLASS)}
    people = YoungPerson.objects.filter(authority__in=at, date_of_birth=born_on)
    found = list(people.filter(Q(young_person_id=number) | Q(upn=number.upper()))[:2]) if number else []
    return found[0] if len(found) == 1 else None
