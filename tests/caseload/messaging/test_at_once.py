"""Several workers hand over, send and note at the same moment, and somebody taps twice: everything is there once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from caseload.chase.models import Attempt
from caseload.messaging import actions
from caseload.messaging.models import BatchMessage
from neet import clock
from neet.messages.actions import deliver
from returns.surveys.actions import answer
from returns.surveys.models import AnswerLink
from returns.surveys.statements import Said
from tests.caseload.messaging.conftest import MORNING, Council
from tests.factories import seed_reference
from tracking.register.models import Claim

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, PEOPLE = 6, 25


def at_once(act):
    def one(_):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=WORKERS) as workers:
        return list(workers.map(one, range(WORKERS)))


def timer():
    """What the timer asks of a worker."""
    now = clock.now()
    handed_over = actions.hand_over(at=now)
    deliver()
    actions.note_what_went(at=now)
    return handed_over


def test_many_workers_and_a_double_tap_do_everything_once(transactional_db, monkeypatch, settings, tmp_path):
    monkeypatch.setenv("DJANGO_NOW", MORNING)
    settings.TEXT_FILE_PATH = tmp_path / "texts"
    seed_reference()
    council = Council(settings.TEXT_FILE_PATH)
    for _ in range(PEOPLE):
        council.person()
    batch = council.released()

    handed_over = sum(at_once(timer)) + timer() + timer()

    batch.refresh_from_db()
    numbers = Counter(text.splitlines()[0] for text in council.read())
    assert batch.state == "sent"
    assert (handed_over, len(numbers), set(numbers.values())) == (PEOPLE, PEOPLE, {1})
    assert Attempt.objects.count() == BatchMessage.objects.filter(attempt__isnull=False).count() == PEOPLE
    link = AnswerLink.objects.first()
    at_once(
        lambda: answer(link=link, said=Said("something_else", doing="college", place="Ambleford College"))
    )
    assert Claim.objects.count() == 1
    assert Attempt.objects.filter(outcome="learned").count() == 1
