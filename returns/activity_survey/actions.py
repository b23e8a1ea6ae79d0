"""Beginning a survey, reading what its members do, making its file, signing it off."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.jobs.actions import submit
from neet.jobs.models import Job
from returns.activity_survey import sql
from returns.activity_survey.building import Made, made_of
from returns.activity_survey.kinds import Kind
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.asking import Whose, as_known, wanted, whose, whose_of
from returns.activity_survey.queries.reading import file_rows
from returns.activity_survey.rules.rows import Row, found_wrong, stops
from returns.activity_survey.signing import CannotSign, may_sign, refuse_signing
from schools.models import Authority


class TooEarly(Exception):
    """The day whose list it is has not come."""


class Stands(Exception):
    """The survey is signed off: nothing of it changes."""


class CannotMake(Exception):
    """The file cannot be made so; the words are for the page."""


@dataclass(frozen=True)
class Listed:
    """What became of a list: how many are in it, how many came and went since the last time."""

    survey: ActivitySurvey
    people: int
    came: int
    went: int


def make_list(*, authority: Authority, year: int, reading: str, by: User | None) -> Listed:
    """Say whom a survey is about, or bring that up to date: the September Guarantee's fixed list where there is one,
    else Year 11 of 31 May by history (R86). A file made before goes. Raises TooEarly, Stands."""
    whom = whose(authority, year, reading)
    if clock.today() <= whom.days.list_on:
        raise TooEarly("The list is that of 31 May. It can be made from 1 June on.")
    with recorded(Kind.LIST_MADE, by=by, authority_id=authority.pk) as event:
        survey = _begun(authority, year, reading, by)
        statement, asked, is_fixed = wanted(whom)
        survey.is_fixed_list, survey.listed_at, survey.listed_by = is_fixed, clock.now(), by
        _without_file(survey)
        survey.save()
        people, came, went = _keep_list(survey, statement, asked)
        _keep_read(survey, whom)
        event.counts = {"survey": survey.pk, "people": people, "came": came, "went": went}
    return Listed(survey, people, came, went)


def look(*, survey: ActivitySurvey, by: User | None) -> int:
    """Write down beside each member what they did on the day, as known now; how many changed. Of a survey whose file
    is made nothing changes."""
    with recorded(Kind.LOOKED_AT, by=by, authority_id=survey.authority_id) as event:
        locked = _locked(survey)
        changed = _keep_read(locked, whose_of(locked)) if locked.made_at is None else 0
        event.counts = {"survey": survey.pk, "changed": changed}
    return changed


def surveys_of_the_day(*, day: date) -> None:
    """Once a day for every survey that is followed up: who is still to be found out, for those who ring them."""
    followed_up = ActivitySurvey.objects.filter(made_at=None, year__gte=day.year - 1)
    for survey in followed_up.select_related("authority").order_by("pk"):
        days = whose_of(survey).days
        if days.on <= day <= days.due_on:
            look(survey=survey, by=None)


def make_file(*, survey: ActivitySurvey, by: User | None, moment: datetime | None = None) -> ActivitySurvey:
    """Make the file and hold fast what it says of everybody (R86), as known now or at a past `moment`. Made again it
    takes the place of the one before. Raises Stands once it is signed off, CannotMake where something stops it."""
    with transaction.atomic():
        made_at = moment or _moment_of_nobodys_writing(
            survey.authority_id
        )  # before the event, which takes that lock
        with recorded(Kind.FILE_MADE, by=by, authority_id=survey.authority_id) as event:
            locked = _locked(survey)
            if locked.signed_off_at is not None:
                raise Stands
            _without_file(locked)
            with as_known(locked, made_at) if moment else nullcontext(whose_of(locked)) as whom:
                made = _file_of(locked, whom)
                _keep_read(locked, whom)
            _hold_fast(locked, made, made_at, by)
            event.counts = {"survey": survey.pk, "people": len(made.rows)}
    return locked


def take_file_back(*, survey: ActivitySurvey, by: User, why: str) -> ActivitySurvey:
    """Go on with a survey whose file was made and not signed off: what members do is read anew. Raises Stands."""
    with recorded(Kind.FILE_OPENED, by=by, authority_id=survey.authority_id, why=why) as event:
        event.counts = {"survey": survey.pk}
        locked = _locked(survey)
        if locked.signed_off_at is not None:
            raise Stands
        _without_file(locked)
        locked.save()
        _keep_read(locked, whose_of(locked))
    return locked


def sign_off(*, survey: ActivitySurvey, by: User, why: str = "") -> ActivitySurvey:
    """Sign the file off: from here on it stands (R85, R86). Said twice, the first time stands. Raises CannotSign."""
    with recorded(Kind.SIGNED_OFF, by=by, authority_id=survey.authority_id, why=why) as event:
        event.counts = {"survey": survey.pk}
        locked = _locked(survey)
        if locked.signed_off_at is None:
            refuse_signing(locked, by, why)
            locked.signed_off_at, locked.signed_off_by, locked.signed_off_why = clock.now(), by, why
            locked.save(update_fields=["signed_off_at", "signed_off_by", "signed_off_why"])
    return locked


def take_back_sign_off(*, survey: ActivitySurvey, by: User, why: str) -> ActivitySurvey:
    """Take a sign-off back for a reason; that it was sent is forgotten with it. Raises CannotSign."""
    with recorded(Kind.SIGN_OFF_TAKEN_BACK, by=by, authority_id=survey.authority_id, why=why) as event:
        event.counts = {"survey": survey.pk}
        locked = _locked(survey)
        if not may_sign(locked, by) or not why.strip():
            raise CannotSign("Enter why the sign-off is taken back")
        locked.signed_off_at, locked.signed_off_by, locked.signed_off_why = None, None, ""
        locked.sent_at, locked.sent_by = None, None
        locked.save(update_fields=["signed_off_at", "signed_off_by", "signed_off_why", "sent_at", "sent_by"])
    return locked


def mark_sent(*, survey: ActivitySurvey, by: User) -> ActivitySurvey:
    """Note that the file went to the DfE; said twice, the first time stands. Raises CannotSign before a sign-off."""
    with recorded(Kind.SENT, by=by, authority_id=survey.authority_id) as event:
        event.counts = {"survey": survey.pk}
        locked = _locked(survey)
        if locked.signed_off_at is None:
            raise CannotSign("The file is not signed off.")
        if locked.sent_at is None:
            locked.sent_at, locked.sent_by = clock.now(), by
            locked.save(update_fields=["sent_at", "sent_by"])
    return locked


def ask_for_reports(*, survey: ActivitySurvey, ends_on: date, by: User) -> Job | None:
    """Have each school's report made beside the pages and put out for it (R93); None while that is under way."""
    with recorded(Kind.REPORTS_ASKED, by=by, authority_id=survey.authority_id) as event:
        event.counts = {"survey": survey.pk}
        _locked(survey)
        under_way = Job.objects.filter(
            kind=Kind.REPORTS_ASKED, authority_id=survey.authority_id, state__in=Job.OPEN
        )
        if under_way.exists():
            return None
        payload = {"survey": survey.pk, "ends_on": ends_on.isoformat()}
        return submit(kind=Kind.REPORTS_ASKED, by=by, authority_id=survey.authority_id, payload=payload)


