"""What the register answers to the self-assessment about what is recorded of young people: plans, places, courses.

Numbers of the whole council, restricted records counted among them; nobody is named.
"""

from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from neet.ui.words import many
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import Activity, Characteristic, Offer, YoungPerson
from tracking.register.queries.standing import standing_as
from tracking.rules.academic_year import academic_year, birth_range, starts_on
from tracking.rules.assessment import Answer, percent
from tracking.rules.codes import CohortKind, Status

YEAR_11 = 15  # the academic age
SOON = timedelta(days=60)
STARTS_IN_YEAR = ((11, 1), (7, 31))
RE_ENGAGEMENT = "Re-engagement"
WORK_BASED = frozenset({"Apprenticeship", "Employment combined with study", "Work-based learning"})
YOUNG_PARENT = "120"
NO_AIM = ("", "611", "610")  # nobody asked yet, or no answer came
HAS_AIM = ~Q(intended_destination__in=NO_AIM)
NEEDS = (Characteristic.EHCP, Characteristic.SEN_SUPPORT)


def tracked(authority: Authority, on: date, *ages: int) -> QuerySet[YoungPerson]:
    """The council's own young people of these academic ages who are still tracked."""
    letters = ruleset(on).cohort_letters(CohortKind.PRIMARY)
    born = Q(pk__in=[])
    for age in ages:
        born |= Q(date_of_birth__range=birth_range(age, on))
    return YoungPerson.objects.filter(born, authority=authority, cohort_status__in=letters)


def measured(authority: Authority, on: date) -> QuerySet[YoungPerson]:
    """Those of the ages the monthly figures count."""
    limits = ruleset(on).limits
    return tracked(authority, on, *range(limits["youngest_measured"], limits["oldest_measured"] + 1))


def year_11(authority: Authority, on: date) -> QuerySet[YoungPerson]:
    return tracked(authority, on, YEAR_11)


def counted(people: QuerySet[YoungPerson], **which: Q) -> dict[str, int]:
    """How many they are (`whole`), and of how many each condition holds; one statement."""
    parts = {name: Count("pk", filter=condition, distinct=True) for name, condition in which.items()}
    return people.order_by().aggregate(whole=Count("pk", distinct=True), **parts)


def share_of(found: dict[str, int], name: str, words: str, page: str, **told: object) -> Answer:
    """The part of that name in percent of the whole. `words` say of whom: "of 12 in Year 11 …"."""
    part, whole = found[name], found["whole"]
    parts = {"Counted": part, "Of": whole}
    kept = {"more_is_better": True, **told}
    return Answer(f"{part} of {whole} {words}", percent(part, whole), "%", parts=parts, page=page, **kept)  # type: ignore[arg-type]  # words of Answer


def intended_destinations(authority: Authority, on: date) -> Answer:
    """Of Year 11, of whom it is recorded what they mean to do next (R114). One statement."""
    found = counted(year_11(authority, on), known=HAS_AIM)
    return share_of(found, "known", "in Year 11 have an intended destination recorded", "register")


def applications(authority: Authority, on: date) -> Answer:
    """Of Year 11, who has applied somewhere or has an offer. One statement."""
    asked = Offer.objects.filter(person=OuterRef("pk"))
    found = counted(year_11(authority, on), applied=Q(Exists(asked)))
    return share_of(found, "applied", "in Year 11 have an application or an offer recorded", "guarantee")


def summer_needs(authority: Authority, on: date) -> Answer:
    """Of Year 11, of whom aims and circumstances are recorded: an intended destination, and SEND or circumstances of
    whoever has them. One statement."""
    facts = Characteristic.objects.filter(open_on(on), person=OuterRef("pk"))
    found = counted(
        year_11(authority, on),
        aim=HAS_AIM,
        needs=Q(Exists(facts.filter(code__in=NEEDS))),
        marked=Q(Exists(facts)),
        both=HAS_AIM & Q(Exists(facts)),
    )
    words = f"{found['aim']} of {found['whole']} in Year 11 have an aim recorded; {found['needs']} have SEND"
    parts = {
        "In Year 11": found["whole"],
        "With an intended destination": found["aim"],
        "With SEND recorded": found["needs"],
        "With any circumstance recorded": found["marked"],
        "With a circumstance, and an intended destination": found["both"],
    }
    rate = percent(found["both"], found["marked"])
    return Answer(
        f"{words}. Of those with a circumstance, the share with an aim", rate, "%", True, parts, "register"
    )


def ending_soon(authority: Authority, on: date) -> Answer:
    """Whose course or job is expected to end within 60 days, and of how many nothing is known to follow (R120).
    One statement."""
    later = Activity.objects.filter(person=OuterRef("pk"), is_primary=True, starts_on__gt=on)
    ending = Q(
        situation__activity__predicted_end_on__range=(on, on + SOON),
        situation__activity__ends_on__isnull=True,
    )
    people = measured(authority, on).filter(ending)
    found = counted(people, followed=Q(Exists(later)) | HAS_AIM)
    words = f"{many(found['whole'], 'young person,young people')} whose course or job is due to end within 60 days"
    return Answer(
        f"{words}; of {found['followed']} the next step is known",
        found["whole"],
        parts={"Due to end within 60 days": found["whole"], "Next step known": found["followed"]},
        page="register",
    )


