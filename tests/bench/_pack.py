"""A meeting's pack of sixty young people, from the database to the file."""

from datetime import date, timedelta

from django.db import transaction

from caseload.allocation.actions import open_month
from caseload.meetings.actions import planning
from caseload.meetings.actions.agenda import make_agenda
from caseload.meetings.models import AgendaItem, Meeting, MeetingType
from caseload.meetings.queries.pack import pack_of
from caseload.meetings.statements import MeetingTold
from neet import clock
from neet.accounts.models import User
from neet.documents.pdf import pdf_of
from schools.models import Authority
from tests.bench._measuring import Figure, report, spent, timed

PEOPLE, RUNS, MUST = 60, 3, 10
MINUTES = 10 + 3 * PEOPLE


def measure_pack(authority: Authority, by: User, day: date) -> None:
    """The agenda of a county's meeting proposed, and its pack of sixty made; undone again."""
    with transaction.atomic():
        open_month(authority=authority, month=day, by=by)
        meeting = planned(authority, by, day)
        agenda = timed(lambda: make_agenda(meeting=meeting, by=by))
        listed = meeting.items.count()
        meeting.items.filter(treatment=AgendaItem.Treatment.NOTE).delete()
        assert meeting.items.count() == min(PEOPLE, listed)
        made = sorted(
            (spent(lambda: pack_made(meeting, by)) for _ in range(RUNS)), key=lambda each: each.wall
        )
        transaction.set_rollback(True)
    report(
        Figure(
            f"propose a meeting's agenda from {listed:,} cases", f"{agenda * 1000:,.0f} ms", "none", None, 1
        )
    )
    what = f"pack of a meeting, {PEOPLE} cases, tagged PDF"
    report(Figure(what, str(made[RUNS // 2]), f"must be {MUST} s, meant 3 s", None, RUNS))


def planned(authority: Authority, by: User, day: date) -> Meeting:
    kind = MeetingType.objects.create(
        authority=authority, slug="measured", words="Measured", scope="authority", minutes=MINUTES
    )
    told = MeetingTold(held_on=max(day, clock.today()) + timedelta(days=1), chair=by)
    return planning.plan(type=kind, told=told, by=by)


def pack_made(meeting: Meeting, by: User) -> bytes:
    shown = {"meeting": meeting, "title": "Measured", "council": "Council", "made_by": by, "attendees": ()}
    return pdf_of("caseload/meetings/pack.html", {**shown, "pack": pack_of(meeting, by, clock.today())})
