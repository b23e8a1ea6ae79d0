"""Letters that leave without our printer, and answers online: what is handed over, where everything stands on the page,
what became of each, and what its code or square opens."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail as mails
from django.urls import reverse
from weasyprint import CSS, HTML

from caseload.chase.models import Attempt
from caseload.letters.actions.making import set_as_file
from caseload.letters.actions.posting import hand_over, note_what_became, paper_of
from caseload.letters.actions.sending import mark_sent
from caseload.letters.documents import letters_as_pdf
from caseload.letters.kinds import Kind
from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.due import due_people, ruled
from caseload.letters.queries.ways import mailboxes
from caseload.messaging.models import OptOut
from neet import clock
from neet.audit.models import AuditEvent
from neet.documents.pdf import OURS, _locked
from neet.messages.actions import deliver, stop
from neet.messages.models import Message
from returns.surveys.models import AnswerLink
from returns.surveys.queries import code_digest_of
from tests.caseload.letters.conftest import FIRST, NOT_KNOWN, TO_PARENTS
from tests.factories import make_user, sign_in
from tests.pdf import text_of
from tracking.models import Claim, ContactPoint
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotRight

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 2)
CODE = re.compile(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b")


@pytest.fixture
def november(post, settings, tmp_path):
    """When those not known are written to, and what leaves the house lies in a folder."""
    settings.LETTER_FILE_PATH = tmp_path / "letters"
    settings.POST_BY = dict.fromkeys(("email", "text", "letter"), "neet.messages.ways.into_a_file")
    settings.TEXT_FILE_PATH = tmp_path / "texts"
    post.on(NOVEMBER)
    return post


def unknown(post, given_name="Kit", email="", whose="young_person", **more):
    person = post.family(given_name, born=date(2009, 5, 14), code="810", **more)
    if email:
        ContactPoint.objects.create(
            person=person, kind="email", value=email, whose=whose, starts_on=date(2026, 1, 1)
        )
    return person


def handed_over(post, code=NOT_KNOWN, way="notify", **more) -> LetterBatch:
    batch = post.make(code, way=way, **more)
    return hand_over(batch=batch, by=post.officer)


def due(post, code=NOT_KNOWN):
    return due_people(post.officer, post.authority, ruled(code, post.today), post.today)


def test_each_letter_is_handed_over_once_as_a_pdf_of_its_own(november):
    kit, gone = unknown(november), unknown(november, "Gone")
    batch = november.make(NOT_KNOWN, way="notify")
    YoungPerson.objects.filter(pk=gone.pk).update(restricted_on=NOVEMBER, restricted_reason="Refuge")

    for _ in range(2):
        hand_over(batch=batch, by=november.officer)
    assert deliver() == 1

    letter = batch.letters.get(person=kit)
    assert (letter.state, letter.sent_on, letter.next_step_on) == (
        "sent",
        NOVEMBER,
        NOVEMBER + timedelta(days=14),
    )
    assert batch.letters.get(person=gone).why == "withheld"
    assert letter.message.channel == "letter"
    (paper,) = django_settings.LETTER_FILE_PATH.iterdir()
    words = text_of(paper.read_bytes())
    assert "Kit" in words
    assert "by 16 November 2026" in words
    assert "Return to:" not in words
    event = AuditEvent.objects.get(kind=Kind.BATCH_SENT, counts__letters=1)
    assert event.subjects == [kit.pk]
    assert not due(november).exists()


def test_notify_finds_the_address_where_it_looks_and_nothing_beside_it(november):
    """Millimetres of GOV.UK Notify's own check of letters."""
    kit = unknown(november, family_name="Longname-Withmanyletters")
    lines = ("Flat 12, The Old Corn Exchange", "128 Upper Market Street", "Little Amble", "Great Amble")
    kit.residences.update(**{f"line_{number}": line for number, line in enumerate(lines, start=1)})
    batch = november.make(NOT_KNOWN, way="notify")
    drawn = {}

    def draw(pages, *, sheet, tell):
        fetch = {"base_url": OURS, "url_fetcher": _locked()}
        style = CSS(url=f"{OURS}static/{sheet}", url_fetcher=_locked())
        page = HTML(string=next(iter(pages)), **fetch).render(stylesheets=[style]).pages[0]
        for box in page._page_box.descendants():
            if box.element is not None and (name := box.element.get("class")):
                inside = (
                    [each for each in box.descendants() if hasattr(each, "text")]
                    if hasattr(box, "descendants")
                    else []
                )
                drawn.setdefault(name, []).extend(_mm(each) for each in inside)
        return b"%PDF", 1

    hand_over(batch=batch, by=november.officer)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("caseload.letters.documents.pdf_of_each", draw)
        paper_of(batch.letters.get().pk)

    for left, top, right, bottom in drawn["post__address"]:
        assert 24.6 <= left < right <= 120
        assert 40 <= top < bottom <= 66.3
    assert len(drawn["post__address"]) == 7
    for left, top, right, bottom in drawn["post__sender"]:
        assert 125 <= left < right <= 195
        assert 5 <= top < bottom <= 95
    assert min(top for _, top, _, _ in drawn["post__day"]) >= 95
    everything = [each for boxes in drawn.values() for each in boxes]
    assert all(
        left >= 15 and right <= 195 and top >= 5 and bottom <= 292 for left, top, right, bottom in everything
    )


