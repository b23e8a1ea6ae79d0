"""A file that came for one return and is another: it goes on where it belongs (R2)."""

from dataclasses import dataclass

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.models import StoredFile
from returns.calendar.actions.planning import Sent, ad_hoc
from returns.intake.actions.locking import locked
from returns.intake.actions.receiving import begin_with_file, discard
from returns.intake.kinds import Kind
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.refusals import NotNow
from returns.intake.rules.recognising import layouts_from


def route(*, intake: Intake, to: str, by: User) -> Intake:
    """The file becomes a version of the return of that type which is asked of the same establishment (or one made for
    it alone), and is set aside where it came. Raises NotNow."""
    with recorded(
        Kind.ROUTED, by=by, authority_id=intake.authority_id, counts={"intake": intake.pk}
    ) as event:
        held = locked(intake, *Intake.OPEN, Intake.State.REFUSED)
        if held.file is None or held.establishment is None:
            raise NotNow("This return did not come as a file of a school or college.")
        if to not in {each.type for each in layouts_from(held.kind_of_place)}:
            raise NotNow(f"{held.establishment} does not send that return.")
        sent = Sent(held.authority, held.establishment, to, clock.today())
        expected = ad_hoc(sent=sent, title=LAYOUTS[to].title, by=by)
        made = begin_with_file(expected=expected, file=held.file, by=by, channel=held.channel)
        Intake.objects.filter(pk=made.pk, seems_why="").update(seems_why=held.seems_why)
        discard(intake=held, by=by)
        event.counts["to"] = made.pk
    made.refresh_from_db()
    return made


@dataclass(frozen=True)
class Came:
    """How the council got a file: the road, and what it was labelled there; either may be unknown."""

    by: str = ""
    label: str = ""


UNKNOWN = Came()


def bring(*, sent: Sent, file: StoredFile, why: str, by: User, came: Came = UNKNOWN) -> Intake:
    """A file that came by another road becomes a version of the return it is, brought in by the council; how it came
    and `why` it was taken for that return stay with it (R1, R2). Raises NotNow."""
    with recorded(Kind.BROUGHT, by=by, authority_id=sent.authority.pk) as event:
        expected = ad_hoc(sent=sent, title=LAYOUTS[sent.type].title, by=by)
        made = begin_with_file(expected=expected, file=file, by=by, channel=Intake.Channel.OFFICER)
        if made.file_id == file.pk:
            made.seems_why = why or made.seems_why
            made.came_by, made.came_as = came.by, came.label
            made.save(update_fields=["seems_why", "came_by", "came_as"])
        event.counts = {"intake": made.pk}
    return made
