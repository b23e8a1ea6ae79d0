"""Setting a batch of letters as one file, away from the page that asked for it."""

from caseload.letters.actions.making import set_as_file
from caseload.letters.models import LetterBatch
from neet.files.actions import CannotStore
from neet.jobs.work import JobFailed, Work
from tracking.register.refusals import NotRight


def set_letters(work: Work) -> dict[str, int]:
    """The letters of one batch as a file for the printer."""
    batch = LetterBatch.objects.select_related("authority").get(pk=work.payload["batch"])
    try:
        done = set_as_file(batch=batch, by=work.by, tell=work.progress, still_mine=work.still_mine)
    except (NotRight, CannotStore) as refused:
        raise JobFailed(str(refused)) from None
    return {"pages": done.pages}
