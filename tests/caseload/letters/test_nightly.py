"""What the turn of a day brings about, and asking another service where nobody answers."""

from datetime import date, timedelta

import pytest

from caseload.chase.models import Attempt
from caseload.letters.actions.nightly import keep_up
from caseload.letters.actions.outcomes import answered, close, refer_unanswered
from caseload.letters.kinds import SET_AS_FILE, Kind
from caseload.letters.models import Letter
from caseload.letters.queries.unanswered import unanswered, unanswered_lines
from caseload.referrals.models import Referral
from caseload.referrals.statements import Ask
from neet import clock
from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from neet.jobs.actions import run, submit
from tests.caseload.letters.conftest import APPLY, APRIL, AT_HOME, FIRST, JANUARY, NOT_KNOWN, SUMMER
from tests.factories import COLLEGE, SEEKING, confirm, make_activity
from tracking.models import Task
from tracking.register.models import Claim, Guarantee, YoungPerson
from tracking.register.refusals import NotRight

pytestmark = pytest.mark.django_db


def night(post, day):
    return keep_up(day=post.on(day))


def closed(letter):
    letter.refresh_from_db()
    return letter.closed


def begins(person, code, on, **fields):
    """What they did before ends, what they do now begins, and a school says so."""
    person.activities.update(ends_on=on - timedelta(days=1))
    return make_activity(person, code, on, verified_on=on, **fields)


def tried(person, **fields):
    asked = {
        "channel": "telephone",
        "asked": "parent",
        "outcome": "tried",
        "reached": False,
        "learned": False,
    }
    return Attempt.objects.create(person=person, **{**asked, **fields})


def test_without_an_answer_by_its_day_the_summer_letter_is_a_task_once(post):
    ada, bram = post.family("Ada"), post.family("Bram")
    letters = [post.send(each, SUMMER, on=date(2027, 7, 12)) for each in (ada, bram)]
    post.send(ada, APPLY)

    night(post, date(2027, 8, 9))
    assert not Task.objects.exists()
    night(post, date(2027, 8, 10))
    night(post, date(2027, 8, 11))
    task = Task.objects.get(person=ada)
    assert Task.objects.count() == 2
    assert (task.kind, task.due_on) == ("no_reply", date(2027, 8, 24))
    assert "Home education: does it go on?" in task.words

    answered(letter=letters[0], words="Goes on", by=post.officer)
    task.refresh_from_db()
    assert task.done_by == post.officer
    Letter.objects.filter(pk=letters[1].pk).update(closed="by_hand", closed_on=post.today)
    night(post, date(2027, 8, 12))
    assert not Task.objects.filter(done_at=None).exists()
    assert AuditEvent.objects.filter(kind=Kind.KEPT_UP).last().counts["tasks_done"] == 1


def test_on_1_november_letters_end_unless_home_education_goes_on(post):
    gone, college = post.family("Gone"), post.family("College")
    goes_on = post.family("On", born=date(2012, 3, 1))
    letters = {each: post.send(each, SUMMER, on=date(2027, 7, 12)) for each in (gone, goes_on, college)}
    september = post.on(date(2027, 9, 6))
    begins(goes_on, AT_HOME, september)
    begins(college, COLLEGE, september)

    night(post, date(2027, 10, 31))
    assert [closed(letters[each]) for each in (gone, goes_on, college)] == ["", "", "confirmed"]
    night(post, date(2027, 11, 1))
    assert [closed(letters[each]) for each in (gone, goes_on)] == ["no_longer_due", ""]

    next_summer = post.send(gone, SUMMER, on=date(2028, 7, 3))
    assert closed(next_summer) == ""


def test_the_april_letter_ends_on_1_november_for_whoever_left_year_11(post):
    ada = post.family("Ada")
    letter = post.send(ada, APRIL, on=date(2027, 4, 5))

    night(post, date(2027, 10, 31))
    assert closed(letter) == ""
    night(post, date(2027, 11, 1))

    assert closed(letter) == "no_longer_due"


