"""What the monthly file puts on other pages: the DfE's checks on a record, the month on the first page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.ui.words import many, short_day
from returns.nccis.board import MonthStanding, findings_of, standing_of
from tracking.models import YoungPerson
from tracking.register.mending import url_for
from tracking.rules.months import ReportingMonth, due

SEES_CHECKS = frozenset({"tracking_officer", "mi_officer", "caseworker", "service_lead", "district_lead"})


@dataclass(frozen=True)
class Fault:
    """One thing the DfE would find, and where it is mended."""

    words: str
    how: str
    code: str
    url: str


@dataclass(frozen=True)
class RecordPanel:
    """What the DfE would say about one record this month."""

    month: ReportingMonth
    in_file: bool
    faults: tuple[Fault, ...]
    template: str = "returns/nccis/person_panel.html"


def record_panel(person_id: int, user: User, on: date) -> RecordPanel | None:
    """The checks of this month's file over one record, each with the way to mend it (wishes 4.3)."""
    if scope_of(user).roles.isdisjoint(SEES_CHECKS):
        return None
    month = ReportingMonth.of(on)
    person = YoungPerson.objects.select_related("authority", "situation").get(pk=person_id)
    found = findings_of(person, month)
    if not found:
        return RecordPanel(month, found is not None, ())
    faults = (
        Fault(each.words, each.how, each.code, url_for(each.mend, person.ref, person.situation.activity_id))
        for each in found
    )
    return RecordPanel(month, True, tuple(faults))


@dataclass(frozen=True)
class Step:
    """One step of the monthly run and how far it is."""

    words: str
    url: str
    status: str
    tone: str = ""


@dataclass(frozen=True)
class HomePanel:
    """The month on a data officer's first page."""

    month: ReportingMonth
    steps: tuple[Step, ...]
    template: str = "returns/nccis/home_panel.html"


def home_panel(user: User, on: date) -> HomePanel | None:
    """How the file of the month that is due stands, for those who build it."""
    scope = scope_of(user)
    if not (scope.can(Permission.FILE_BUILD) and scope.authority_ids):
        return None
    month = due(on)
    return HomePanel(month, steps_of(standing_of(scope.authority_ids[0], month)))


def steps_of(standing: MonthStanding) -> tuple[Step, ...]:
    """The road of the month's file: checked, mended, frozen, built, signed off, sent."""
    slug = standing.month.slug
    page, too_old = reverse("month", args=[slug]), reverse("month_outgrown", args=[slug])
    return (
        Step("Check all records", page, *_checked(standing)),
        Step("Mend what the DfE would send back", f"{page}#errors", *_mended(standing)),
        Step("Mark those too old for the file", too_old, *_marked(standing)),
        Step("Freeze the month", f"{page}#freeze", *_done(standing.frozen_at)),
        Step("Build the file", f"{page}#file", *_built(standing)),
        Step("Sign it off", f"{page}#file", *_done(standing.signed_off_at)),
        Step("Send it to the DfE", f"{page}#file", *_sent(standing)),
    )


NOT_YET = ("Not yet", "waiting")


def _checked(standing: MonthStanding) -> tuple[str, str]:
    return (short_day(standing.checked_at), "") if standing.checked_at else NOT_YET


def _mended(standing: MonthStanding) -> tuple[str, str]:
    if not standing.checked_at:
        return ("After the check", "")
    left = standing.records_with_errors
    return (many(left, "record,records"), "attention") if left else ("Nothing found", "good")


def _marked(standing: MonthStanding) -> tuple[str, str]:
    if not standing.checked_at:
        return ("After the check", "")
    return (
        (many(standing.too_old, "young person,young people"), "attention")
        if standing.too_old
        else ("Nobody", "good")
    )


def _done(at: datetime | None) -> tuple[str, str]:
    return (short_day(at), "good") if at else NOT_YET


def _built(standing: MonthStanding) -> tuple[str, str]:
    return (short_day(standing.newest.built_at), "") if standing.newest else NOT_YET


def _sent(standing: MonthStanding) -> tuple[str, str]:
    return (f"Sent {short_day(standing.sent_at)}", "good") if standing.sent_at else NOT_YET
