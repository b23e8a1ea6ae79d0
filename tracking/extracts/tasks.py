"""Making a list beside the pages."""

from neet import clock
from neet.files.actions import CannotStore
from neet.jobs.work import JobFailed, Work
from tracking.extracts.actions import CannotTake, make, note_failed
from tracking.extracts.models import Extract
from tracking.register.forms.filters import RegisterFilter


def make_list(work: Work) -> dict[str, int]:
    """The list as a file, as far as whoever asked sees and reads at this moment."""
    extract = Extract.objects.get(pk=work.payload["extract"])
    if work.by is None:
        raise JobFailed("Whoever asked for this list has left.")
    if extract.state != Extract.State.AGREED:
        return {"people": extract.people}
    form = RegisterFilter(extract.filters, user=work.by, on=clock.today())
    try:
        made = make(extract=extract, wanted=form.wanted(), by=work.by, still_mine=work.still_mine)
    except (CannotTake, CannotStore) as refused:
        note_failed(extract=extract, by=work.by, why=str(refused)[:200])
        raise JobFailed(str(refused)) from None
    return {"people": made.people}
