"""A return begins: as a file or on the page. A newer version sets an older one aside that was never sent."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Max

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.models import StoredFile
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.locking import locked
from returns.intake.checking import compare_again
from returns.intake.kinds import Kind
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, IntakeRow, KnownColumns
from returns.intake.reading import shape_of, what_is_missing
from returns.intake.refusals import ColumnsMissing, NotNow
from tracking.models import YoungPerson

State = Intake.State
NOTHING_NEW = (*Intake.OPEN, *Intake.APPLIED, State.REFUSED)
TO_BE_READ = (State.UPLOADED,)


def begin_with_file(
    *, expected: ExpectedReturn, file: StoredFile, by: User | None, channel: str = Intake.Channel.FILE
) -> Intake:
    """A stored file becomes the next version of an expected return (R1). The same file again, with nothing else since,
    is the return it was already: its `file` is then the earlier one. A version that could be sent is set aside only
    once this one could be read (`set_older_aside`). Raises NotNow."""
    authority_id = expected.collection.authority_id
    with recorded(Kind.RECEIVED, by=by, authority_id=authority_id, counts={"bytes": file.size}) as event:
        expected = _held(expected)
        versions = expected.intakes.order_by("-version")
        for before in (versions.first(), versions.exclude(state=State.REFUSED).first()):
            if before and before.sha256 == file.sha256 and before.state in NOTHING_NEW:
                event.counts["intake"] = before.pk
                return before
        made = _next_version(expected, by, channel=channel, file=file, sha256=file.sha256)
        _set_all_aside(made, by, TO_BE_READ)
        made.state = State.UPLOADED
        made.save()
        event.counts["intake"] = made.pk
    return made


def begin_on_page(*, expected: ExpectedReturn, by: User) -> Intake:
    """A return on the page: everybody who is expected waits for an answer, and nobody is taken to be still there until
    somebody says so. What is begun already is gone on with. Raises NotNow."""
    with recorded(Kind.BEGUN, by=by, authority_id=expected.collection.authority_id) as event:
        expected = _held(expected)
        if not LAYOUTS[expected.collection.type].is_roll:
            raise NotNow("This return comes as a file.")
        before = expected.intakes.exclude(state=State.REFUSED).order_by("-version").first()
        if before and before.is_open and before.channel == Intake.Channel.PAGE:
            return before
        made = _next_version(expected, by, channel=Intake.Channel.PAGE)
        _set_all_aside(made, by, Intake.OPEN)
        made.save()
        compare_again(made)
        made.save()
        event.subjects = list(made.missing.values_list("person_id", flat=True))
        event.counts = {"intake": made.pk, "people": len(event.subjects)}
    return made


def begin_with_row(
    *, expected: ExpectedReturn, person: YoungPerson, values: Mapping[str, str], as_at: date, by: User
) -> Intake:
    """A return of one row about somebody chosen from the register, as things stood on a day; to be checked next.
    Raises NotNow."""
    with recorded(Kind.BEGUN, by=by, authority_id=expected.collection.authority_id) as event:
        made = _next_version(_held(expected), by, channel=Intake.Channel.PAGE)
        made.as_at = as_at
        made.save()
        IntakeRow.objects.create(
            intake=made,
            number=1,
            fixed=dict(values),
            person=person,
            found=IntakeRow.Found.CHOSEN,
            decided_by=by,
            decided_at=clock.now(),
        )
        event.subjects, event.counts = [person.pk], {"intake": made.pk, "people": 1}
    return made


def set_columns(*, intake: Intake, mapping: Mapping[str, str], by: User) -> Intake:
    """Say which heading holds which column (heading by column name), and remember it for files of this shape (R5).

    The file is then read anew by `check`. What was fixed by hand stays. Raises ColumnsMissing, NotNow.
    """
    with recorded(Kind.COLUMNS_SET, by=by, authority_id=intake.authority_id, counts={"intake": intake.pk}):
        intake = locked(intake, *Intake.OPEN, State.REFUSED)
        if intake.file_id is None:
            raise NotNow("This return did not come as a file.")
        chosen = {column: heading for column, heading in mapping.items() if heading}
        if problems := what_is_missing(LAYOUTS[intake.type], chosen, intake.headings):
            raise ColumnsMissing(problems)
        intake.columns, intake.columns_confirmed, intake.state = chosen, True, State.UPLOADED
        intake.save(update_fields=["columns", "columns_confirmed", "state"])
        if intake.establishment:
            KnownColumns.objects.update_or_create(
                establishment=intake.establishment,
                type=intake.type,
                shape=shape_of(intake.headings),
                defaults={"columns": chosen, "confirmed_by": by, "confirmed_at": clock.now()},
            )
    return intake


def set_older_aside(*, intake: Intake, by: User | None) -> None:
    """A version that could be read takes the place of those before it that were not sent; an unreadable one of none."""
    _set_all_aside(intake, by, Intake.OPEN)


def discard(*, intake: Intake, by: User) -> None:
    """Set a return aside that was not sent. Raises NotNow."""
    with recorded(Kind.DISCARDED, by=by, authority_id=intake.authority_id, counts={"intake": intake.pk}):
        _set_aside(locked(intake, *Intake.OPEN, State.REFUSED), by, why="")


def _held(expected: ExpectedReturn) -> ExpectedReturn:
    """The expected return, held: versions are given out one by one. Raises NotNow where it is closed."""
    now = (
        ExpectedReturn.objects.select_for_update(of=("self",), no_key=True)
        .select_related("collection__authority", "establishment")
        .get(pk=expected.pk)
    )
    closed_on = now.collection.closed_on
    if closed_on and closed_on < clock.today():
        raise NotNow("The council takes no more answers to this return. Ask the council to open it again.")
    return now


def _next_version(expected: ExpectedReturn, by: User | None, **fields: object) -> Intake:
    last = expected.intakes.aggregate(version=Max("version", default=0))["version"]
    return Intake(
        authority=expected.collection.authority,
        establishment=expected.establishment,
        sender=expected.sender,
        expected=expected,
        type=expected.collection.type,
        as_at=expected.collection.as_at,
        version=last + 1,
        begun_by=by,
        **fields,
    )


def _set_all_aside(newer: Intake, by: User | None, states: Collection[str]) -> None:
    """Set those before it aside that stand in one of these states."""
    older = newer.expected.intakes.filter(version__lt=newer.version, state__in=states)
    for each in older.select_for_update(of=("self",), no_key=True):
        _set_aside(each, by, why=f"Replaced by version {newer.version}")


def _set_aside(intake: Intake, by: User | None, *, why: str) -> None:
    intake.state, intake.decided_why = State.WITHDRAWN, why
    intake.withdrawn_at, intake.withdrawn_by = clock.now(), by
    intake.save(update_fields=["state", "decided_why", "withdrawn_at", "withdrawn_by"])
