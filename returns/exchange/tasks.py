"""Making files for many establishments, as a job does it."""

from datetime import date

from django.db import transaction

from neet.files.actions import CannotStore, remove
from neet.jobs.work import JobFailed, Work
from returns.calendar.models import Collection
from returns.exchange.actions.parcels import Refused, put_out
from returns.exchange.making import templates_of
from returns.exchange.models import Parcel
from returns.exchange.statements import ForOne, Told

NOTHING_TO_MAKE = "Everybody who was asked has answered, so no file was made."


def make_files(work: Work) -> dict[str, int]:
    """Make the files of a collection and put them out together; where that fails, none of them stays."""
    collection = Collection.objects.select_related("authority").get(pk=work.payload["collection"])
    made: list[ForOne] = []
    try:
        made.extend(templates_of(collection, work.by, work.progress))
        return _put_out(work, collection, made)
    except BaseException as problem:
        for each in made:
            remove(file=each.file, by=work.by, why="not put out")
        if isinstance(problem, Refused | CannotStore):
            raise JobFailed(str(problem) if made else NOTHING_TO_MAKE) from None
        raise


def _put_out(work: Work, collection: Collection, made: list[ForOne]) -> dict[str, int]:
    told = Told(
        kind=Parcel.Kind.TEMPLATE,
        title=f"To fill in: {collection.title}"[:120],
        about="The young people we have as yours stand in it already. Fill it in and send it under Returns.",
        ends_on=date.fromisoformat(work.payload["ends_on"]),
    )
    with transaction.atomic():
        parcel = put_out(authority=collection.authority, told=told, files=made, by=work.by)
        work.still_mine()
    return {"files": len(made), "parcel": parcel.pk}
