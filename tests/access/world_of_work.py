"""What the monthly work leaves about a young person of the world: a case, messages, letters, the year, meetings."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from caseload.allocation.models import Case, MonthRun
from caseload.campaigns.models import Campaign
from caseload.letters.models import LetterBatch
from caseload.meetings.models import AgendaItem, Attendee, Meeting, MeetingType, ProvisionGap
from caseload.messaging.models import MessageBatch
from caseload.prevention.models import AtRisk, SchoolFocus
from caseload.referrals.models import Referral
from caseload.reports.kinds import Kind
from caseload.reports.models import MadeReport
from caseload.reviews.models import ListContact, ServiceList
from caseload.screening.models import Screening
from neet import clock
from neet.accounts.models import User
from neet.files.actions import store
from neet.jobs.models import Job
from schools.models import (
    Authority,
    District,
    Establishment,
    Service,
)
from tracking.guarantee.models import CohortFreeze
from tracking.register.models import Claim, Task, YoungPerson
from tracking.rules.academic_year import academic_year

MONTH = date(2026, 10, 31)


@dataclass(frozen=True)
class Record:
    """A young person with one of everything, by what an address may name."""

    person: YoungPerson
    ids: dict[str, int]

    @property
    def ref(self) -> UUID:
        return self.person.ref


def build_case_work(record: Record, service: Service, other: Service, by: User) -> dict[str, Any]:
    """The monthly work on one young person, by what an address may name."""
    referral = Referral.objects.create(
        person=record.person, from_service=other, to_service=service, reason="plan", made_by=by, due_on=MONTH
    )
    run = MonthRun.objects.create(authority=record.person.authority, month=MONTH)
    case = Case.objects.create(
        run=run, person=record.person, state="allocated", service=service, offer="caseload"
    )
    contact = ListContact.objects.create(authority=run.authority, service=service, user=by)
    return {
        "cohort_freeze": CohortFreeze.objects.create(authority=run.authority, year=2026, as_at=MONTH).pk,
        "month_run": run.pk,
        "month_stage": run.stages.create(place=1, words="Review", starts_on=MONTH, ends_on=MONTH).pk,
        "case": case.pk,
        "list_contact": contact.pk,
        "service_list": ServiceList.objects.create(run=run, contact=contact, people=1).pk,
        "screening": Screening.objects.create(person=record.person, wants="work", held_on=MONTH).pk,
        "referral": referral.pk,
        "answer": Claim.objects.create(
            person=record.person, code="230", said_on=MONTH, said_by="young_person", channel="survey"
        ).pk,
        "start_check": build_next_step(record.person),
        "message_batch": build_batch(record.person),
        **build_letters(record.person),
        **build_year(record.person),
    }


def build_batch(person: YoungPerson) -> UUID:
    """A list of messages with one young person on it."""
    batch = MessageBatch.objects.create(
        authority=person.authority, wording="what_now_text", channel="text", audience="not_known", most=1,
        settled_at=clock.now(),
    )  # fmt: skip
    batch.messages.create(person=person)
    return batch.ref


def build_letters(person: YoungPerson) -> dict[str, Any]:
    """A batch of letters about one young person that went, and the letter."""
    batch = LetterBatch.objects.create(
        authority=person.authority, series="home_y11_september", wording="2015-04-01 en", due_on=MONTH, state="sent",
        sent_on=MONTH,
    )  # fmt: skip
    letter = batch.letters.create(person=person, number=1, state="sent", sent_on=MONTH)
    return {"letter_batch": batch.ref, "letter": letter.pk}


def build_year(person: YoungPerson) -> dict[str, Any]:
    """A campaign with one young person on its list, an item of the year's plan, and a post."""
    authority = person.authority
    campaign = Campaign.objects.create(
        authority=authority, kind="christmas_leavers", words="Leavers", starts_on=MONTH, ends_on=MONTH
    )
    campaign.people.create(person=person, why="left")
    task = authority.tasks.create(kind="plan", words="Letter", cause="plan:2026:letter:council", due_on=MONTH)
    return {
        "campaign": campaign.ref,
        "plan_task": task.pk,
        "post": authority.posts.create(words="Lead").pk,
    }


def build_next_step(person: YoungPerson) -> int:
    """A plan for the coming summer, and the place on this autumn's list that an address names."""
    year = academic_year(clock.today())
    person.transition_plans.create(year=year + 1, next_step="Level 2 course")
    return person.start_checks.create(year=year, why="plan").pk


def build_at_risk(record: Record, school: Establishment, by: User) -> dict[str, Any]:
    """The young person on the at-risk list, and a school that is worked with and has a step of its plan to do."""
    authority = record.person.authority
    focus = SchoolFocus.objects.create(
        authority=authority, establishment=school, academic_year=2026, chosen_by=by
    )
    step = {"kind": "school_plan", "cause": f"school:{focus.pk}:1", "words": "Visit"}
    return {
        "at_risk": AtRisk.objects.create(person=record.person, said_by="school", entered_by=by).pk,
        "risk_school": focus.pk,
        "school_step": Task.objects.create(authority=authority, **step).pk,
    }


def build_meeting(record: Record, district: District, service: Service, by: User) -> dict[str, Any]:
    """A meeting that goes on, with one young person on its agenda; its number there differs from council to council."""
    authority = record.person.authority
    kind = MeetingType.objects.create(
        authority=authority, slug="m", words="Meeting", service=service, has_outsiders=True
    )
    meeting = Meeting.objects.create(
        type=kind, district=district, held_on=MONTH, agenda_at=clock.now(), opened_at=clock.now()
    )
    item = AgendaItem.objects.create(
        meeting=meeting, person=record.person, number=authority.pk % 30_000, treatment="discuss", service=service,
        nominated_by=by, nominated_at=clock.now(),
    )  # fmt: skip
    return {
        "meeting": meeting.ref,
        "meeting_type": kind.pk,
        "agenda_item": item.number,
        "attendee": Attendee.objects.create(meeting=meeting, user=by).pk,
        "gap": ProvisionGap.objects.create(authority=authority, sector="Construction").pk,
    }


def build_made_report(authority: Authority, **of: Any) -> int:
    """A report that was made, of the council or of a district or service."""
    files = {
        ending: store(
            source=[b"made"], name=f"made.{ending}", purpose="report", by=None, authority_id=authority.pk
        )
        for ending in ("pdf", "xlsx")
    }
    made = MadeReport.objects.create(
        authority=authority, slug="monthly", month=MONTH, is_frozen=True, digest="0" * 64, **files, **of
    )
    return made.pk


def build_report_job(authority: Authority, **of: Any) -> UUID:
    """A report being made, of the council or of a district or service."""
    ((name, place),) = of.items() or [("council", None)]
    payload = {"report": "monthly", "month": f"{MONTH:%Y-%m}", "of": f"{name}-{place.pk}" if place else name}
    return Job.objects.create(kind=Kind.ASKED, authority_id=authority.pk, payload=payload).ref
