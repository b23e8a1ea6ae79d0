"""Every hostile and awkward file is sent on the page: plain words or rows, no page breaks, nobody's record changes."""

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from returns.calendar.models import ExpectedReturn
from returns.intake.models import Intake
from tests.files.fixtures import Kept
from tests.files.hostile.case import Case
from tests.files.make_hostile import CASES
from tests.returns.intake.files._opened import parts_of
from tests.returns.intake.views.conftest import ADA, BEN, HEADINGS, Enrol, do_work
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db
State = Intake.State
RUNS_IN_A_PAGE = ("<script>alert(1)", "<b>")
PAGES = ("", "rows/", "columns/", "returned-file/?all")
# What a spreadsheet of ours may hold in no part, and no part may be called.
ACTS = re.compile(r'[hH]idden="(?!0)|veryHidden|<f[ >]|ddeLink|<hyperlink|TargetMode="External"')
ACTING = re.compile(r"comments|vba|drawing|customXml|externalLink|embedding")
GOOD_EVERY = 4
LONG = 1_000  # rows; longer ones are read by the reader's own test and measured by bin/bench
EMPTY = "The selected file is empty"


@pytest.fixture
def sender(desk: Client) -> Client:
    """Somebody whose browser shows an error of ours instead of ending the test."""
    desk.raise_request_exception = False
    return desk


def what_goes_wrong(case: Case, sender: Client, expected: ExpectedReturn, kept: Kept) -> Iterator[str]:
    """How the pages or the return differ from the verdict on the file."""
    content = kept(case).read_bytes()
    answer = sender.post(f"/returns/{expected.ref}/file/", {"file": SimpleUploadedFile(case.name, content)})
    if not content:
        if EMPTY not in answer.content.decode():
            yield "the page does not say that it is empty"
        return
    if answer.status_code != 302:
        yield f"sent: {answer.status_code}"
        return
    do_work()
    intake = Intake.objects.filter(expected=expected).order_by("-version")[0]
    yield from what_the_pages_get_wrong(intake, case, sender)
    if bool(case.verdict.refused) != (intake.state == State.REFUSED):
        yield f"{intake.state}: {intake.refusal}"
    if intake.state not in (State.REFUSED, State.CHECKED, State.UPLOADED):
        yield intake.state


def what_goes_wrong_with_a_good_one(number: int, sender: Client, expected: ExpectedReturn) -> Iterator[str]:
    """Whatever came before it, the next file that can be read goes through whole. None is sent twice."""
    lines = [HEADINGS, ADA.replace("1 Mill Lane", f"{number} Mill Lane"), BEN]
    file = SimpleUploadedFile("enrolment.csv", "\n".join(lines).encode())
    answer = sender.post(f"/returns/{expected.ref}/file/", {"file": file})
    do_work()
    intake = Intake.objects.get(ref=answer.headers["Location"].split("/")[2])
    names = [row.clean["family_name"] for row in intake.rows.order_by("number")]
    if intake.state != State.CHECKED or names != ["Lark", "Mole"]:
        yield f"the good file after it: {intake.state}, {intake.refusal}, {names}"


def what_the_pages_get_wrong(intake: Intake, case: Case, sender: Client) -> Iterator[str]:
    for page in PAGES:
        answer = sender.get(f"/return/{intake.ref}/{page}", follow=True)
        if answer.status_code >= 500:
            yield f"/{page}: {answer.status_code}"
        if "spreadsheet" in answer.headers["Content-Type"]:
            yield from what_would_act(answer.getvalue())
        if answer.streaming or "html" not in answer.headers["Content-Type"]:
            continue
        body = answer.content.decode()
        if any(words in body for words in RUNS_IN_A_PAGE):
            yield f"/{page}: a cell would run"
        if not page and case.verdict.refused and not any(words in body for words in case.verdict.refused):
            yield f"/{page}: does not say why"


def what_would_act(content: bytes) -> Iterator[str]:
    """What computes, is hidden or leads elsewhere in a file we hand back."""
    for name, part in parts_of(content).items():
        if ACTING.search(name) or ACTS.search(part):
            yield f"returned-file/: {name}"


@pytest.mark.parametrize(
    "every", [pytest.param(3, id="a third"), pytest.param(1, id="all", marks=pytest.mark.assure)]
)
def test_whatever_is_sent_the_pages_answer_and_the_register_stays(
    every: int, sender: Client, expected: ExpectedReturn, enrolled: Enrol, kept: Kept
) -> None:
    """The reader's own test reads all of them each time."""
    enrolled(given_name="Ada", family_name="Lark")
    before = digests()

    cases = [case for case in CASES if case.verdict.count <= LONG][::every]
    wrong = {}
    for number, case in enumerate(cases):
        wrong[case.name] = list(what_goes_wrong(case, sender, expected, kept))
        if number % GOOD_EVERY == 0:
            wrong[case.name] += what_goes_wrong_with_a_good_one(number, sender, expected)

    assert not {name: what for name, what in wrong.items() if what}
    assert digests() == before