def test_a_guarantee_ends_the_letter_and_so_does_a_move_or_the_end_of_the_school_year(post):
    settled, moved, stays = post.family("Ada"), post.family("Bram"), post.family("Cleo")
    letters = {each: post.send(each, JANUARY, on=date(2027, 1, 11)) for each in (settled, moved, stays)}
    Guarantee.objects.create(person=settled, year_group=11, status="110", status_on=date(2027, 1, 20))
    YoungPerson.objects.filter(pk=moved.pk).update(cohort_status="T")

    done = night(post, date(2027, 1, 21))

    assert (done["confirmed"], done["over"]) == (1, 1)
    assert [closed(letters[each]) for each in (settled, moved, stays)] == ["confirmed", "no_longer_due", ""]
    night(post, date(2027, 9, 1))
    assert closed(letters[stays]) == "no_longer_due"


@pytest.mark.parametrize("way", ["attempt", "said", "confirmed"])
def test_a_word_from_home_since_the_letter_is_an_answer_and_a_provider_s_is_none(post, way):
    ada = post.family("Ada")
    letter = post.send(ada, FIRST, on=date(2026, 9, 21))
    activity = ada.activities.get()
    confirm(activity, date(2026, 9, 20), source="parent")
    confirm(activity, date(2026, 9, 22), source="provider")
    Claim.objects.create(person=ada, said_on=date(2026, 9, 22), said_by="hub worker")
    tried(ada, reached=True)
    night(post, date(2026, 9, 23))
    assert closed(letter) == ""

    if way == "attempt":
        tried(ada, reached=True, learned=True)
    elif way == "said":
        Claim.objects.create(person=ada, said_on=date(2026, 9, 23), said_by="parent")
    else:
        confirm(activity, date(2026, 9, 23), source="parent")
    night(post, date(2026, 9, 24))

    assert closed(letter) == "answered"


def test_a_letter_to_somebody_not_known_ends_once_it_is_known(post):
    kit = post.family("Kit", born=date(2009, 5, 1), code="810")
    letter = post.send(kit, NOT_KNOWN, on=date(2026, 11, 2))
    night(post, date(2026, 11, 3))
    assert closed(letter) == ""

    begins(kit, SEEKING, date(2026, 11, 4))
    night(post, date(2026, 11, 4))

    assert closed(letter) == "confirmed"


def test_the_file_goes_a_month_after_it_was_made(post):
    post.family()
    batch = post.make()
    job = submit(
        kind=SET_AS_FILE, by=post.officer, authority_id=post.authority.pk, payload={"batch": batch.pk}
    )
    run(job_id=job.pk)

    night(post, post.today + timedelta(days=30))
    assert StoredFile.objects.exists()
    night(post, post.today + timedelta(days=1))

    assert not StoredFile.objects.exists()
    batch.refresh_from_db()
    assert (batch.file, batch.state) == (None, "printed")


def test_nobody_is_referred_before_it_was_tried_often_enough_and_the_way_is_confirmed(post):
    ada = post.family("Ada")
    letter = post.send(ada, JANUARY, on=date(2027, 1, 11))
    post.on(date(2027, 2, 9))
    ask = Ask(post.home, "home_education", "Nobody answers")

    def line():
        (found,) = unanswered_lines(unanswered(post.officer, post.authority.pk, post.today), post.today)
        return found

    assert "First find out" in line().why_not_yet
    tried(ada, reached=True, tried_at=clock.now() - timedelta(days=3))
    assert line().why_not_yet == "Try once more"
    with pytest.raises(NotRight, match="Nothing is to be referred"):
        refer_unanswered(letter=letter, ask=ask, by=post.officer)
    tried(ada)
    assert line().may_refer
    assert (line().tried.letters, line().tried.attempts) == (1, 2)

    made = refer_unanswered(letter=letter, ask=ask, by=post.officer)

    letter.refresh_from_db()
    assert (letter.closed, letter.referral, made.to_service) == ("referred", made, post.home)
    assert not unanswered(post.officer, post.authority.pk, post.today).exists()
    with pytest.raises(NotRight):
        refer_unanswered(letter=letter, ask=ask, by=post.officer)
    assert Referral.objects.count() == 1


def test_letters_that_ask_for_nothing_or_follow_with_nothing_are_not_on_the_list(post):
    ada, kit = post.family("Ada"), post.family("Kit", born=date(2009, 5, 1), code="810")
    post.send(ada, APPLY, on=date(2026, 11, 2))
    post.send(kit, NOT_KNOWN)
    by_hand = post.send(ada, FIRST)
    close(letter=by_hand, words="Moved abroad, says the school", by=post.officer)

    post.on(date(2027, 3, 1))

    assert not unanswered(post.officer, post.authority.pk, post.today).exists()
