"""What the members of a survey did on its day: as known now, or as it stood when the file was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from returns.activity_survey import sql
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.asking import Whose, rows, wanted, whose_of
from returns.activity_survey.rules.rows import Row
from returns.intake.models import Intake
from schools.models import District, Establishment


def read(survey: ActivitySurvey, whom: Whose) -> tuple[str, dict[str, Any]]:
    """The statement of what each member did, and what it asks. Of a survey whose file is made: as it was read then."""
    if survey.made_at is not None:
        return sql.text("kept"), {"survey": survey.pk}
    return sql.text("read"), whom.what(survey.pk)


def file_rows(survey: ActivitySurvey, whom: Whose) -> list[Row]:
    """The rows of the file as the register says now, in the order of the young people's numbers. One statement."""
    statement = sql.text("file").replace("{read}", sql.text("read"))
    return [Row(*each) for each in rows(statement, whom.what(survey.pk))]


@dataclass(frozen=True)
class Progress:
    """How far a survey is, as a whole or for one school or district. None: those without one."""

    place: Establishment | District | None
    members: int = 0
    known: int = 0
    to_confirm: int = 0
    not_known: int = 0

    @property
    def share(self) -> float | None:
        """Known, in percent of the members."""
        return 100 * self.known / self.members if self.members else None

    @property
    def to_find_out(self) -> int:
        return self.to_confirm + self.not_known


@dataclass(frozen=True)
class HowFar:
    """The progress of a survey, and of its schools and districts."""

    whole: Progress
    by_school: Sequence[Progress]
    by_district: Sequence[Progress]


WHOLE, OF_DISTRICT, OF_SCHOOL = (
    3,
    2,
    1,
)  # grouping(school, district): a bit for each that the row is not about


def how_far(survey: ActivitySurvey) -> HowFar:
    """How far it is: whoever has most to find out first. Three statements."""
    read_it, asked = read(survey, whose_of(survey))
    found = rows(sql.text("progress").replace("{read}", read_it), asked)
    schools = Establishment.objects.in_bulk({row[1] for row in found if row[1]})
    districts = District.objects.in_bulk({row[2] for row in found if row[2]})
    whole = next((Progress(None, *row[3:]) for row in found if row[0] == WHOLE), Progress(None))
    by_school = [Progress(schools.get(row[1]), *row[3:]) for row in found if row[0] == OF_SCHOOL]
    by_district = [Progress(districts.get(row[2]), *row[3:]) for row in found if row[0] == OF_DISTRICT]
    return HowFar(whole, _hardest_first(by_school), _hardest_first(by_district))


def _hardest_first(found: list[Progress]) -> list[Progress]:
    return sorted(
        found, key=lambda each: (-each.to_find_out, str(each.place or ""), each.place.pk if each.place else 0)
    )


@dataclass(frozen=True)
class LeftOut:
    """Who is of the age and not in the survey: taught in another council's area though they lived here, and those of
    whom nothing says where they were. `beside`: pupils whom schools here named and who are not on our register."""

    elsewhere: int = 0
    nowhere: int = 0
    beside: Mapping[int, int] = field(default_factory=dict)


def left_out(whom: Whose) -> LeftOut:
    """Counts of those who are not in it. Two statements."""
    if whom.is_local:
        return LeftOut()
    statement = f"select left_out, count(*) from ({sql.text('candidates')}) c where left_out <> '' group by 1"
    counts = dict(rows(statement, whom.who))
    beside = dict(rows(sql.text("beside"), {**whom.who, "applied": list(Intake.APPLIED)}))
    return LeftOut(counts.get("elsewhere", 0), counts.get("nowhere", 0), beside)


def would_be_listed(whom: Whose) -> int:
    """How many the list would hold if it were made now."""
    statement, asked, _ = wanted(whom)
    found = f"with found as ({sql.text('candidates')}) select count(*) from ({statement}) w where basis <> ''"
    return rows(found, asked)[0][0]
