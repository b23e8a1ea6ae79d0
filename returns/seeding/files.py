"""Inventing the exchange for the small register: files that wait, some collected, one over; a link for a provider; and
what a school says of pupils it worries about."""

import csv
import io
from datetime import timedelta

from neet.accounts.models import User
from neet.files.actions import store
from neet.files.models import StoredFile
from neet.files.writers import Sheet, xlsx_bytes
from returns.calendar.actions.planning import Sent, ad_hoc
from returns.calendar.models import ExpectedReturn
from returns.exchange.actions.links import make_link
from returns.exchange.actions.parcels import collect, put_out, withdraw
from returns.exchange.models import Parcel
from returns.exchange.statements import ForOne, Told
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from schools.models import Authority, Establishment, Membership
from tracking.models import Activity
from tracking.rules.academic_year import birth_range
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"
POTENTIAL = "potential_neet"
WORRIED_ABOUT = 6
SAID = (
    ("Attends less than 85% of the time", "Rarely in since October", ""),
    ("Has no plan for after Year 11; Has free school meals", "", "A job, not found yet"),
    ("Was suspended or excluded", "On a part-time timetable", "College, not applied"),
)
HEADINGS = ("Surname", "Forename", "DOB", "Year group", "Reason for concern", "Comments", "Post 16 plan")


def invent_files(invention: Invention) -> None:
    """By the very actions that pages use."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    held = User.objects.filter(memberships__role="mi_officer", memberships__authority=authority)
    officer = held.earliest("pk")
    schools = _at_work(authority)
    _put_out(authority, officer, schools, invention)
    _link(authority, officer, invention)
    _potential(authority, schools[0], invention)


def _at_work(authority: Authority) -> list[Establishment]:
    """The schools and colleges somebody signs in for, those with a Year 11 first."""
    held = Membership.objects.filter(authority=authority, establishment__isnull=False).values("establishment")
    found = Establishment.objects.filter(pk__in=held)
    return sorted(found, key=lambda each: (each.kind != "school", each.name, each.pk))


def _put_out(authority: Authority, officer: User, places: list[Establishment], invention: Invention) -> None:
    """One that some have collected, one that nobody has, one that was taken away."""
    terms = xlsx_bytes(
        Sheet("Terms", ("Term", "First day", "Last day"), [("Spring", invention.on, invention.on)])
    )
    file = _kept(authority, officer, "Term dates.xlsx", terms)
    until = invention.on + timedelta(days=21)
    said = (
        ("Term dates for your returns", "Please check them by the end of the month.", 21),
        ("How to send joiners and leavers", "Two pages, with examples.", 40),
        ("Contact list", "", 7),
    )
    made = [
        put_out(
            authority=authority,
            told=Told(Parcel.Kind.PAPER, title, about, until + timedelta(days=days)),
            files=[ForOne(each.pk, file) for each in places],
            by=officer,
        )
        for title, about, days in said
    ]
    for each in made[0].files.select_related("parcel").order_by("pk")[1::2]:
        place = Membership.objects.filter(establishment=each.establishment_id, authority=authority)
        collect(found=each, by=place.select_related("user").earliest("pk").user)
    withdraw(parcel=made[2], why="A wrong number in it", by=officer)


def _link(authority: Authority, officer: User, invention: Invention) -> None:
    """A provider without an account sends what is due by a link."""
    asked = ExpectedReturn.objects.filter(
        collection__authority=authority, collection__closed_on=None, sent_at=None, nil_at=None, waived_on=None
    ).exclude(establishment=None)
    expected = asked.order_by("establishment__memberships__pk", "pk").last()
    if expected:
        until = invention.on + timedelta(days=14)
        make_link(expected=expected, expires_on=until, email="office@provider.example.org", by=officer)


def _potential(authority: Authority, school: Establishment, invention: Invention) -> None:
    """A school's Potential NEET return, in its own words."""
    first, last = birth_range(15, invention.on)
    here = Activity.objects.filter(
        establishment=school, is_primary=True, ends_on=None, person__authority=authority,
        person__date_of_birth__range=(first, last), person__restricted_on=None,
    )  # fmt: skip
    people = [each.person for each in here.select_related("person").order_by("person_id")[:WORRIED_ABOUT]]
    if not people:
        return
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(HEADINGS)
    for at, person in enumerate(people):
        why, concern, planned = SAID[at % len(SAID)]
        born = f"{person.date_of_birth:%d/%m/%Y}"
        writer.writerow([person.family_name, person.given_name, born, "11", why, concern, planned])
    sender = (
        Membership.objects.filter(establishment=school, authority=authority)
        .select_related("user")
        .earliest("pk")
    )
    file = _kept(authority, sender.user, "Potential NEET.csv", lines.getvalue().encode())
    sent = Sent(authority, school, POTENTIAL, invention.on)
    expected = ad_hoc(sent=sent, title=LAYOUTS[POTENTIAL].title, by=sender.user)
    intake = begin_with_file(expected=expected, file=file, by=sender.user)
    intake = check(intake=intake, by=sender.user)
    if intake.state == Intake.State.CHECKED:
        confirm(intake=intake, by=sender.user)


def _kept(authority: Authority, by: User, name: str, content: bytes) -> StoredFile:
    return store(source=[content], name=name, purpose="exchange", by=by, authority_id=authority.pk)
