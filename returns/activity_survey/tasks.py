"""Each school's report made and put out for it, as a job does it."""

from datetime import date

from django.db import transaction

from neet.files.actions import CannotStore, remove
from neet.jobs.work import JobFailed, Work
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.report import book_of
from returns.activity_survey.reports import name_of, paper_of
from returns.exchange.actions.parcels import Refused, put_out
from returns.exchange.making import kept
from returns.exchange.models import Parcel
from returns.exchange.statements import ForOne, Told
from returns.intake.papers import Paper

NOTHING_TO_TELL = "No school has enough young people in this survey to be told of them. No report was made."
ABOUT = "Where those who left Year 11 were on 1 November, beside the whole county. It names nobody."


def put_reports_out(work: Work) -> dict[str, int]:
    """Make every school's report and put them out together; where that fails, none of them stays."""
    survey = ActivitySurvey.objects.select_related("authority").get(pk=work.payload["survey"])
    if survey.signed_off_at is None:
        raise JobFailed("The survey is not signed off, so schools are told nothing of it yet.")
    made: list[ForOne] = []
    try:
        book = book_of(survey)
        for done, school in enumerate(book.schools, start=1):
            report = book.of(school)
            paper = Paper(name_of(report), paper_of(report), ())
            made.append(kept(paper, school.pk, survey.authority_id, work.by))
            work.progress(done, len(book.schools))
        with transaction.atomic():
            parcel = put_out(authority=survey.authority, told=_told(survey, work), files=made, by=work.by)
            work.still_mine()
    except BaseException as problem:
        for each in made:
            remove(file=each.file, by=work.by, why="not put out")
        if isinstance(problem, Refused | CannotStore):
            raise JobFailed(str(problem) if made else NOTHING_TO_TELL) from None
        raise
    return {"files": len(made), "parcel": parcel.pk}


def _told(survey: ActivitySurvey, work: Work) -> Told:
    return Told(
        kind=Parcel.Kind.SURVEY,
        title=f"Activity Survey {survey.year}: where your Year 11 went",
        about=ABOUT,
        ends_on=date.fromisoformat(work.payload["ends_on"]),
    )
