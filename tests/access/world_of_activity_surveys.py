"""An Activity Survey of a council of the world: signed off, with enough young people of one school to be told of."""

import gzip
import hashlib
from typing import Any

from neet import clock
from neet.accounts.models import User
from returns.activity_survey.models import ActivitySurvey
from schools.models import Establishment
from tests.access.world_of_work import Record

ENOUGH = 5


def build_activity_survey(record: Record, school: Establishment, by: User) -> dict[str, Any]:
    """Last autumn's, by what an address may name."""
    content = b"YoungPersonsID\r\n"
    survey = ActivitySurvey.objects.create(
        authority=record.person.authority, year=clock.today().year - 1, made_at=clock.now(), made_by=by,
        content=gzip.compress(content), sha256=hashlib.sha256(content).hexdigest(), size=len(content),
        signed_off_at=clock.now(), signed_off_by=by,
    )  # fmt: skip
    survey.members.create(
        person=record.person, year_group=11, basis="school", establishment=school, group="sixth_form"
    )
    for _ in range(ENOUGH):
        survey.members.create(year_group=11, basis="school", establishment=school, group="sixth_form")
    return {"activity_survey": survey.pk}
