"""In the browser: a batch of letters from the list of those due to what came of it."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.letters.models import Letter, LetterBatch, Letterhead
from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.browser import OneAtATime, assert_accessible
from tests.caseload.letters.conftest import APPLY, FIRST
from tests.factories import make_district, make_person, make_residence, make_user, sign_in
from tests.pdf import text_of

pytestmark = [pytest.mark.django_db]


@pytest.mark.browser
def test_a_batch_of_letters_from_the_list_to_the_answer(browse, post):
    ada, bram = post.family("Ada", family_name="Ambler"), post.family("Bram", family_name="Brook")
    post.family("Cleo", family_name="Cotterell", lives=False)
    Letterhead.objects.all().delete()
    page = browse(post.officer)

    # before the first letter: where they come back to
    page.goto(reverse("letters_board"))
    page.get_by_role("link", name="What stands on letters").first.click()
    assert_accessible(page)
    page.get_by_label("Address letters come back to").fill("Council offices\nExampleton\nZZ1 1ZZ")
    page.get_by_label("Who signs").fill("Pat Example")
    page.get_by_label("What they are").fill("Head of participation")
    page.get_by_role("button", name="Save").click()
    assert_accessible(page)

    # who is due, who cannot be written to, what it says
    page.get_by_role("link", name="Home education, Year 11: September").click()
    page.get_by_text("What the letter says").click()
    expect(page.get_by_role("heading", name="What Robin may do after Year 11")).to_be_visible()
    expect(page.get_by_text("No full address")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Make letters to all 2").click()

    # the file is made in the background
    page.get_by_role("heading", name="Making the file for the printer").wait_for()
    assert_accessible(page)
    with OneAtATime.working:
        run(job_id=Job.objects.get().pk)
    page.goto(page.url)
    assert_accessible(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take the file for the printer (PDF)").click()
    assert "Parent or carer of Bram Brook" in text_of(taken.value.path().read_bytes())

    # it went, and one family answers
    page.get_by_role("button", name="Note that they were sent").click()
    expect(page.get_by_text("these letters were sent")).to_be_visible()
    assert [each.sent_on for each in Letter.objects.filter(state="sent")] == [post.today, post.today]
    page.get_by_role("link", name="Ada Ambler").click()
    page.get_by_label("They answered").check()
    page.get_by_label("In one line").fill("Has applied for A levels")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Letters", exact=True)).to_be_visible()
    assert_accessible(page)
    assert Letter.objects.get(person=ada).closed == "answered"

    # the other does not, and is on the list once the day has passed
    post.on(date(2026, 10, 25))
    page = browse(post.officer)
    page.goto(reverse("letters_unanswered"))
    expect(page.get_by_role("row", name="Bram Brook").get_by_text("Ring the family")).to_be_visible()
    assert_accessible(page)
    assert Letter.objects.get(person=bram).closed == ""


def test_pages_have_words_for_nobody_and_not_now_and_refuse_in_words(client, post):
    sign_in(client, post.officer)
    assert "Nobody is due this letter" in client.get(reverse("letters_due", args=[FIRST])).content.decode()
    assert "This letter is not written in this month" in client.get(
        reverse("letters_due", args=[APPLY])
    ).content.decode()  # fmt: skip
    assert "Nothing waits" in client.get(reverse("letters_unanswered")).content.decode()
    make = reverse("make_letter_batch", args=[FIRST])
    post.family()

    ticked = client.post(make, {"whom": "ticked"}).content.decode()
    assert "Tick the young people first" in ticked
    client.post(make, {"whom": "all"})
    batch = LetterBatch.objects.get()
    repeated = client.post(make, {"whom": "all"}, follow=True).content.decode()
    assert "due this letter any more" in repeated
    page = client.get(reverse("letter_batch", args=[batch.ref])).content.decode()
    assert "Waiting for its turn" in page
    day = {"sent_on_day": "21", "sent_on_month": "9", "sent_on_year": "2026"}
    early = client.post(reverse("letters_sent", args=[batch.ref]), day).content.decode()
    assert "There is nothing to send" in early
    file = client.get(reverse("letter_file", args=[batch.ref]), follow=True).content.decode()
    assert "There is no file of these letters" in file
    given_up = client.post(reverse("drop_letters", args=[batch.ref]), follow=True).content.decode()
    assert "Everybody in it is due the letter as before" in given_up


def test_a_letter_is_told_on_its_record_and_referred_from_its_list(client, post):
    ada = post.family("Ada")
    letter = post.send(ada, "home_y11_january", on=date(2027, 1, 11))
    post.on(date(2027, 3, 1))
    sign_in(client, post.officer)

    record = client.get(reverse("person", args=[ada.ref])).content.decode()
    history = client.get(reverse("person_history", args=[ada.ref])).content.decode()
    asking = client.get(reverse("refer_unanswered", args=[letter.pk])).content.decode()
    beside = client.get(reverse("home_beside")).content.decode()

    assert "Home education, Year 11: January" in record
    assert "Letter to their parents or carers" in history
    assert "First find out whether the address" in client.get(reverse("letters_unanswered")).content.decode()
    assert "Not yet:" in asking
    assert '<option value="home_education" selected>' in asking
    assert f'<option value="{post.home.pk}" selected>' in asking
    assert "without an answer" in beside
    refused = client.post(reverse("refer_unanswered", args=[letter.pk]), {"to_service": post.home.pk,
                          "reason": "home_education", "words": "", "asks": "lead"}).content.decode()  # fmt: skip
    assert "Nothing is to be referred here" in refused


def test_a_district_lead_sees_their_own_letters_only_and_no_page_counts_statements_by_people(
    client, post, django_assert_max_num_queries
):
    other = make_district(post.authority)
    far = make_person(post.authority, date_of_birth=date(2011, 3, 1), given_name="Far")
    make_residence(far, district=other)
    for number in range(4):
        post.family(f"Ada{number}")
    post.send(far)
    chief = make_user("district_lead", post.authority, district=post.district)
    theirs = post.make(by=chief)
    batch = LetterBatch.objects.exclude(pk=theirs.pk).get()

    sign_in(client, chief)
    assert client.get(reverse("letter_batch", args=[batch.ref])).status_code == 404
    assert client.get(reverse("letter", args=[batch.letters.get().pk])).status_code == 404
    assert str(batch.ref) not in client.get(reverse("letters_board")).content.decode()
    sign_in(client, post.officer)
    shown = (
        reverse("letters_board"),
        reverse("letters_due", args=[FIRST]),
        reverse("letter_batch", args=[theirs.ref]),
        reverse("letters_unanswered"),
    )
    for url in shown:
        with django_assert_max_num_queries(25):
            assert client.get(url).status_code == 200
