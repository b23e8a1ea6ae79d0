"""Making files for many establishments, as a job does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from neet import clock
from neet.files.actions import CannotStore, remove
from neet.jobs.work import JobFailed, Work
from neet.ui.words import day
from returns.calendar.models import Collection
from returns.exchange.actions.parcels import Refused, put_out
from returns.exchange.feedback import FEEDBACK, given_today, made_for_schools
from returns.exchange.making import templates_of
from returns.exchange.models import Parcel
from returns.exchange.statements import ForOne, Told
from schools.models import Authority

NOTHING_TO_MAKE = "Everybody who was asked has answered, so no file was made."
NOBODY_TO_TELL = (
    "There is nobody to tell anything, or everybody was given today\u2019s file already. No file was made."
)
DONE_MEANWHILE = "Somebody else put them out a moment ago. Nothing was put out twice."


def make_files(work: Work) -> dict[str, int]:
    """Make the files of a collection and put them out together; where that fails, none of them stays."""
    collection = Collection.objects.select_related("authority").get(pk=work.payload["collection"])
    told = Told(
        kind=Parcel.Kind.TEMPLATE,
        title=f"To fill in: {collection.title}"[:120],
        about="The young people we have as yours stand in it already. Fill it in and send it under Returns.",
        ends_on=date.fromisoformat(work.payload["ends_on"]),
    )
    with _none_stays_of_a_failure(work, NOTHING_TO_MAKE) as made:
        made.extend(templates_of(collection, work.by, work.progress))
        with transaction.atomic():
            parcel = put_out(authority=collection.authority, told=told, files=made, by=work.by)
            work.still_mine()
    return {"files": len(made), "parcel": parcel.pk}


def tell_schools(work: Work) -> dict[str, int]:
    """Make what each school or college is told of those who left it, and put it out together; once a day for each."""
    authority, kind = Authority.objects.get(pk=work.payload["authority"]), work.payload["kind"]
    about = FEEDBACK[kind]
    told = Told(
        kind=kind,
        title=f"{about.title}, {day(clock.today())}",
        about=about.about,
        ends_on=date.fromisoformat(work.payload["ends_on"]),
    )
    with _none_stays_of_a_failure(work, NOBODY_TO_TELL) as made:
        made.extend(made_for_schools(authority, kind, work.by, work.progress))
        with transaction.atomic():
            Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)  # one after the other
            if given_today(authority, kind) & {each.establishment_id for each in made}:
                raise Refused(DONE_MEANWHILE)
            parcel = put_out(authority=authority, told=told, files=made, by=work.by)
            work.still_mine()
    return {"files": len(made), "parcel": parcel.pk}


@contextmanager
def _none_stays_of_a_failure(work: Work, nothing: str) -> Iterator[list[ForOne]]:
    """The files made so far; they go away again where something fails."""
    made: list[ForOne] = []
    try:
        yield made
    except BaseException as problem:
        for each in made:
            remove(file=each.file, by=work.by, why="not put out")
        if isinstance(problem, Refused | CannotStore):
            raise JobFailed(str(problem) if made else nothing) from None
        raise