def _mm(box) -> tuple[float, float, float, float]:
    pixel = 25.4 / 96
    return (
        box.position_x * pixel,
        box.position_y * pixel,
        (box.position_x + box.width) * pixel,
        (box.position_y + box.height) * pixel,
    )


@pytest.mark.parametrize(
    ("became", "state", "is_due"),
    [("not_taken", "not_sent", True), ("failed", "not_sent", True), ("delivered", "sent", False)],
)
def test_what_could_not_be_sent_does_not_count_and_is_due_again(client, november, became, state, is_due):
    unknown(november)
    batch = handed_over(november)
    sent_at = clock.now() if became != "failed" else None
    Message.objects.update(state=became, sent_at=sent_at)

    noted = note_what_became(at=clock.now())
    again = note_what_became(at=clock.now())

    letter = batch.letters.get()
    assert (noted, again) == (int(is_due), 0)
    assert letter.state == state
    assert due(november).exists() is is_due
    assert AuditEvent.objects.filter(kind=Kind.COULD_NOT_BE_SENT).count() == int(is_due)
    sign_in(client, november.officer)
    page = client.get(reverse("letter_batch", args=[batch.ref])).content.decode()
    assert ("Could not be sent" if is_due else "Printed and posted") in page


def test_by_email_go_those_with_an_address_and_the_others_stay_due(november, settings):
    settings.POST_BY = {**settings.POST_BY, "email": "neet.messages.ways.by_mail"}
    kit = unknown(november, "Kit", "kit@example.org", family_name="Quillfeather")
    others = [
        unknown(november, "Parent", "parent@example.org", whose="parent"),
        unknown(november, "Same", "KIT@example.org", family_name="Zed"),
        unknown(november, "Stopped", "stopped@example.org"),
        unknown(november, "Wants", "wants@example.org"),
        unknown(november, "None"),
    ]
    stop(address="stopped@example.org", by=None)
    OptOut.objects.create(person=others[3], channel="email", said_by="young_person")

    batch = handed_over(november, way="email")
    assert deliver() == 1

    (letter,) = batch.letters.all()
    (mail,) = mails.outbox
    assert (letter.person, letter.way, letter.state) == (kit, "email", "sent")
    assert (mail.to, mail.subject) == (["kit@example.org"], "What are you doing now, Kit?")
    assert "Quillfeather" not in mail.body
    assert "&" not in mail.body
    secret = re.search(r"/answer/([\w-]{22})/", mail.body).group(1)
    assert secret not in str(AnswerLink.objects.values().get())
    assert set(due(november)) == set(others)
    with pytest.raises(NotRight, match="do not let this letter go by e-mail"):
        november.make(FIRST, way="email")


def test_an_address_there_is_not_is_used_no_more(november):
    kit = unknown(november, "Kit", "kit@example.org")
    handed_over(november, way="email")
    Message.objects.update(state="returned", sent_at=clock.now())

    note_what_became(at=clock.now())

    assert kit.contact_points.get().do_not_use
    assert not mailboxes([kit.pk], "young_person", NOVEMBER)
    with pytest.raises(NotRight, match="Nobody who can be written to"):
        november.make(NOT_KNOWN, way="email")


