"""manage.py allocate: a month's cases opened, or the rules asked again, as the page does it."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F

from caseload.allocation.actions import allocate, open_month
from caseload.allocation.models import Case, MonthRun
from neet import clock
from neet.accounts.models import User
from schools.models import Authority
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.months import ReportingMonth


class Command(BaseCommand):
    help = (
        "Opens a month's work on cases at a council, or asks its rules again where the month is open already, and"
        " prints how many cases there are at each service and which of them a person has to decide about (by CCIS"
        " number): allocate --authority 886 --month 2026-11. Done twice, the second changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--authority", required=True, metavar="886", help="DfE number")
        parser.add_argument("--month", metavar="2026-11", help="without it, the month in progress")
        parser.add_argument("--by", metavar="EMAIL", help="in whose name; without it, the installation's")

    def handle(self, *args: Any, **asked: Any) -> None:
        authority = Authority.objects.filter(code=asked["authority"]).first()
        if authority is None:
            raise CommandError(f"No authority with the number {asked['authority']} runs its register here.")
        try:
            month = (
                ReportingMonth.read(asked["month"]) if asked["month"] else ReportingMonth.of(clock.today())
            )
            said, run = allocated(authority, month, named(asked["by"]))
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        except NotRight as refused:
            raise CommandError(" ".join(refused.words.values())) from None
        except NotPermitted:
            raise CommandError(f"{asked['by']} may not allocate at this council.") from None
        self.stdout.write(
            "\n".join([f"{month.words} at {authority}: {said}", *counted(run), *undecided(run)])
        )


def named(email: str | None) -> User | None:
    """Whose name stands in the trail. Raises CommandError."""
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody has an account with the address {email}.")
    return found


def allocated(authority: Authority, month: ReportingMonth, by: User | None) -> tuple[str, MonthRun]:
    """Opened where it was not, else the rules asked again. Raises NotRight, NotPermitted."""
    run = MonthRun.objects.filter(authority=authority, month=month.ends_on).first()
    if run is None:
        return "opened", open_month(authority=authority, month=month.ends_on, by=by)
    counts = allocate(run=run, by=by)
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items()), run


def counted(run: MonthRun) -> Iterator[str]:
    found = list(Case.objects.filter(run=run).select_related("service").order_by("service__name", "pk"))
    names = [each.service.name for each in found if each.service and each.state == Case.State.ALLOCATED]
    for name in dict.fromkeys(names):
        yield f"{names.count(name):>6}  {name}"
    for state in (*Case.UNDECIDED, Case.State.MOVED_ON, Case.State.HANDED_BACK):
        number = sum(each.state == state for each in found)
        yield f"{number:>6}  {Case.State(state).label}"


def undecided(run: MonthRun) -> Iterator[str]:
    """Those about whom a person decides, and the rules that fit them."""
    rows = Case.objects.undecided().filter(run=run).annotate(number=F("person__young_person_id"))
    for each in rows.order_by("number"):
        yield f"to decide  {each.number}  {' '.join((each.rule, each.also)).strip() or 'no rule fits'}"
