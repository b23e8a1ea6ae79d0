"""Three councils over a year of moves: whoever is counted is counted by exactly one of them, and who leaves a council
stands in exactly one of its files as transferred (wishes 4.9)."""

import gzip
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from neet.accounts.models import User
from neet.clock import LONDON
from returns.nccis.actions import Month as FileMonth
from returns.nccis.actions import build_file, mark_sent, sign_off
from returns.nccis.reading import Reading
from schools.models import Authority
from tests.factories import make_authority, make_person, make_user, seed_reference
from tests.returns.nccis.living import turn_clock
from tracking.figures.actions import Month, freeze
from tracking.figures.models import MonthRecord
from tracking.moves.actions.answering import accept, say
from tracking.moves.actions.proposing import ask_for, hand_over_asked, propose
from tracking.moves.actions.taking_back import take_back
from tracking.moves.models import Move
from tracking.moves.statements import Moving, Named
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.months import ReportingMonth
from tracking.rules.moves import OPEN, Deed, State

pytestmark = pytest.mark.django_db
CODES = ("886", "825", "330")
# Of a council's record month by month: theirs (P), transferred once (T), then nothing. Whoever is back before the month
# is counted has not left it; was it undone or did they go again, the next file says so.
ONCE_AFTER_THEIRS = re.compile(r"-*(?:P*T-*|P+-+(?=[PT]))*P*")


@dataclass
class Country:
    """Three councils, their officers, and everybody by the records they have had."""

    dice: Random
    turn: pytest.MonkeyPatch
    councils: list[Authority] = field(default_factory=list)
    officers: dict[int, User] = field(default_factory=dict)
    records: dict[int, int] = field(default_factory=dict)  # young person's key to whom they are
    letters: dict[str, dict[date, str]] = field(default_factory=lambda: defaultdict(dict))
    done: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    latest: datetime = datetime(2000, 1, 1, tzinfo=LONDON)

    def begin(self, people: int) -> None:
        for code in CODES:
            council = make_authority(code=code, name=f"Council {code}")
            self.councils.append(council)
            self.officers[council.pk] = make_user("mi_officer", council)
        for number in range(people):
            person = make_person(
                self.dice.choice(self.councils), date_of_birth=date(2009, 1, 1 + number % 28)
            )
            self.records[person.pk] = number

    def at(self, day: date, hour: int) -> None:
        self.latest = max(datetime.combine(day, time(hour), LONDON), self.latest + timedelta(seconds=1))
        turn_clock(self.turn, self.latest)

    def act(self, day: date) -> None:
        """One thing an officer of some council does about a move; what is not to be is refused and changes nothing."""
        act = self.dice.choices(
            (self.propose, self.ask, self.accept, self.talk, self.back), (30, 6, 40, 14, 10)
        )[0]
        for user in self.officers.values():
            user.kept_scope = None
        try:
            act(day)
        except (NotRight, NotPermitted):
            self.done["refused"] += 1
        else:
            self.done[act.__name__] += 1

    def propose(self, day: date) -> None:
        """Also of records that were let go, and to any council: both are refused."""
        person = YoungPerson.objects.get(pk=self.dice.choice(list(self.records)))
        by = self.officers[person.authority_id]
        propose(person=person, moving=self.moving(self.dice.choice(self.councils).code, day), by=by)

    def ask(self, day: date) -> None:
        person = YoungPerson.objects.get(pk=self.dice.choice(list(self.records)))
        to = self.dice.choice([each for each in self.councils if each.pk != person.authority_id])
        named = Named(person.young_person_id, person.date_of_birth)
        moving = self.moving(person.authority.code, day)
        move = ask_for(authority=to, moving=moving, named=named, by=self.officers[to.pk])
        if move.state == State.ASKED and self.dice.random() < 0.7:
            hand_over_asked(move=move, by=self.officers[person.authority_id])

    def moving(self, code: str, day: date) -> Moving:
        return Moving(code, day - timedelta(days=self.dice.randint(0, 45)), "family")

    def accept(self, day: date) -> None:
        """By either side, as a new record or as one they had there before; a second press of the button too."""
        move = self.one_of(OPEN)
        there = [pk for pk, who in self.records.items() if who == self.records[move.person_id]]
        held = YoungPerson.objects.filter(pk__in=there, authority=move.to_authority).first()
        by = self.officers[move.to_authority_id if self.dice.random() < 0.9 else move.from_authority_id]
        for _ in range(self.dice.randint(1, 2)):
            done = accept(move=move, existing=held, by=by)
        self.records[done.new_person_id] = self.records[done.person_id]

    def talk(self, day: date) -> None:
        move = self.one_of(OPEN)
        deed = self.dice.choice([Deed.QUERY, Deed.ANSWER, Deed.WITHDRAW, Deed.REFUSE])
        by = self.officers[self.dice.choice([move.from_authority_id, move.to_authority_id])]
        say(move=move, deed=deed, words="Because", by=by)

    def back(self, day: date) -> None:
        move = self.one_of([State.ACCEPTED])
        gone = move.new_person_id
        take_back(move=move, words="A mistake", by=self.officers[move.from_authority_id])
        if not YoungPerson.objects.filter(pk=gone).exists():
            del self.records[gone]

    def one_of(self, states) -> Move:
        """A move whose person is still known; none is a refusal."""
        found = list(Move.objects.filter(state__in=states, person__isnull=False).order_by("pk"))
        if not found:
            raise NotRight({"": "there is none"})
        return self.dice.choice(found)

    def count(self, council: Authority, month: ReportingMonth) -> None:
        """The council freezes its month, makes its file and sends it."""
        by = self.officers[council.pk]
        freeze(month=Month(council.pk, month.ends_on), by=by)
        built = build_file(month=FileMonth(council, month.ends_on), by=by)
        sign_off(submission=built, by=by, why="There is nobody else")
        sent = mark_sent(submission=built, by=by)
        for record in Reading(io.BytesIO(gzip.decompress(sent.content))):
            assert month.ends_on not in self.letters[record.young_persons_id]
            self.letters[record.young_persons_id][month.ends_on] = record.cohort_status


