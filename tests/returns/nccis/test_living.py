"""Months lived one after the other: what was sent passes the checks, adds up, is counted the same by others, and comes
out again exactly after everything that was heard later."""

import gzip
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

import pytest
from django.db import connection

from caseload.reports.catalogue import ONWARD, content
from caseload.reports.queries.onward import NOW, STATUS_WORDS
from caseload.reports.queries.places import all_of
from neet.clock import LONDON
from returns.nccis.actions import Month, build_file
from returns.nccis.checking import FileCheck
from returns.nccis.models import Submission
from returns.nccis.reading import Reading
from returns.nccis.record import Record, as_day
from schools.models import Authority
from tests.factories import make_user
from tests.returns.nccis import recount
from tests.returns.nccis.living import Council, turn_clock
from tracking.figures.models import Freeze
from tracking.figures.queries.scorecard import scorecard
from tracking.figures.queries.tallies import Chosen
from tracking.reference.queries import ruleset
from tracking.replays.actions import PastDay, replay
from tracking.rules.academic_year import academic_age
from tracking.rules.codes import CohortKind, Status
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Flow
from tracking.rules.ruleset import RuleSet
from tracking.seeding.actions import Invention, invent

pytestmark = pytest.mark.django_db
OLDEST = 17  # in Year 13


@dataclass
class Lived:
    """The months that were lived and sent, in their order."""

    council: Council
    months: list[ReportingMonth]
    sent: dict[date, Submission]


def live(turn: pytest.MonkeyPatch, size: str, months: int, acts: int) -> Lived:
    """So many months from September 2024 on, in a register as large as that."""
    first = ReportingMonth(date(2024, 9, 30))
    turn_clock(turn, datetime(2024, 9, 2, 8, tzinfo=LONDON))
    invent(Invention(size, 3, date(2024, 9, 2)))
    with connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")  # as at the start of a transaction of its own
    authority = Authority.objects.get(code="886")
    council = Council(authority, make_user("mi_officer", authority), Random(size), turn)
    council.at(date(2024, 9, 2))
    lived = Lived(council, [], {})
    month = first
    for number in range(months):
        council.live(month, acts)
        if number % 3 == 1:
            council.confirm_many(month.ends_on)
        lived.months.append(month)
        lived.sent[month.ends_on] = council.send(month)
        month = month.after
    return lived


# Size, months, an officer's acts a month beside the confirmations of whole providers, every how many months one is made
# again from history (each takes as long as the month did; the largest register shows it on four, the last among them).
SIZES = [
    pytest.param("tiny", 4, 60, 1, id="four months of a few"),
    pytest.param("small", 24, 400, 1, id="two years of three thousand", marks=pytest.mark.assure),
    pytest.param("county", 24, 100, 6, id="two years of a county", marks=pytest.mark.assure),
]


@pytest.mark.parametrize(("size", "months", "acts", "again_every"), SIZES)
def test_months_lived_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch, clock_goes_on: None, size: str, months: int, acts: int, again_every: int
) -> None:
    lived = live(monkeypatch, size, months, acts)

    assert set(lived.council.done) >= {
        "confirm",
        "begin",
        "hear_late",
        "put_right",
        "leave",
        "take_back",
        "depart",
    }
    for number, month in enumerate(lived.months, start=1):
        submission = lived.sent[month.ends_on]
        frozen = Freeze.objects.get(pk=submission.freeze_id)
        passes_the_checks(submission)
        counts_as_the_file_does(submission, frozen)
        adds_up(lived, month)
        if number % again_every == 0:
            comes_out_again(lived, month, frozen)
    leavers_went_out_once(lived)
    figures_follow_from_the_files(lived)


def passes_the_checks(submission: Submission) -> None:
    """The file can be read, has nobody twice, and holds no other fault than the board showed when it was built."""
    check = FileCheck(io.BytesIO(gzip.decompress(submission.content)))
    found = Counter(finding.code for finding in check.findings())

    assert not check.refusals
    assert not check.unknown
    assert check.records == submission.people
    assert dict(found) == submission.errors
    assert not {code for code in found if check.ruleset.errors[code].rejects_file}


def counts_as_the_file_does(submission: Submission, frozen: Freeze) -> None:
    """The month's figures counted once more from what was sent: by age, letter, code and lapse of each record."""
    rules = ruleset(submission.period_end)
    primary = rules.cohort_letters(CohortKind.PRIMARY)
    ages = range(rules.limits["youngest_measured"], rules.limits["oldest_measured"] + 1)
    counted: Counter[str] = Counter()
    for record in Reading(io.BytesIO(gzip.decompress(submission.content))):
        born = as_day(record.dob)
        if record.cohort_status not in primary or born is None:
            continue
        if academic_age(born, submission.period_end) not in ages:
            continue
        counted[status_of(record, rules)] += 1

    assert counted["people"] == 0
    assert {
        "cohort": sum(counted.values()) - counted[Status.EXCLUDED],
        "neet": counted[Status.NEET],
        "not_known": counted[Status.NOT_KNOWN],
    } == {name: frozen.counts[name] for name in ("cohort", "neet", "not_known")}


