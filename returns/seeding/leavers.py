"""Inventing a month of joiners and leavers: in time, late, nothing to report, missing, and a file with mistakes."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import QuerySet

from neet.accounts.models import User
from neet.clock import LONDON
from neet.files.actions import store
from neet.working_days import on_or_before
from returns.calendar.actions.answering import declare_nil
from returns.calendar.actions.planning import Plan, plan, publish
from returns.calendar.models import Collection, ExpectedReturn
from returns.calendar.queries.expected import audience
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.queries.expected import Whose, expected_pupils
from returns.seeding.actions import ENROLMENT, FEWEST, KINDS, SIZE, Stage
from returns.seeding.telling import tell_earlier
from schools.models import Authority
from tracking.models import Consent, YoungPerson
from tracking.seeding import names
from tracking.seeding.actions import FIRST_CODE, Invention
from tracking.seeding.chance import between, one_of

TYPE = "joiners_leavers"
COLUMNS = (
    "young_person_id", "family_name", "given_name", "date_of_birth", "starts_on", "left_on", "leaving_reason",
    "now_doing", "now_at", "home_authority",
)  # fmt: skip
REASONS = (
    "Attendance",
    "The course did not suit them",
    "Began work",
    "Health",
    "Changed to another school or college",
)
NEXT = (("", ""), ("", ""), ("330", "Harbour Stores"), ("310", "Quayside Motors"))
MOST = 10  # establishments with a story; the others have not answered
DAYS_OPEN = 14
WORDING = "demonstration"


def invent_leavers(invention: Invention) -> None:
    """The last month's joiners and leavers for the small register, by the very actions that pages use, and a file with
    mistakes in this month's; the same dice give the same ones."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    officer = User.objects.filter(
        memberships__role="tracking_officer", memberships__authority=authority
    ).earliest("pk")
    this_month = invention.on.replace(day=1)
    before = this_month - timedelta(days=1)
    stages = _stages(_asked_for(authority, officer, before).expected.all(), officer, invention)
    for stage, happens in zip(stages, HAPPENINGS * MOST, strict=False):
        happens(stage)
    running = ExpectedReturn.objects.running(invention.on).filter(
        collection__authority=authority, collection__type=TYPE, sent_at=None, nil_at=None
    )
    if now := _stages(running, officer, invention):
        with_mistakes(now[-1])


def _asked_for(authority: Authority, officer: User, as_at: date) -> Collection:
    """A month's return, due on its last working day."""
    due = on_or_before(as_at)
    opened = due - timedelta(days=DAYS_OPEN)
    what = Plan(TYPE, f"Joiners and leavers, {as_at:%B %Y}", due, opened, due, (-3, 1))
    made = plan(authority=authority, what=what, by=officer)
    publish(collection=made, establishments=list(audience(made, KINDS)), by=officer)
    tell_earlier(made)
    return made


def _stages(asked: QuerySet[ExpectedReturn], officer: User, invention: Invention) -> list[Stage]:
    """Those with enough pupils for a story, in one order for one register."""
    found = asked.order_by("collection__due_on", "establishment__kind", "establishment_id").select_related(
        "collection__authority", "establishment"
    )
    dice = f"{invention.seed} {invention.on} leavers"
    full = [each for each in found if len(theirs(each)) >= FEWEST][:MOST]
    return [Stage(each, Random(f"{dice} {each.establishment_id}"), officer, invention.on) for each in full]


def theirs(expected: ExpectedReturn) -> list[int]:
    """Whom the register has there in its sixth form or at its courses."""
    place, collection = expected.establishment, expected.collection
    if place is None:
        return []
    whose = Whose(collection.authority_id, place.pk, place.kind, ENROLMENT, collection.as_at)
    return [each.person_id for each in expected_pupils(whose) if not each.is_leaver]


# --- what happens to one establishment's month --------------------------------------------------------
def in_time(stage: Stage) -> None:
    """Two leavers, of whom one lives with another council, and a joiner nobody knew of."""
    _sent(stage, 2, days_late=-1, joiner=True)


def late(stage: Stage) -> None:
    """One leaver, and a week too late."""
    _sent(stage, 1, days_late=7)