# People, moves' acts a month, months, dice.
LIVES = [
    pytest.param(9, 14, 3, 1, id="three months of nine"),
    *(
        pytest.param(60, 80, 12, dice, id=f"a year of sixty {dice}", marks=pytest.mark.assure)
        for dice in range(2, 6)
    ),
]


@pytest.mark.parametrize(("people", "acts", "months", "dice"), LIVES)
def test_everybody_is_counted_exactly_once(
    monkeypatch: pytest.MonkeyPatch, clock_goes_on: None, people: int, acts: int, months: int, dice: int
) -> None:
    country = Country(Random(dice), monkeypatch)
    turn_clock(monkeypatch, datetime(2025, 9, 1, 8, tzinfo=LONDON))
    seed_reference()
    country.begin(people)
    month = ReportingMonth(date(2025, 9, 30))
    to_count: dict[tuple[int, date], date] = {}
    while months:
        for day in days_of(month):
            for (pk, end), due in sorted(to_count.items()):
                if due == day:
                    country.at(day, 9)
                    council = next(each for each in country.councils if each.pk == pk)
                    country.count(council, ReportingMonth(end))
                    del to_count[pk, end]
            for _ in range(sum(country.dice.random() < acts / 30 for _ in range(3)) if acts > 30 else 1):
                country.at(day, 11)
                country.act(day)
        for council in country.councils:
            to_count[council.pk, month.ends_on] = month.after.starts_on + timedelta(
                country.dice.randint(0, 8)
            )
        month, months = month.after, months - 1
    for (pk, end), _ in sorted(to_count.items()):
        country.at(month.starts_on + timedelta(10), 9)
        country.count(next(each for each in country.councils if each.pk == pk), ReportingMonth(end))

    assert {"propose", "accept", "refused"} <= set(country.done)
    counted_once(country)
    transferred_once(country)


def days_of(month: ReportingMonth) -> list[date]:
    return [month.starts_on + timedelta(days=number) for number in range(month.ends_on.day)]


def counted_once(country: Country) -> None:
    """In the figures' rows and in the files, in every month."""
    everybody = set(country.records.values())
    number_of = dict(YoungPerson.objects.values_list("young_person_id", "pk"))
    for end in sorted({end for each in country.letters.values() for end in each}):
        measured = MonthRecord.objects.filter(month=end, reason__in=["year_11", "tracked_age", "with_plan"])
        in_figures = [country.records[pk] for pk in measured.values_list("person", flat=True)]
        in_files = [
            country.records[number_of[number]]
            for number, months in country.letters.items()
            if months.get(end) == "P"
        ]
        assert sorted(in_figures) == sorted(everybody), end
        assert sorted(in_files) == sorted(everybody), end


def transferred_once(country: Country) -> None:
    ends = sorted({end for each in country.letters.values() for end in each})
    for number, months in country.letters.items():
        course = "".join(months.get(end, "-") for end in ends)
        assert ONCE_AFTER_THEIRS.fullmatch(course), (number, course)
    left = Move.objects.filter(state=State.ACCEPTED, settled_on__lte=ends[-1])
    gone = left.filter(person__cohort_status="T").values_list("person__young_person_id", flat=True)
    for number in set(gone):
        assert "T" in country.letters[number].values()
