"""Inventing lists from elsewhere for the small register: children in care, youth justice, taught at home; each differs
from the register in one place or another."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Q

from neet.accounts.models import User
from neet.files.actions import store
from returns.calendar.actions.planning import ListSent, list_brought
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from schools.models import Authority
from tracking.models import YoungPerson
from tracking.rules.academic_year import academic_year, birth_range, starts_on
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"
DAYS_AGO = 5
WHO = ("CCIS number", "Last name", "First name", "Date of birth")
STILL, WITHOUT, FEW = 40, 3, 4
Cells = tuple[str, ...]


def invent_lists(invention: Invention) -> None:
    """Three lists of the council's services, taken over: some of whom the register has so are not on them, a row
    cannot be read, and one says something else than a college."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    officer = User.objects.filter(memberships__role="mi_officer", memberships__authority=authority).earliest(
        "pk"
    )
    bring = Bringing(authority, officer, invention)
    bring.listed("looked_after", ("Status", "Since"), _in_care(bring), is_whole=True)
    bring.listed("youth_justice", ("Order", "Since", "Until"), _orders(bring), is_whole=False)
    bring.listed("home_educated", ("Since", "Until"), _at_home(bring), is_whole=True)


class Bringing:
    """Brings lists in by the very actions pages use."""

    def __init__(self, authority: Authority, officer: User, invention: Invention) -> None:
        self.authority, self.officer = authority, officer
        self.day = invention.on - timedelta(days=DAYS_AGO)
        self.people = YoungPerson.objects.filter(
            authority=authority, cohort_status="P", restricted_on=None, date_of_birth__isnull=False
        ).order_by("pk")

    def listed(self, type: str, headings: Cells, rows: Iterable[Cells], *, is_whole: bool) -> Intake:
        layout = LAYOUTS[type]
        sent = ListSent(self.authority, layout.senders[0], type, self.day, is_whole)
        expected = list_brought(sent=sent, title=layout.title, by=self.officer)
        file = store(
            source=[table([*WHO, *headings], rows)],
            name=f"{layout.file_names[0].partition('{')[0]}.csv",
            purpose="return",
            by=self.officer,
            authority_id=self.authority.pk,
        )
        intake = begin_with_file(
            expected=expected, file=file, by=self.officer, channel=Intake.Channel.OFFICER
        )
        return confirm(intake=check(intake=intake, by=self.officer), by=self.officer)


def table(headings: Sequence[str], rows: Iterable[Cells]) -> bytes:
    kept = io.StringIO()
    lines = csv.writer(kept)
    lines.writerow(headings)
    lines.writerows(rows)
    return kept.getvalue().encode()


def who(person: YoungPerson) -> Cells:
    born = f"{person.date_of_birth:%d/%m/%Y}" if person.date_of_birth else ""
    return person.young_person_id, person.family_name, person.given_name, born


def _in_care(bring: Bringing) -> list[Cells]:
    held = Q(characteristics__code="110", characteristics__ends_on=None)
    known = list(bring.people.filter(held).distinct()[: STILL + WITHOUT])[WITHOUT:]
    new = bring.people.exclude(characteristics__code__in=["110", "160"])[:FEW]
    rows = [(*who(person), "Looked after", "") for person in known]
    rows += [(*who(person), "Looked after", f"{bring.day - timedelta(days=60):%d/%m/%Y}") for person in new]
    return [*rows, ("", "Harcourt", "Ines", "31/02/2010", "Looked after", "")]


def _orders(bring: Bringing) -> list[Cells]:
    held = Q(characteristics__code="170", characteristics__ends_on=None)
    over, *others = bring.people.filter(held).distinct()[: FEW + 1]
    new = bring.people.exclude(characteristics__code="170").order_by("-pk")[:FEW]
    begun = f"{bring.day - timedelta(days=30):%d/%m/%Y}"
    return [
        (*who(over), "Order has ended", "", f"{bring.day:%d/%m/%Y}"),
        *((*who(person), "Youth rehabilitation order", "", "") for person in others),
        *((*who(person), "Referral order", begun, "") for person in new),
    ]


def _at_home(bring: Bringing) -> list[Cells]:
    """Those the register has so but two, a few it has at school, and one who began at college since."""
    year = starts_on(academic_year(bring.day))
    _, youngest_past_school = birth_range(16, bring.day)
    children = bring.people.filter(date_of_birth__gt=youngest_past_school)
    known = list(children.filter(situation__code="120")[:STILL])[2:]
    new = children.filter(situation__code="110").order_by("-pk")[:FEW]
    began = bring.people.filter(
        situation__code__in=["210", "230"], situation__activity__starts_on__gt=year,
        situation__activity__starts_on__lte=bring.day,
    ).first()  # fmt: skip
    rows = [(*who(person), "", "") for person in known]
    rows += [(*who(person), f"{bring.day - timedelta(days=20):%d/%m/%Y}", "") for person in new]
    return rows + ([(*who(began), f"{year:%d/%m/%Y}", "")] if began else [])
