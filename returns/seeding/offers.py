"""Inventing a year's offers for the small register: a school's and a college's, a careers platform's, and concerns."""

from collections.abc import Iterable, Sequence
from random import Random

from neet.accounts.models import User
from neet.files.actions import store
from returns.calendar.actions.planning import Sent, ad_hoc
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.seeding.lists import Bringing, Cells, table, who
from schools.models import Authority, Establishment, Membership
from tracking.models import YoungPerson
from tracking.register.actions.offers import raise_concern
from tracking.rules.academic_year import academic_year
from tracking.rules.offers import guarantee_births
from tracking.rules.ruleset import RuleSet
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"
PEOPLE = ("CCIS number", "Last name", "First name", "Date of birth")
COURSES = (
    "Level 3 Art and design",
    "Level 2 Joinery",
    "Level 1 Catering",
    "A levels",
    "Level 2 Motor vehicle",
)
STAGES = (
    ("Conditional",) * 8
    + ("Guaranteed",) * 3
    + ("Declined", "Did not attend interview", "Refused", "Accepted")
)
STRANGERS = (
    ("", "Ravenscar", "Milo", "14/02/2011", "Level 2 Joinery", "Conditional", "", "Medway"),
    ("", "Ravenscar", "Tess", "03/12/2010", "A levels", "Guaranteed", "", "East Sussex"),
    ("", "Holloway", "Jory", "27/06/2011", "Level 1 Catering", "Conditional", "", "Medway"),
    ("", "Penhale", "Nell", "19/04/2011", "Level 3 Art and design", "Conditional", "", ""),
)
CONCERNS = (
    "Rarely in since September.",
    "Has no plan and does not want to speak of it.",
    "Looks after a parent.",
)
OF_SCHOOL, OF_COLLEGE, ON_PLATFORM = 40, 45, 60


def invent_offers(invention: Invention) -> None:
    """What is known in the year: a school's own offers, a college's to pupils of ours and of others, and applications
    from the careers platform in their order; three pupils their school worries about."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    officer = User.objects.filter(
        memberships__role="tracking_officer", memberships__authority=authority
    ).earliest("pk")
    rng = Random(f"{invention.seed} {invention.on} offers")
    rules = RuleSet.from_csv(invention.on).offers
    year = rules.september_of(invention.on)
    born = guarantee_births(year, 11)
    pupils = YoungPerson.objects.filter(
        authority=authority, date_of_birth__range=born, restricted_on=None, objections=None
    ).order_by("pk")
    place = _places(authority)
    held = list(pupils.filter(situation__activity__establishment=place["school"])[:OF_SCHOOL])
    others = list(pupils.exclude(pk__in=[each.pk for each in held])[: OF_COLLEGE + ON_PLATFORM])
    sending = _Sending(authority, officer, invention)
    if year > academic_year(invention.on):  # in the days of grace those it is about have left their school
        sending.offers(
            place["school"], (*PEOPLE, "Our own offer", "Offer elsewhere: where"), _of_school(rng, held)
        )
    headings = (*PEOPLE, "Course", "How it stands", "Begins on", "Council they live in")
    sending.offers(place["college"], headings, [*_of_college(rng, others[:OF_COLLEGE], year), *STRANGERS])
    Bringing(authority, officer, invention).listed(
        "applications",
        ("Place", "Course", "Choice"),
        _applied(rng, others[OF_COLLEGE // 2 :], place["college"]),
        is_whole=False,
    )
    _worry(place["school"], held)


class _Sending:
    """Sends returns of schools and colleges by the very actions pages use."""

    def __init__(self, authority: Authority, officer: User, invention: Invention) -> None:
        self.authority, self.officer, self.on = authority, officer, invention.on

    def offers(self, place: Establishment, headings: Sequence[str], rows: Iterable[Cells]) -> None:
        sent = Sent(self.authority, place, "offers", self.on)
        expected = ad_hoc(sent=sent, title=LAYOUTS["offers"].title, by=self.officer)
        file = store(
            source=[table(headings, rows)],
            name="offers.csv",
            purpose="return",
            by=self.officer,
            authority_id=self.authority.pk,
        )
        intake = begin_with_file(
            expected=expected, file=file, by=self.officer, channel=Intake.Channel.OFFICER
        )
        confirm(intake=check(intake=intake, by=self.officer), by=self.officer)


def _places(authority: Authority) -> dict[str, Establishment]:
    """The first school and college that have people with accounts, else the first of all."""
    found = {}
    for name, kind, role in (("school", "school", "school_user"), ("college", "college", "college_user")):
        mine = Establishment.objects.filter(la_code=authority.code, kind=kind, closed_on=None).order_by("pk")
        staffed = mine.filter(pk__in=Membership.objects.filter(role=role).values("establishment"))
        found[name] = staffed.first() or mine.earliest("pk")
    return found


def _of_school(rng: Random, pupils: Sequence[YoungPerson]) -> list[Cells]:
    return [(*who(each), *_said(rng)) for each in pupils if rng.random() < 0.7]


def _said(rng: Random) -> Cells:
    own = rng.choice(("Yes", "Yes", "Guaranteed", "No"))
    return own, "Harbour Training" if own == "No" else ""


def _of_college(rng: Random, people: Sequence[YoungPerson], year: int) -> list[Cells]:
    """Each a course or two; one begins too late to count."""
    rows = [(*who(each), rng.choice(COURSES), rng.choice(STAGES), f"06/09/{year}", "") for each in people]
    return [*rows[1:], (*rows[0][:5], "Guaranteed", f"14/02/{year + 1}")] if rows else []


def _applied(rng: Random, people: Sequence[YoungPerson], college: Establishment) -> list[Cells]:
    places = (college.name, "Harbour Training", "Northgate Apprenticeships")
    return [
        (*who(each), name, rng.choice(COURSES), str(choice))
        for each in people
        for choice, name in enumerate(rng.sample(places, rng.randint(1, 3)), start=1)
    ]


def _worry(school: Establishment, pupils: Sequence[YoungPerson]) -> None:
    held = Membership.objects.filter(establishment=school, role="school_user", user__is_active=True)
    secretary = held.select_related("user").order_by("pk").first()
    for words, person in zip(CONCERNS, pupils[-len(CONCERNS) :], strict=False):
        if secretary:
            raise_concern(person=person, establishment=school, words=words, by=secretary.user)
