"""A batch of letters: made, set as one file, taken, sent, given up; and what stands in the file."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from caseload.letters.actions.making import NO_ADDRESS_TASK, set_as_file
from caseload.letters.actions.outcomes import answered, came_back, close
from caseload.letters.actions.sending import drop, mark_sent, take_file
from caseload.letters.kinds import SET_AS_FILE, Kind
from caseload.letters.models import Letter, LetterBatch, Letterhead
from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from neet.jobs.actions import run, submit
from tests.caseload.letters.conftest import APPLY, FIRST, NOT_KNOWN
from tests.factories import make_residence, make_user
from tests.neet.documents.test_pdf import insides
from tests.pdf import text_of
from tracking.models import Task
from tracking.reference.models import ReferenceRow
from tracking.register.models import Residence, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db


def set_now(batch, by):
    """As a worker does it."""
    job = submit(kind=SET_AS_FILE, by=by, authority_id=batch.authority_id, payload={"batch": batch.pk})
    run(job_id=job.pk)
    job.refresh_from_db()
    batch.refresh_from_db()
    return job


def test_a_batch_holds_everybody_due_and_nobody_twice(post):
    ada, bram = post.family("Ada", family_name="Ambler"), post.family("Bram", family_name="Brook")
    homeless = post.family("Cleo", lives=False)

    batch = post.make()

    assert [(each.person, each.number, each.state) for each in batch.letters.exclude(number=0)] == [
        (ada, 1, "to_send"),
        (bram, 2, "to_send"),
    ]
    assert batch.letters.get(person=homeless).why == "no_address"
    assert Task.objects.get().kind == NO_ADDRESS_TASK
    event = AuditEvent.objects.get(kind=Kind.BATCH_MADE)
    assert sorted(event.subjects) == sorted([ada.pk, bram.pk, homeless.pk])
    assert (event.counts["letters"], event.counts["left_out"]) == (2, 1)
    with pytest.raises(NotRight, match="due this letter any more"):
        post.make()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(batch=batch, person=ada)
    assert LetterBatch.objects.count() == 1


def test_only_the_ticked_have_a_letter(post):
    ada = post.family("Ada")
    post.family("Bram")

    batch = post.make(only=frozenset({ada.pk}))

    assert [each.person for each in batch.letters.all()] == [ada]


def test_nobody_writes_without_the_permission_a_letterhead_or_words(post):
    post.family()
    with pytest.raises(NotPermitted):
        post.make(by=post.adviser)
    with pytest.raises(NotPermitted):
        post.make(by=make_user("tracking_officer", None))
    with pytest.raises(NotRight, match="in that language"):
        post.make(language="cy")
    with pytest.raises(NotRight, match="not among those"):
        post.make("no_such_letter")
    Letterhead.objects.all().delete()
    with pytest.raises(NotRight, match="come back to"):
        post.make()


def test_the_file_is_one_tagged_letter_a_page_with_the_address_where_the_window_is(post):
    ada = post.family("Ada", family_name="Ambler")
    bram = post.family("Bram", family_name="Brook", known_as="Bramwell")
    Residence.objects.filter(person=ada).update(line_1="12 Secret Lane", line_2="Little Amble")
    batch = post.make()

    job = set_now(batch, post.officer)

    assert (job.state, job.error, job.counts) == ("done", "", {"pages": 2})
    assert (batch.state, batch.pages) == ("printed", 2)
    pdf = batch.file.path.read_bytes()
    words = text_of(pdf)
    assert b"StructTreeRoot" in insides(pdf)
    for said in (
        "Parent or carer of Ada Ambler 12 Secret Lane Little Amble AMBLEFORD ZZ9 9ZZ",
        "What Bramwell may do after Year 11",
        "by 19 October 2026",
        "Pat Example",
        "telephone 01632 960001",
        "Page 1 of 1",
    ):
        assert said in words, said
    assert "Page 1 of 2" not in words
    assert "Secret Lane" not in batch.file.name + str(job.payload)
    assert AuditEvent.objects.get(kind=Kind.BATCH_SET).subjects == [ada.pk, bram.pk]


def test_another_language_is_another_wording_of_the_same_letter(post):
    post.family("Ada")
    row = ReferenceRow.objects.get(table="letter_wordings", key="home_y11_first en")
    said = {**row.values, "language": "cy", "heading": "Beth nesaf, {first_name}?", "letter": "Annwyl riant"}
    ReferenceRow.objects.create(
        table="letter_wordings",
        key="home_y11_first cy",
        values=said,
        valid_from=date(2026, 9, 1),
        evidence="confirmed",
    )
    batch = post.make(language="cy")
    assert batch.wording == "2026-09-01 cy"

    set_now(batch, post.officer)

    assert "Beth nesaf, Ada?" in text_of(batch.file.path.read_bytes())


def test_what_changed_since_is_asked_again_while_the_file_is_made(post):
    ada, hidden = post.family("Ada"), post.family("Hidden")
    batch = post.make()
    set_now(batch, post.officer)
    first = batch.file
    YoungPerson.objects.filter(pk=hidden.pk).update(restricted_on=post.today, restricted_reason="Refuge")
    with pytest.raises(NotRight, match="restricted since"):
        take_file(batch=batch, by=post.officer)
    Residence.objects.filter(person=ada).update(line_1="7 New Road")

    set_now(batch, post.officer)

    words = text_of(batch.file.path.read_bytes())
    assert "7 New Road" in words
    assert "Hidden" not in words
    assert batch.letters.get(person=hidden).why == "withheld"
    assert not StoredFile.objects.filter(pk=first.pk).exists()
    assert take_file(batch=batch, by=post.officer) == batch.file
    assert AuditEvent.objects.get(kind=Kind.BATCH_TAKEN).subjects == [ada.pk]


def test_where_nobody_is_left_the_work_ends_in_words(post):
    hidden = post.family()
    batch = post.make()
    YoungPerson.objects.filter(pk=hidden.pk).update(restricted_on=post.today, restricted_reason="Refuge")

    job = set_now(batch, post.officer)

    assert (job.state, batch.state) == ("failed", "draft")
    assert "None of these letters may go" in job.error


def test_a_file_is_for_whoever_sees_everybody_in_it(post):
    here, far = post.family("Here"), post.family("Far", lives=False)
    make_residence(far)
    batch = post.make()
    chief = make_user("district_lead", post.authority, district=post.district)

    assert {each.person for each in batch.letters.all()} == {here, far}
    for act in (
        lambda: take_file(batch=batch, by=chief),
        lambda: mark_sent(batch=batch, sent_on=post.today, by=chief),
        lambda: drop(batch=batch, by=post.adviser),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_sent_letters_stand_on_their_records_and_take_the_place_of_earlier_ones(post):
    ada = post.family("Ada")
    earlier = post.send(ada, FIRST)
    post.on(date(2026, 12, 1))
    again = post.send(ada, "home_y11_unreached")
    informing = post.send(ada, APPLY)

    earlier.refresh_from_db()
    again.refresh_from_db()
    assert (earlier.next_step_on, earlier.closed, earlier.closed_on) == (
        date(2026, 10, 19),
        "next_sent",
        post.today,
    )
    assert (again.closed, again.next_step_on) == ("", date(2026, 12, 29))
    assert informing.next_step_on is None
    repeated = mark_sent(batch=again.batch, sent_on=post.today, by=post.officer)
    assert repeated.sent_on == post.today
    assert AuditEvent.objects.filter(kind=Kind.BATCH_SENT, subjects=[ada.pk]).count() == 3


def test_the_day_sent_lies_between_making_and_today_and_there_is_something_to_send(post):
    post.family()
    batch = post.make()
    with pytest.raises(NotRight, match="nothing to send"):
        mark_sent(batch=batch, sent_on=post.today, by=post.officer)
    LetterBatch.objects.update(state="printed")

    for wrong in (date(2026, 9, 20), date(2026, 9, 22)):
        with pytest.raises(NotRight, match="between the day"):
            mark_sent(batch=batch, sent_on=wrong, by=post.officer)


def test_a_batch_given_up_leaves_everybody_due_and_no_file(post):
    post.family("Ada")
    batch = post.make()
    set_now(batch, post.officer)

    drop(batch=batch, by=post.officer)
    drop(batch=batch, by=post.officer)

    assert not StoredFile.objects.exists()
    assert post.make().letters.count() == 1
    with pytest.raises(NotRight, match="given up already"):
        set_as_file(batch=batch, by=post.officer, tell=lambda *_: None, still_mine=lambda: None)


def test_what_came_of_a_letter_is_said_by_whoever_sees_the_record(post):
    ada = post.family("Ada")
    letter = post.send(ada)
    with pytest.raises(NotPermitted):
        answered(letter=letter, words="", by=post.adviser)
    with pytest.raises(NotRight, match="why nothing more"):
        close(letter=letter, words=" ", by=post.officer)

    answered(letter=letter, words="Has applied for A levels", by=post.officer)
    answered(letter=letter, words="", by=post.officer)
    letter.refresh_from_db()
    assert (letter.closed, letter.words, letter.closed_by) == (
        "answered",
        "Has applied for A levels",
        post.officer,
    )

    came_back(letter=letter, by=post.officer)
    letter.refresh_from_db()
    assert (letter.state, letter.closed) == ("came_back", "")
    assert Task.objects.get(person=ada, done_at=None).kind == NO_ADDRESS_TASK


def test_a_letter_that_never_went_has_no_outcome(post):
    post.family("Kit", born=date(2009, 5, 1), code="810")
    post.on(date(2026, 11, 2))
    letter = post.make(NOT_KNOWN).letters.get()

    with pytest.raises(NotRight, match="was not sent"):
        came_back(letter=letter, by=post.officer)