def status_of(record: Record, rules: RuleSet) -> Status:
    """What a record of the file says, by the DfE's formula (nccis.md section 7)."""
    if not record.activity_code or record.currency_lapsed == "Y":
        return Status.NOT_KNOWN
    return rules.activities[record.activity_code].status


def adds_up(lived: Lived, month: ReportingMonth) -> None:
    """Joiners less leavers less other exits is the change; the statuses of the records are the whole."""
    card = scorecard(lived.council.authority.pk, month, Chosen({}))

    assert card.flow is None or card.flow.adds_up
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, [lived.council.authority.pk, month.ends_on])
        cohort, neet, not_known, participating = cursor.fetchone()
    counts = card.counts
    assert (counts.cohort, counts.neet, counts.not_known, counts.participating) == (
        cohort,
        neet,
        not_known,
        participating,
    )


RECOUNT = """
    select count(*) filter (where status <> 'EXCLUDED'), count(*) filter (where status = 'NEET'),
      count(*) filter (where status = 'NOT_KNOWN'), count(*) filter (where participates)
    from tracking_monthrecord r join tracking_freeze f on f.id = r.freeze_id
    where f.authority_id = %s and r.month = %s and f.replaced_at is null and is_measured
"""


def comes_out_again(lived: Lived, month: ReportingMonth, frozen: Freeze) -> None:
    """The frozen rows and the file, made again now, are what they were."""
    past = PastDay(frozen.authority_id, month.ends_on, frozen.frozen_at, frozen.pk)
    sent = lived.sent[month.ends_on]

    assert replay(past=past, by=None).agrees is True
    again = build_file(
        month=Month(lived.council.authority, month.ends_on), by=None, date_of_send=sent.date_of_send
    )
    assert again.sha256 == sent.sha256


def leavers_went_out_once(lived: Lived) -> None:
    """Each leaver is in one file as a leaver, and in none afterwards."""
    seen: Counter[tuple[str, str]] = Counter()
    gone: set[str] = set()
    for month in lived.months:
        content = gzip.decompress(lived.sent[month.ends_on].content)
        leavers = ruleset(month.ends_on).cohort_letters(CohortKind.TRANSFERRED)
        for record in Reading(io.BytesIO(content)):
            assert record.young_persons_id not in gone
            if record.cohort_status in leavers:
                seen[record.young_persons_id, record.cohort_status] += 1
        gone |= {number for number, _ in seen}
    assert set(seen.values()) <= {1}
    assert seen or lived.council.done["depart"] == 0


def figures_follow_from_the_files(lived: Lived) -> None:
    """Who came and went, who is in education and training, who has an offer, who went on to Year 13: all from files."""
    read = {
        month: recount.month_of(lived.sent[month.ends_on].content, month.ends_on) for month in lived.months
    }
    seen: Counter[str] = Counter()
    for month, sent in read.items():
        counts = (card := scorecard(lived.council.authority.pk, month, Chosen())).counts
        assert counts.participating == sum(told.participates for told in sent.counted.values())
        if month.ends_on.month in recount.TOLD_IN:
            assert (counts.owed, counts.offered) == (sent.owed, sent.offered)
            seen["owed"] += sent.owed
        if before := read.get(month.before):
            seen["moved"] += moved_as_the_files_say(card.flow, *recount.moves(before, sent))
        year_before = ReportingMonth.of(month.starts_on.replace(year=month.starts_on.year - 1))
        if then := read.get(year_before):
            seen["onward"] += went_on_as_the_files_say(lived, month, recount.onward(then, sent, OLDEST))
    assert seen["owed"]
    assert seen["moved"]
    assert bool(seen["onward"]) == (len(lived.months) > 12)


def moved_as_the_files_say(flow: Flow | None, joined: Counter[str], left: Counter[str]) -> int:
    """Statuses as they are; whoever is not counted in the other month has several names there."""
    assert flow is not None
    for ours, theirs in ((flow.joined, joined), (flow.left, left)):
        named = {str(status) for status in Status}
        assert {how: people for how, people in ours.items() if how in named and people} == {
            how: people for how, people in theirs.items() if how
        }
        assert sum(people for how, people in ours.items() if how not in named) == theirs[""]
    return flow.joiners


def went_on_as_the_files_say(lived: Lived, month: ReportingMonth, told: Counter[tuple[str, str]]) -> int:
    """Each line of the report by what they did a year before, and by what they do now."""
    council = lived.council.authority
    way = content(ONWARD, council, month, all_of(council)[0]).sections[0]
    lines = {words: then for then, words in STATUS_WORDS.items()}
    for words, *numbers in way.rows:
        here = {now: told[lines[words], now] if words in lines else 0 for now in NOW}
        if words == "All":
            here = {now: sum(people for (_, at), people in told.items() if at == now) for now in NOW}
        assert numbers == [*here.values(), sum(here.values())]
    return told.total()
