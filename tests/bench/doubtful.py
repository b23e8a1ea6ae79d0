"""A college's file of 15,000 rows, some three hundred of them in doubt: checked in one pass, every doubt decided by an
officer (half are whom we thought, half are somebody else), taken into the register and out of it again."""

import tempfile
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from neet.accounts.models import User
from neet.files.actions import store
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.deciding import decide, nobody
from returns.intake.actions.receiving import begin_with_file
from returns.intake.actions.taking_back import withdraw
from returns.intake.models import Candidate, Intake, IntakeRow
from returns.intake.refusals import Changed
from tests.bench._measuring import AS_ON, Figure, Spent, county, data_officer, report, spent
from tests.bench.kinds import SIXTH_FORM, World, made_ready, world
from tests.returns.intake._kinds import asked_for, content_of
from tracking.register.models import Residence, YoungPerson
from tracking.state.queries import digests

ROWS, DOUBTFUL, EVERY = 15_000, 300, 49  # some stand beside another mistake and wait for their sender
KNOWN_BY = ("family_name", "given_name", "gender", "upn", "uln")
Outcome = IntakeRow.Outcome


def rows(authority_id: int) -> list[dict[str, str]]:
    """Whom the register knows, as it knows them, but for restricted records. Every 49th stands on the register a
    second time from now on and has no number here, so that somebody has to look which of the two it is."""
    born_then = YoungPerson.objects.filter(
        authority_id=authority_id, date_of_birth__range=SIXTH_FORM, restricted_on=None
    )
    people = list(born_then.exclude(upn="").order_by("pk")[:ROWS])
    assert len(people) == ROWS, len(people)
    lived = Residence.objects.filter(person__in=born_then, ends_on=None).order_by("pk")
    homes = {home.person_id: home for home in lived}
    found = [_row(person, homes.get(person.pk)) for person in people]
    for row in found[::EVERY]:
        row |= {"upn": "", "uln": ""}
    _entered_again(people[::EVERY], homes)
    return found


def _entered_again(people: list[YoungPerson], homes: dict[int, Residence]) -> None:
    known = (
        "authority_id",
        "given_name",
        "family_name",
        "middle_name",
        "gender",
        "date_of_birth",
        "cohort_status",
    )
    again = YoungPerson.objects.bulk_create(
        YoungPerson(young_person_id=f"999{at:010d}", **{name: getattr(person, name) for name in known})
        for at, person in enumerate(people)
    )
    at_home = [
        (one, homes[person.pk]) for one, person in zip(again, people, strict=True) if person.pk in homes
    ]
    Residence.objects.bulk_create(
        Residence(person=one, line_1=home.line_1, town=home.town, postcode=home.postcode)
        for one, home in at_home
    )


def _row(person: YoungPerson, home: Residence | None) -> dict[str, str]:
    named = {name: str(getattr(person, name)) for name in KNOWN_BY}
    lives = {"line_1": home.line_1, "postcode": home.postcode} if home else {}
    return {**named, "date_of_birth": person.date_of_birth.isoformat(), **lives}


class Parts:
    """What each part took, in time and in statements."""

    def __init__(self) -> None:
        self.took: dict[str, Spent] = {}
        self.statements: dict[str, int] = {}

    def run(self, name: str, action: Callable[[], object]) -> None:
        with CaptureQueriesContext(connection) as seen:
            self.took[name] = spent(action)
        self.statements[name] = len(seen)

    def said(self) -> str:
        return ", ".join(
            f"{name} {took}, {self.statements[name]:,} statements" for name, took in self.took.items()
        )


def decided(intake: Intake, by: User) -> dict[str, int]:
    """Every row in doubt is decided by turns; how many are whom we thought and how many somebody else."""
    waiting = intake.rows.filter(outcome=Outcome.DOUBTFUL, decided_at=None).order_by("number")
    same = different = 0
    for at, row in enumerate(waiting.select_related("intake")):
        likeliest = row.candidates.select_related("row__intake").order_by("-sure", "pk").first()
        if at % 2 == 0 and likeliest is not None:
            decide(candidate=likeliest, verdict=Candidate.Verdict.SAME, by=by)
            same += 1
        else:
            nobody(row=row, by=by)
            different += 1
    return {"same": same, "different": different}


def looked_at_again(intake: Intake) -> None:
    """Whoever sends it sees first what became of the doubts."""
    try:
        confirm(intake=intake, by=None)
    except Changed as changed:
        print(f"  {changed}", flush=True)
    else:
        raise AssertionError("It was sent before anybody saw what was decided.")


def outcomes(intake: Intake) -> Counter[str]:
    counted = intake.rows.values_list("outcome").annotate(Count("pk")).order_by("outcome")
    return Counter(dict(counted))


def once(place: World, by: User) -> None:
    parts, said = Parts(), {}
    content = content_of("enrolment", rows(place.authority.pk), AS_ON)
    before, known = digests(), YoungPerson.objects.count()
    file = store(source=[content], name="enrolment.csv", purpose="return", by=None, authority_id=None)
    expected = asked_for("enrolment", place.authority, (place.college,), AS_ON)
    intake = begin_with_file(expected=expected, file=file, by=None)
    parts.run("check", lambda: check(intake=intake, by=None))
    intake.refresh_from_db()
    checked = outcomes(intake)
    print(f"  checked: {dict(checked)}", flush=True)
    parts.run("decide", lambda: said.update(decided(intake, by)))
    made_ready(intake)
    parts.run("compare again", lambda: looked_at_again(intake))
    parts.run("apply", lambda: confirm(intake=intake, by=None))
    after = outcomes(intake)
    print(f"  applied: {dict(after)}", flush=True)
    assert_adds_up(intake, checked, after, said)
    assert YoungPerson.objects.count() == known + after[Outcome.NEW_PERSON]
    parts.run("take back", lambda: withdraw(intake=intake, by=None))
    assert [table for table, digest in digests().items() if digest != before[table]] == []
    doubtful = f"{said['same']} were them and {said['different']} somebody else"
    what = f"a college's {ROWS:,} rows, {checked[Outcome.DOUBTFUL]} in doubt: {doubtful}"
    report(Figure(what, parts.said(), "no peer", None, 1))


def assert_adds_up(intake: Intake, checked: Counter[str], after: Counter[str], said: dict[str, int]) -> None:
    """No row is lost or counted twice, and every doubt came to what was said of it."""
    assert sum(checked.values()) == sum(after.values()) == intake.rows.count() == ROWS
    assert checked[Outcome.DOUBTFUL] == said["same"] + said["different"] >= DOUBTFUL
    assert not after[Outcome.DOUBTFUL]
    assert after[Outcome.NEW_PERSON] == checked[Outcome.NEW_PERSON] + said["different"], (checked, after)
    not_taken = sum(after[each] for each in (Outcome.STOPPED, Outcome.LEFT_OUT, Outcome.OVERRULED))
    assert intake.rows.exclude(applied_event=None).count() == ROWS - not_taken


def main() -> None:
    county()
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        with transaction.atomic():  # the county stays as it was: others are measured by it
            once(world(), data_officer())
            transaction.set_rollback(True)


if __name__ == "__main__":
    main()