def nothing(stage: Stage) -> None:
    """Nobody joined and nobody left."""
    declare_nil(expected=stage.expected, by=stage.by)
    _answered(stage.expected, stage.expected.collection.due_on, "nil_at")


def missing(stage: Stage) -> None:
    """It has not answered."""


def with_mistakes(stage: Stage) -> None:
    """A day to come, no day at all, and a reason that is on no list, found when the file was checked."""
    rows = _leavers(stage, 4)
    rows[0]["left_on"] = f"{stage.expected.collection.as_at + timedelta(days=9):%d/%m/%Y}"
    rows[1]["left_on"] = ""
    rows[2]["leaving_reason"] = "see Mrs Hale"
    _checked(stage, rows)


Happening = Callable[[Stage], None]
HAPPENINGS: tuple[Happening, ...] = (in_time, nothing, late, in_time, missing)


def _sent(stage: Stage, leavers: int, *, days_late: int, joiner: bool = False) -> None:
    rows = _leavers(stage, leavers)
    rows[0]["home_authority"] = "Camden" if joiner else ""
    if joiner:
        rows.append(_joiner(stage))
    sent = confirm(intake=_checked(stage, rows), by=stage.by)
    on = stage.expected.collection.due_on + timedelta(days=days_late)
    _answered(stage.expected, on, "sent_at")
    Intake.objects.filter(pk=sent.pk).update(confirmed_at=datetime.combine(on, time(15), LONDON))
    Consent.objects.bulk_create(
        Consent(
            person=row.person,
            purpose=Consent.Purpose.SCHOOL_FEEDBACK,
            wording=WORDING,
            given_on=stage.expected.collection.opens_on,
            channel="survey",
        )
        for row in sent.rows.filter(applied_event__isnull=False, clean__left_on__gt="").select_related(
            "person"
        )[:1]
        if row.person
    )


def _answered(expected: ExpectedReturn, on: date, field: str) -> None:
    moment = datetime.combine(on, time(15), LONDON)
    ExpectedReturn.objects.filter(pk=expected.pk).update(**{field: moment})


def _leavers(stage: Stage, number: int) -> list[dict[str, str]]:
    """Some of theirs, who left in the month."""
    people = YoungPerson.objects.filter(pk__in=stage.rng.sample(theirs(stage.expected), number)).order_by(
        "pk"
    )
    as_at = stage.expected.collection.as_at
    rows = []
    for person in people:
        doing, where = one_of(stage.rng, NEXT)
        rows.append(
            {
                "young_person_id": person.young_person_id,
                "family_name": person.family_name,
                "given_name": person.given_name,
                "date_of_birth": f"{person.date_of_birth:%d/%m/%Y}",
                "left_on": f"{as_at - timedelta(days=between(stage.rng, 4, 20)):%d/%m/%Y}",
                "leaving_reason": one_of(stage.rng, REASONS),
                "now_doing": doing,
                "now_at": where,
            }
        )
    return rows


def _joiner(stage: Stage) -> dict[str, str]:
    as_at = stage.expected.collection.as_at
    born = date(as_at.year - 17, between(stage.rng, 1, 8), between(stage.rng, 1, 28))
    return {
        "family_name": "Newlyn",
        "given_name": names.given_name(stage.rng, "F"),
        "date_of_birth": f"{born:%d/%m/%Y}",
        "starts_on": f"{as_at - timedelta(days=between(stage.rng, 4, 20)):%d/%m/%Y}",
    }


def _checked(stage: Stage, rows: Sequence[dict[str, str]]) -> Intake:
    expected = stage.expected
    file = store(
        source=[_as_csv(rows)],
        name=f"CollegeLeavers{expected.collection.as_at:%b}.csv",
        purpose="return",
        by=stage.by,
        authority_id=expected.collection.authority_id,
    )
    return check(
        intake=begin_with_file(expected=expected, file=file, by=stage.by, channel=stage.channel), by=stage.by
    )


def _as_csv(rows: Sequence[dict[str, str]]) -> bytes:
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow([LAYOUTS[TYPE].column(name).words for name in COLUMNS])
    writer.writerows([[row.get(name, "") for name in COLUMNS] for row in rows])
    return kept.getvalue().encode("utf-8-sig")
