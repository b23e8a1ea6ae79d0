"""Two councils with one of everything, and somebody in every role at the first of them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.test import Client

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES
from neet.jobs.models import Job
from returns.bring.models import Load
from returns.calendar.models import Collection
from returns.nccis.models import Submission
from returns.replies.models import Reply
from schools.models import (
    Authority,
    Contact,
    District,
    Establishment,
    Invitation,
    Membership,
    Service,
    SystemToken,
)
from tests.access.passkeys import credential
from tests.access.world_of_activity_surveys import build_activity_survey
from tests.access.world_of_assessments import build_assessment
from tests.access.world_of_changes import build_change
from tests.access.world_of_figures import build_figures, own_figures
from tests.access.world_of_keeping import build_keeping
from tests.access.world_of_moves import build_moves
from tests.access.world_of_pairs import build_pairs
from tests.access.world_of_returns import build_reply, build_return, build_submission
from tests.access.world_of_rights import build_rights
from tests.access.world_of_surveys import build_survey
from tests.access.world_of_work import (
    MONTH,
    Record,
    build_at_risk,
    build_case_work,
    build_made_report,
    build_meeting,
    build_report_job,
)
from tests.factories import (
    make_activity,
    make_authority,
    make_characteristic,
    make_collection,
    make_college,
    make_contact,
    make_district,
    make_note,
    make_objection,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_task,
    make_user,
    sign_in,
)
from tracking.exploring.models import SavedCut
from tracking.figures.models import Freeze
from tracking.register.models import AccessGrant, SavedSearch, YoungPerson
from tracking.replays.models import Replay


@dataclass
class Council:
    """One authority, its places, and three young people: one everybody there works with, one in another place of the
    same authority, one restricted."""

    authority: Authority
    school: Establishment
    college: Establishment
    district: District
    service: Service
    contact: Contact
    colleague: Membership
    invitation: Invitation
    load: Load
    submission: Submission
    reply: Reply
    freeze: Freeze
    replay: Replay
    job: Job
    program: SystemToken
    record: Record
    elsewhere: Record
    restricted: Record
    returned: dict[str, Any]
    returned_elsewhere: dict[str, Any]
    case_work: dict[str, Any]


@dataclass
class Person:
    """Somebody in a role, signed in, and what is theirs alone."""

    role: str
    user: User
    client: Client
    own: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    here: Council
    there: Council
    people: dict[str, Person]


def build_world() -> World:
    here, there = build_council("Here"), build_council("There")
    return World(here, there, {role: build_person(role, here) for role in ROLES})


def build_council(name: str) -> Council:
    authority = make_authority(name=f"{name} Council", contact_telephone="01632 960001")
    places = {
        "school": make_school(name=f"{name} School", la_code=authority.code),
        "college": make_college(name=f"{name} College", la_code=authority.code),
        "district": make_district(authority),
        "service": make_service(authority),
    }
    other = {
        "school": make_school(name=f"{name} Other School", la_code=authority.code),
        "college": make_college(name=f"{name} Other College", la_code=authority.code),
        "district": make_district(authority),
        "service": make_service(authority),
    }
    colleague = make_user("tracking_officer", authority)
    restricted = build_record(authority, colleague, **places)
    YoungPerson.objects.filter(pk=restricted.person.pk).update(
        restricted_on=date(2026, 1, 5), restricted_reason="Must not be found"
    )
    submission = build_submission(authority, colleague)
    record = build_record(authority, colleague, **places)
    collection = make_collection(authority)
    return Council(
        authority,
        **places,
        contact=Contact.objects.create(
            authority=authority, establishment=places["school"], purpose="returns", name="Sam Secretary"
        ),
        colleague=Membership.objects.get(user=colleague),
        invitation=build_invitation(authority, colleague),
        load=Load.objects.create(authority=authority, kind="return", state="tried", sha256="0" * 64),
        submission=submission,
        reply=build_reply(submission),
        freeze=(freeze := Freeze.objects.create(authority=authority, month=MONTH, frozen_at=clock.now())),
        replay=Replay.objects.create(authority=authority, day=MONTH, known_at=clock.now(), freeze=freeze),
        job=Job.objects.create(kind="nccis.checked", owner=colleague, authority_id=authority.pk),
        program=SystemToken.objects.create(
            membership=Membership.objects.get(user=colleague),
            token_hash=sha256(name.encode()).hexdigest(),
            made_by=colleague,
            expires_at=clock.now() + timedelta(days=30),
        ),
        record=record,
        elsewhere=build_record(authority, colleague, **other),
        restricted=restricted,
        returned=build_return(collection, places["school"], record),
        returned_elsewhere=build_return(collection, other["school"], record),
        case_work=build_case_work(record, places["service"], other["service"], colleague)
        | build_meeting(record, places["district"], places["service"], colleague)
        | build_at_risk(record, places["school"], colleague)
        | {"bulk_change": build_change(authority, colleague, record.person)}
        | {"made_report": build_made_report(authority), "report_job": build_report_job(authority)}
        | build_keeping(record, colleague)
        | build_figures(freeze, colleague, is_open=name == "Here")
        | build_assessment(authority)
        | build_moves(authority)
        | build_pairs(authority)
        | build_rights(record, places["service"], colleague)
        | build_survey(record, places["school"], places["college"])
        | build_activity_survey(record, places["school"], colleague),
    )


def build_offer(person: YoungPerson) -> Any:
    """A place they told us of themselves, which their objection does not hide."""
    told = {"place": "Far College", "stage": "applied", "said_on": MONTH, "source": "young_person"}
    return person.offers.create(**told)


def build_record(
    authority: Authority,
    colleague: User,
    *,
    school: Establishment,
    college: Establishment,
    district: District,
    service: Service,
) -> Record:
    person = make_person(authority, date_of_birth=date(2009, 5, 14), gender="F")
    activity = make_activity(
        person, establishment=college, verified_on=date(2026, 10, 2), predicted_end_on=date(2028, 7, 1)
    )
    make_activity(person, "210", date(2026, 9, 1), establishment=school, is_primary=False)
    make_residence(person, district=district)
    make_note(person)
    make_responsible(person, service=service, kind="contract")
    named = AccessGrant.objects.create(person=person, user=colleague, kind="named", reason="Works with them")
    return Record(
        person,
        {
            "activity": activity.pk,
            "confirmation": activity.confirmations.get().pk,
            "contact_point": make_contact(person).pk,
            "characteristic": make_characteristic(person).pk,
            "objection": make_objection(person, made_on=date(2025, 6, 1), made_by="young_person").pk,
            "task": make_task(person).pk,
            "responsibility": make_responsible(person, service=service).pk,
            "grant": named.pk,
            "offer": build_offer(person).pk,
        },
    )


def build_invitation(authority: Authority, by: User, **place: Any) -> Invitation:
    return Invitation.objects.create(
        **{"role": "tracking_officer", "authority": authority, **place},
        email=f"new.{authority.code}@example.org",
        name="New Colleague",
        token_hash=sha256(f"{authority.code} {by.pk}".encode()).hexdigest(),
        invited_by=by,
        expires_at=clock.now() + timedelta(days=7),
    )


def build_person(role: str, council: Council, record: Record | None = None) -> Person:
    """Somebody in this role at this council's places, with the reason stated that some roles must state."""
    places = {
        "establishment": {"establishment": council.college if role == "college_user" else council.school},
        "district": {"district": council.district},
        "service": {"service": council.service},
        "authority": {},
    }
    placed_by = ROLES[role].placed_by
    where = {"password": "a long enough password", **places.get(placed_by, {})}
    user = make_user(role, council.authority if placed_by else None, **where)
    if role in {"manager", "governance"}:
        granted = {"kind": "reason", "reason": "A complaint", "until": date(2030, 1, 1)}
        AccessGrant.objects.create(person=council.record.person, user=user, **granted)
    own = owned_by(user, council.authority)
    if placed_by in {"district", "service"}:
        own["made_report"] = build_made_report(council.authority, **places[placed_by])
        own["report_job"] = build_report_job(council.authority, **places[placed_by])
    if placed_by == "establishment":
        own |= at_own_place(role, council.authority, places["establishment"]["establishment"], user)
    if role == "college_user":
        collection = Collection.objects.get(authority=council.authority, type="enrolment")
        own |= build_return(collection, council.college, council.record)
    return Person(role, user, sign_in(Client(), user), own)


