"""The facts letters ask for, as conditions on the register: many young people in one statement."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from django.db.models import Exists, OuterRef, Q

from caseload.allocation.models import Case
from caseload.chase.models import Attempt
from tracking.register.models import Activity, Guarantee
from tracking.register.queries.rule_facts import TAUGHT_AT_HOME
from tracking.register.queries.standing import counting, standing_as
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, academic_year, birth_range, starts_on
from tracking.rules.codes import CohortKind, Status
from tracking.rules.letters import Audience, LetterFact
from tracking.rules.ruleset import RuleSet

# After Year 11 being taught at home is other full-time education, at no school or college.
AT_HOME_AFTER_YEAR_11 = "270"
NO_ANSWER = ("no offer", "not recorded")
YEAR_11 = 11
NOBODY = Q(pk__in=[])


def _taught_at_home(rules: RuleSet, on: date) -> Q:
    """As last recorded, whether or not it still counts. Where it ended with the last school year and nothing is known
    since, nobody has said that it does not go on."""
    goes_on = Q(situation__ends_on=None) | Q(situation__ends_on__gte=on)
    at_home = Q(situation__code=TAUGHT_AT_HOME) | Q(
        situation__code=AT_HOME_AFTER_YEAR_11, situation__activity__establishment=None
    )
    year = academic_year(on)
    ended = Activity.objects.filter(
        Q(code=TAUGHT_AT_HOME) | Q(code=AT_HOME_AFTER_YEAR_11, establishment=None),
        person=OuterRef("pk"),
        is_primary=True,
        ends_on__range=(date(year, 7, 1), date(year, 8, 31)),
    )
    return at_home & goes_on | Q(situation__code="") & Q(Exists(ended))


def _still_taught_at_home(rules: RuleSet, on: date) -> Q:
    return _taught_at_home(rules, on) & counting(on)


def _guarantee(rules: RuleSet, on: date) -> Q:
    """An offer, or why none is needed, recorded by the day: for Year 11 until they leave it, for Year 12 afterwards."""
    settled = [code for code, each in rules.guarantee_statuses.items() if each.family not in NO_ANSWER]
    found = Guarantee.objects.filter(person=OuterRef("pk"), status__in=settled)
    found = found.filter(Q(status_on=None) | Q(status_on__lte=on))
    first, _ = birth_range(YEAR_11 + AGE_ABOVE_YEAR_GROUP, on)
    up_to_11 = Q(date_of_birth__gte=first)
    return (up_to_11 & Q(Exists(found.filter(year_group=11)))) | (
        ~up_to_11 & Q(Exists(found.filter(year_group=12)))
    )


def _messages_only(rules: RuleSet, on: date) -> Q:
    cases = Case.objects.running().filter(
        person=OuterRef("pk"), run__closed_at=None, offer=Case.Offer.MINIMAL
    )
    return Q(Exists(cases))


def _not_reached(rules: RuleSet, on: date) -> Q:
    since = starts_on(academic_year(on))
    tried = Attempt.objects.filter(person=OuterRef("pk"), tried_at__date__gte=since, tried_at__date__lte=on)
    return Q(Exists(tried)) & ~Q(Exists(tried.filter(reached=True)))


HOLDS: Mapping[LetterFact, Callable[[RuleSet, date], Q]] = MappingProxyType(
    {
        LetterFact.TAUGHT_AT_HOME: _taught_at_home,
        LetterFact.STILL_TAUGHT_AT_HOME: _still_taught_at_home,
        LetterFact.GUARANTEE: _guarantee,
        LetterFact.KNOWN: lambda rules, on: ~standing_as(Status.NOT_KNOWN, rules, on),
        LetterFact.NOT_KNOWN: lambda rules, on: standing_as(Status.NOT_KNOWN, rules, on),
        LetterFact.NEET: lambda rules, on: standing_as(Status.NEET, rules, on),
        LetterFact.IN_LEARNING_OR_WORK: lambda rules, on: standing_as(Status.EET, rules, on),
        LetterFact.MESSAGES_ONLY: _messages_only,
        LetterFact.NOT_REACHED: _not_reached,
    }
)


def holds(fact: LetterFact, rules: RuleSet, on: date) -> Q:
    """Young people of whom the fact is so on the day."""
    return HOLDS[fact](rules, on)


def one_of(facts: Iterable[LetterFact], rules: RuleSet, on: date) -> Q:
    """Young people of whom any of the facts is so; nobody where none is named."""
    found = NOBODY
    for fact in facts:
        found |= holds(fact, rules, on)
    return found


def meant(audience: Audience, rules: RuleSet, on: date) -> Q:
    """Young people a letter is meant for, whatever the month."""
    found = tracked(rules)
    for fact in audience.needs:
        found &= holds(fact, rules, on)
    for fact in audience.none_of:
        found &= ~holds(fact, rules, on)
    years = Q()
    for year_group in audience.year_groups:
        years |= Q(date_of_birth__range=birth_range(year_group + AGE_ABOVE_YEAR_GROUP, on))
    return found & years


def tracked(rules: RuleSet) -> Q:
    """Those this council follows, less restricted records: nobody writes to them in a batch."""
    letters = sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE))
    return Q(cohort_status__in=letters, restricted_on=None)