# --- parts -------------------------------------------------------------------------------------------
def _begun(authority: Authority, year: int, reading: str, by: User | None) -> ActivitySurvey:
    ActivitySurvey.objects.get_or_create(
        authority=authority, year=year, reading=reading, defaults={"listed_by": by}
    )
    found = ActivitySurvey.objects.select_for_update(of=("self",)).select_related("authority")
    survey = found.get(authority=authority, year=year, reading=reading)
    if survey.signed_off_at is not None:
        raise Stands
    return survey


def _locked(survey: ActivitySurvey) -> ActivitySurvey:
    found = ActivitySurvey.objects.select_for_update(of=("self",)).select_related("authority")
    return found.get(pk=survey.pk)


def _without_file(survey: ActivitySurvey) -> None:
    survey.made_at, survey.made_by, survey.content = None, None, None
    survey.sha256, survey.size, survey.people = "", 0, 0


def _keep_list(survey: ActivitySurvey, statement: str, asked: dict[str, Any]) -> tuple[int, int, int]:
    kept = (
        sql.text("keep_list").replace("{candidates}", sql.text("candidates")).replace("{wanted}", statement)
    )
    with connection.cursor() as cursor:
        cursor.execute(kept, {**asked, "survey": survey.pk})
        return cursor.fetchone()


def _keep_read(survey: ActivitySurvey, whom: Whose) -> int:
    with connection.cursor() as cursor:
        asked = whom.what(survey.pk)
        cursor.execute(sql.text("keep_read").replace("{read}", sql.text("read")), asked)
        changed = cursor.rowcount
    ActivitySurvey.objects.filter(pk=survey.pk).update(looked_at=clock.now())
    return changed


def _file_of(survey: ActivitySurvey, whom: Whose) -> Made:
    if clock.today() < whom.days.on:
        raise CannotMake("The survey asks what holds on 1 November. That day has not come.")
    rows = file_rows(survey, whom)
    _refuse(rows)
    return made_of(whom, rows)


def _refuse(rows: Sequence[Row]) -> None:
    if not rows:
        raise CannotMake("Nobody is in this survey.")
    wrong = [check.words for check in stops(found_wrong(rows))]
    if wrong:
        raise CannotMake(f"First mend what stops the file: {'; '.join(wrong)}.")


def _hold_fast(survey: ActivitySurvey, made: Made, moment: datetime, by: User | None) -> None:
    survey.made_at, survey.made_by, survey.content = moment, by, made.packed
    survey.sha256, survey.size, survey.people = made.fingerprint, len(made.content), len(made.rows)
    survey.looked_at = clock.now()
    survey.save()


def _moment_of_nobodys_writing(authority_id: int) -> datetime:
    """The moment after everybody who is writing in this authority has finished, the next ones kept waiting: what was
    written before it is in the rows, what is written after is dated after, so the file can be made again from history.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('neet.recorded'), %s)", [authority_id])
        cursor.execute("select neet_instant()")
        return cursor.fetchone()[0]
