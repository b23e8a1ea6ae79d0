"""The yearly letters as a file, made beside the page that asked for them."""

from neet.files.actions import CannotStore
from neet.jobs.work import JobFailed, Work
from returns.board.letters import set_letters
from schools.models import Authority

NOBODY = "Nothing is asked of anybody in that year, so there is no letter."


def set_yearly_letters(work: Work) -> dict[str, int]:
    """All letters of a year as one file."""
    authority = Authority.objects.get(pk=work.authority_id or 0)
    try:
        file, letters = set_letters(
            authority=authority,
            year=work.payload["year"],
            by=work.by,
            tell=work.progress,
            still_mine=work.still_mine,
        )
    except CannotStore as refused:
        raise JobFailed(str(refused)) from None
    if file is None:
        raise JobFailed(NOBODY)
    return {"file": file.pk, "letters": letters}