def at_own_place(role: str, authority: Authority, school: Establishment, by: User) -> dict[str, Any]:
    """A colleague at the same school or college, and one who is invited there."""
    colleague = make_user(role, authority, establishment=school)
    invited = build_invitation(authority, by, role=role, establishment=school)
    return {
        "own_colleague": Membership.objects.get(user=colleague).pk,
        "own_invitation": invited.pk,
        "own_contact": school.contacts.create(authority=authority, purpose="leavers", name="Lee Vers").pk,
        "survey_place": school.pk,
    }


def owned_by(user: User, authority: Authority) -> dict[str, Any]:
    """What belongs to nobody but this account."""
    passkey = {"name": "Key", "credential": credential()}
    Authenticator.objects.create(user=user, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    return {
        "bulk_change": build_change(authority, user),
        "search": SavedSearch.objects.create(user=user, words="Ambler").ref,
        "kept_list": SavedSearch.objects.create(user=user, name="Mine", filters={"status": "NEET"}).pk,
        "kept_cut": SavedCut.objects.create(authority=authority, owner=user, name="Mine").pk,
        "job": Job.objects.create(kind="nccis.checked", owner=user, authority_id=authority.pk).ref,
        **own_figures(authority, user),
        "passkey": Authenticator.objects.create(user=user, type="webauthn", data=passkey).pk,
    }


ABSENT_NUMBER = 987_654_321
ABSENT_REF = uuid4()
