"""A council's work lived month by month: what happens to its young people, what is heard late, what is put right."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from neet.accounts.models import User
from neet.clock import LONDON
from returns.nccis.actions import Month, build_file, mark_sent, sign_off
from returns.nccis.models import Submission
from schools.models import Authority
from tests.clocks import database_goes_by_ours
from tracking.figures.actions import Month as FiguresMonth
from tracking.figures.actions import freeze
from tracking.models import Activity, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.actions.activities import correct_activity, end_activity, record_activity
from tracking.register.actions.cohort import set_cohort_status
from tracking.register.actions.confirmations import confirm_activities, confirm_activity, void_confirmation
from tracking.register.actions.nightly import sweep
from tracking.register.refusals import Conflict, NotRight
from tracking.register.rules.activities import Told
from tracking.register.statements import Ending, Standing
from tracking.rules.months import ReportingMonth
from tracking.rules.ruleset import RuleSet


@dataclass
class Council:
    """One authority, an officer of it, and the dice."""

    authority: Authority
    officer: User
    dice: Random
    turn: pytest.MonkeyPatch
    done: Counter[str] = field(default_factory=Counter)
    everybody: list[int] = field(default_factory=list)
    latest: datetime = datetime(2000, 1, 1, tzinfo=LONDON)

    def at(self, day: date, hour: int = 10) -> None:
        """It is that day, here and in the database, and never earlier than it was."""
        moment = max(datetime.combine(day, time(hour), LONDON), self.latest + timedelta(minutes=1))
        self.latest = moment
        turn_clock(self.turn, moment)

    def live(self, month: ReportingMonth, acts: int) -> None:
        """A month of work: each act on a day of the month, of somebody, as an officer does it."""
        visible = YoungPerson.objects.visible_to(self.officer)
        self.everybody = list(visible.order_by("pk").values_list("pk", flat=True))
        days = sorted(self.dice.randint(1, month.ends_on.day) for _ in range(acts))
        for number in days:
            day = month.starts_on.replace(day=number)
            self.at(day)
            act = self.dice.choices((confirm, begin, hear_late, put_right, leave, take_back, depart),
                                    (30, 25, 15, 10, 10, 6, 2))[0]  # fmt: skip
            try:
                self.done[act.__name__] += bool(act(self, day))
            except (NotRight, Conflict):
                self.done["refused"] += 1
        self.at(month.ends_on, 22)
        sweep(day=month.ends_on)

    def confirm_many(self, on: date) -> None:
        """A provider says that everybody is still there."""
        running = Activity.objects.filter(is_primary=True, ends_on__isnull=True, establishment__isnull=False)
        ids = list(running.values_list("pk", flat=True))
        self.at(on)
        confirm_activities(activity_ids=ids, on=on, source="provider", by=self.officer)

    def send(self, month: ReportingMonth) -> Submission:
        """On the ninth of the next month: freeze, build, sign off alone with a reason, send."""
        self.at(month.after.starts_on.replace(day=9), 15)
        freeze(month=FiguresMonth(self.authority.pk, month.ends_on), by=self.officer)
        built = build_file(month=Month(self.authority, month.ends_on), by=self.officer)
        sign_off(submission=built, by=self.officer, why="There is nobody else")
        return mark_sent(submission=built, by=self.officer)

    def somebody(self) -> YoungPerson:
        """Anybody on the register whose record was open to the officer when the month began."""
        return YoungPerson.objects.get(pk=self.dice.choice(self.everybody))


def turn_clock(turn: pytest.MonkeyPatch, moment: datetime) -> None:
    """It is that moment, here and in the database."""
    turn.setenv("DJANGO_NOW", moment.isoformat())
    database_goes_by_ours()


def plain_codes(rules: RuleSet) -> list[str]:
    """Activities that ask for nothing beside themselves."""
    asking = {each.activity_code for each in rules.requirements}
    return sorted(code for code in rules.activities if code not in asking)


def confirm(council: Council, day: date) -> bool:
    """Somebody says it goes on, as of some days ago."""
    now = _present(council.somebody(), day)
    if now is None:
        return False
    on = max(now.starts_on, day - timedelta(days=council.dice.randint(0, 20)))
    confirm_activity(activity=now, on=on, source="young_person", by=council.officer)
    return True


def begin(council: Council, day: date, back: int = 10) -> bool:
    """They do something else since a few days."""
    told = Told(
        code=council.dice.choice(plain_codes(ruleset(day))),
        starts_on=day - timedelta(days=council.dice.randint(0, back)),
        told_on=day,
        source="young_person",
    )
    record_activity(person=council.somebody(), told=told, by=council.officer)
    return True


def hear_late(council: Council, day: date) -> bool:
    """They have done something else for months, and it is heard now."""
    return begin(council, day, back=150)


def put_right(council: Council, day: date) -> bool:
    """It began on another day than was written down."""
    now = _present(council.somebody(), day)
    if now is None:
        return False
    start = now.starts_on + timedelta(days=council.dice.randint(-40, 5))
    told = Told(now.code, start, day, now.source, now.ends_on, now.predicted_end_on, now.review_on)
    correct_activity(
        activity=now, told=told, version=now.version, why="Heard from the college", by=council.officer
    )
    return True


def leave(council: Council, day: date) -> bool:
    """It ended, and nobody knows what follows."""
    now = _present(council.somebody(), day)
    if now is None or now.ends_on:
        return False
    on = max(now.starts_on, day - timedelta(days=council.dice.randint(0, 60)))
    end_activity(activity=now, ending=Ending(on, "left"), version=now.version, by=council.officer)
    return True


def take_back(council: Council, day: date) -> bool:
    """A confirmation was a mistake."""
    now = _present(council.somebody(), day)
    found = now.confirmations.filter(voids=None, voided_by=None).first() if now else None
    if found is None:
        return False
    void_confirmation(confirmation=found, why="It was about somebody else", by=council.officer)
    return True


def depart(council: Council, day: date) -> bool:
    """They moved to another council: in one file as leavers, then never again."""
    person = council.somebody()
    if person.cohort_status != "P":
        return False
    there = "887" if council.authority.code != "887" else "826"
    set_cohort_status(
        person=person, standing=Standing("T", day, there), version=person.version, by=council.officer
    )
    return True


def _present(person: YoungPerson, day: date) -> Activity | None:
    now = person.activities.filter(is_primary=True, starts_on__lte=day).order_by("-starts_on").first()
    return now if now and (now.ends_on is None or now.ends_on >= day) else None