def re_engaged(authority: Authority, on: date) -> Answer:
    """Of those NEET or re-engaging, who is on a re-engagement programme. One statement."""
    rules = ruleset(on)
    codes = sorted(code for code, each in rules.activities.items() if each.family == RE_ENGAGEMENT)
    on_it = Q(situation__code__in=codes)
    found = counted(measured(authority, on).filter(standing_as(Status.NEET, rules, on) | on_it), there=on_it)
    return share_of(found, "there", "NEET or re-engaging are on a re-engagement programme", "register")


def out_of_re_engagement(authority: Authority, on: date) -> Answer:
    """Of those whose re-engagement ended in the last twelve months, who is in learning or work now. One statement."""
    rules = ruleset(on)
    codes = sorted(code for code, each in rules.activities.items() if each.family == RE_ENGAGEMENT)
    ended = Activity.objects.filter(
        person=OuterRef("pk"), code__in=codes, ends_on__range=(on - timedelta(days=365), on)
    )
    people = measured(authority, on).filter(Exists(ended))
    found = counted(people, moved=standing_as(Status.EET, rules, on) & ~Q(situation__code__in=codes))
    return share_of(
        found, "moved", "who left a re-engagement programme within a year are in learning or work", "register"
    )


def work_based(authority: Authority, on: date) -> Answer:
    """Who learns at work: apprentices and those whose job has training. One statement."""
    rules = ruleset(on)
    codes = sorted(code for code, each in rules.activities.items() if each.participation_type in WORK_BASED)
    found = counted(
        measured(authority, on).filter(standing_as(Status.EET, rules, on)),
        learning=Q(situation__code__in=codes),
    )
    return share_of(found, "learning", "in learning or work learn at work", "register", more_is_better=None)


def young_parents(authority: Authority, on: date) -> Answer:
    """Of those who look after their own child, who is in learning or work. One statement."""
    facts = Characteristic.objects.filter(open_on(on), person=OuterRef("pk"), code=YOUNG_PARENT)
    found = counted(
        measured(authority, on).filter(Exists(facts)), learning=standing_as(Status.EET, ruleset(on), on)
    )
    return share_of(found, "learning", "who look after their own child are in learning or work", "register")


def starts_in_year(authority: Authority, on: date) -> Answer:
    """Starts in learning from November to July of the running school year, of those NEET before. One statement."""
    rules, year = ruleset(on), academic_year(on)
    (first_month, first_day), (last_month, last_day) = STARTS_IN_YEAR
    span = date(year, first_month, first_day), date(year + 1, last_month, last_day)
    learning = sorted(
        code for code, each in rules.activities.items() if each.counts_in_education_and_training
    )
    before = Activity.objects.filter(
        person=OuterRef("person"), code__in=rules.activities_with(Status.NEET), is_primary=True,
        starts_on__lt=OuterRef("starts_on"), ends_on__gte=starts_on(year), ends_on__lte=OuterRef("starts_on"),
    )  # fmt: skip
    starts = Activity.objects.filter(
        person__authority=authority, is_primary=True, code__in=learning, starts_on__range=span
    )
    number = starts.filter(Exists(before), starts_on__lte=on).values("person").distinct().count()
    words = f"{many(number, 'young person,young people')} began learning since November, after being NEET"
    return Answer(words, number, more_is_better=True, page="register")


def plan_leavers(authority: Authority, on: date) -> Answer:
    """Who had an EHC plan in Year 11 and left it last summer, and where they are now. One statement."""
    rules = ruleset(on)
    plan = Characteristic.objects.filter(person=OuterRef("pk"), code=Characteristic.EHCP).filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on(academic_year(on)))
    )
    families = {
        family: Q(
            situation__code__in=[code for code, each in rules.activities.items() if each.family == family]
        )
        & ~standing_as(Status.NOT_KNOWN, rules, on)
        for family in ("Education", "Training", "Employment", "Re-engagement")
    }
    found = counted(
        tracked(authority, on, YEAR_11 + 1).filter(Exists(plan)),
        eet=standing_as(Status.EET, rules, on),
        neet=standing_as(Status.NEET, rules, on),
        not_known=standing_as(Status.NOT_KNOWN, rules, on),
        **{family.replace("-", "_").lower(): where for family, where in families.items()},
    )
    parts = {family: found[family.replace("-", "_").lower()] for family in families}
    parts |= {"NEET": found["neet"], "Not known": found["not_known"]}
    words = (
        f"{found['eet']} of {found['whole']} with an EHC plan who left Year 11 last are in learning or work"
    )
    return Answer(words, percent(found["eet"], found["whole"]), "%", True, parts, "register")