def test_a_parent_gets_the_letter_of_each_child_and_no_code(november):
    twins = [unknown(november, name, "home@example.org", whose="parent") for name in ("Ada", "Bram")]
    for each in twins:
        november.send(each, NOT_KNOWN)
    november.on(NOVEMBER + timedelta(days=22))

    batch = handed_over(november, TO_PARENTS, way="email")

    assert {each.person for each in batch.letters.all()} == set(twins)
    assert not AnswerLink.objects.exists()


def test_a_second_person_sends_where_the_council_wants_one(november):
    unknown(november)
    type(november.authority).objects.update(needs_second_person=True)
    batch = november.make(NOT_KNOWN, way="notify")

    with pytest.raises(NotRight, match="Somebody else has to look"):
        hand_over(batch=batch, by=november.officer)
    other = make_user("tracking_officer", november.authority)
    with pytest.raises(NotRight, match="nothing to send"):
        mark_sent(batch=batch, sent_on=NOVEMBER, by=other)
    assert hand_over(batch=batch, by=other).sent_by == other


def set_now(batch) -> str:
    set_as_file(batch=batch, by=None, tell=lambda *_: None, still_mine=lambda: None)
    batch.refresh_from_db()
    return text_of(batch.file.path.read_bytes())


def test_a_printed_code_is_the_young_persons_own_and_a_reprint_makes_another(client, november):
    kit = unknown(november, "Kit", family_name="Ambler")
    unknown(november, "Lou", family_name="Brook")
    batch = november.make(NOT_KNOWN)

    before, now = (CODE.findall(set_now(batch)) for _ in range(2))

    assert len(set(before) | set(now)) == 4
    links = AnswerLink.objects.filter(withdrawn_at=None)
    assert {each.code_digest for each in links} == {code_digest_of(each) for each in now}
    assert batch.letters.get(person=kit).link.code_digest == code_digest_of(now[0])
    assert client.post(reverse("answer_code"), {"code": before[0]}).status_code == 200
    assert client.post(reverse("answer_code"), {"code": now[0]}).status_code == 302
    client.post(reverse("answer"), {"day": "14", "month": "5"})
    client.post(reverse("answer"), {"answer": "nothing"})
    assert Claim.objects.get().person == kit
    assert Attempt.objects.get().channel == "letter"


def test_nothing_made_is_kept_where_the_file_is_not(november):
    unknown(november)
    batch = november.make(NOT_KNOWN)

    made = letters_as_pdf(batch, NOVEMBER, lambda *_: None)

    assert len(made.printed) == 1
    assert not AnswerLink.objects.exists()
    november.family("Ada")
    assert not letters_as_pdf(november.make(FIRST), NOVEMBER, lambda *_: None).printed


def test_the_page_of_a_batch_says_how_letters_go_and_that_files_reach_nobody(client, november, settings):
    unknown(november, "Kit", "kit@example.org")
    sign_in(client, november.officer)
    due_page = client.get(reverse("letters_due", args=[NOT_KNOWN])).content.decode()
    assert "GOV.UK Notify prints and posts them" in due_page
    assert "To those with an address for it" in due_page
    assert "By e-mail" not in client.get(reverse("letters_due", args=[FIRST])).content.decode()

    made = client.post(
        reverse("make_letter_batch", args=[NOT_KNOWN]), {"whom": "all", "way": "notify"}, follow=True
    ).content.decode()
    batch = LetterBatch.objects.get()
    sent = client.post(reverse("hand_over_letters", args=[batch.ref]), follow=True).content.decode()

    assert "Nobody gets these letters" in made
    assert "Hand them to GOV.UK Notify" in made
    assert "What are you doing now, Robin?" in made
    assert "They are being sent now" in sent
    assert "Waits to be handed over" in sent
    assert Letter.objects.get().state == "sent"
    twice = client.post(reverse("drop_letters", args=[batch.ref]), follow=True).content.decode()
    assert "sent or given up already" in twice
