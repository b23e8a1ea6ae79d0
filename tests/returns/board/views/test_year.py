"""The year by months, setting it up on the page, terms and articles."""

from datetime import date

import pytest
from django.urls import reverse

from returns.calendar.models import Article, Collection, SchoolTerm
from tests.browser import assert_accessible
from tests.factories import make_authority, make_college, make_school, make_user
from tests.returns.calendar.factories import expect, make_collection
from tracking.register.models import Task

pytestmark = pytest.mark.django_db
PASTED = """Term 1\t02/09/2026\t23/10/2026
Term 2\t02/11/2026\t18/12/2026
Term 3\t04/01/2027\t12/02/2027"""


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-08-24T09:00")


@pytest.fixture
def authority():
    found = make_authority(name="Ambleshire", contact_name="Pat Data")
    make_school(la_code=found.code, name="Sixth Form School")
    make_college(la_code=found.code, name="Amble College")
    return found


@pytest.fixture
def officer(authority):
    return make_user("mi_officer", authority)


@pytest.fixture
def client(officer, signed_in):
    return signed_in(officer)


def text(answer):
    return answer.content.decode()


def test_an_empty_year_says_so_and_offers_to_be_set_up(client):
    page = text(client.get(reverse("returns_year") + "?year=1066"))

    assert "Nothing is planned for 2025-26" in page
    assert "Set up 2026-27" in page
    assert "terms of 2025-26 are not entered yet" in page


def test_what_is_ticked_is_made_on_the_days_that_were_typed(client):
    url = reverse("set_up_returns", args=[2026])
    page = text(client.get(url))
    assert 'value="11/9/2026"' in page

    wrong = client.post(url, {"make-enrolment_schools": "on", "due-enrolment_schools": "31/9/2026"})
    assert "Error: " in text(wrong)
    assert not Collection.objects.exists()

    typed = {
        "make-enrolment_schools": "on", "due-enrolment_schools": "Thu 17 September 2026",
        "make-joiners_leavers_schools-10": "on", "due-joiners_leavers_schools-10": "30/10/2026",
        "due-enrolment_colleges": "25/9/2026",
    }  # fmt: skip
    made = client.post(url, typed, follow=True)
    assert "2 returns are in the calendar of 2026-27" in text(made)
    due = dict(Collection.objects.values_list("pattern", "due_on"))
    assert due == {"enrolment_schools": date(2026, 9, 17), "joiners_leavers_schools:10": date(2026, 10, 30)}


def test_days_of_another_year_are_refused(client):
    url = reverse("set_up_returns", args=[2026])

    for typed, words in (
        ("11/9/2027", "must lie between"),
        ("", "enter the day"),
        ("soon", "Enter a day like"),
    ):
        page = text(client.post(url, {"make-enrolment_schools": "on", "due-enrolment_schools": typed}))
        assert words in page

    assert client.get(reverse("set_up_returns", args=[2024])).status_code == 404


def test_the_year_shows_how_many_have_answered_and_who_is_late(
    client, authority, officer, signed_in, monkeypatch
):
    client.post(
        reverse("set_up_returns", args=[2026]),
        {"make-enrolment_schools": "on", "due-enrolment_schools": "11/9/2026"},
    )
    monkeypatch.setenv("DJANGO_NOW", "2026-09-16T09:00")
    Collection.objects.update(published_at="2026-09-01T09:00Z")
    hand_made = make_collection(
        authority, title="By hand", due_on=date(2026, 10, 8), opens_on=date(2026, 9, 1)
    )
    expect(hand_made, nil_at="2026-09-10T09:00Z")

    page = text(signed_in(officer).get(reverse("returns_year")))

    assert page.index("September 2026") < page.index("October 2026")
    assert "0 of 1" in page
    assert "1 of 1" in page
    assert "Late" in page
    assert "All in" in page
    assert "Chosen by hand" in page


def test_terms_are_pasted_and_returns_in_the_holidays_are_moved(client):
    client.post(
        reverse("set_up_returns", args=[2026]),
        {"make-joiners_leavers_schools-12": "on", "due-joiners_leavers_schools-12": "31/12/2026"},
    )
    terms = reverse("school_terms", args=[2026])

    wrong = text(client.post(terms, {"terms": "Term 1, soon, later"}))
    assert "we cannot read its two days" in wrong
    assert not SchoolTerm.objects.exists()

    after = client.post(terms, {"terms": PASTED}, follow=True)
    assert "1 return is due in the school holidays" in text(after).lower()
    assert "19 Dec 2026" in text(client.get(terms))

    moved = client.post(reverse("move_returns", args=[2026]), follow=True)
    assert "1 return moved to a school day" in text(moved)
    assert Collection.objects.get().due_on == date(2026, 12, 18)


def test_an_article_is_read_changed_taken_and_marked_as_sent(client, authority, signed_in):
    client.post(
        reverse("set_up_returns", args=[2026]),
        {"make-enrolment_schools": "on", "due-enrolment_schools": "11/9/2026"},
    )
    article = Article.objects.get(pattern="article_enrolment")
    here = reverse("article", args=[article.pk])
    assert "Schools send it by Friday 11 September 2026" in text(client.get(here))

    change = reverse("change_article", args=[article.pk])
    typed = {"title": "Lists", "due_on_0": "4", "due_on_1": "9", "due_on_2": "2026"}
    day = {"due_on_day": "4", "due_on_month": "9", "due_on_year": "2026"}
    assert "Nothing is filled in" in text(client.post(change, {**typed, **day, "words": "By {tomorrow}"}))
    client.post(change, {**typed, **day, "words": "By {enrolment_schools}."})

    taken = client.get(reverse("article_text", args=[article.pk]))
    assert text(taken) == "Lists\n\nBy Friday 11 September 2026.\n"
    assert "attachment" in taken["Content-Disposition"]

    assert "marked as sent" in text(client.post(reverse("article_sent", args=[article.pk]), follow=True))
    assert not Task.objects.filter(kind="article", cause=f"article:{article.pk}", done_at=None).exists()
    manager = signed_in(make_user("manager", authority))
    assert "Mark as sent" not in text(manager.get(here))
    elsewhere = signed_in(make_user("mi_officer", make_authority()))
    assert elsewhere.get(here).status_code == 404


def test_the_pages_take_the_same_statements_for_few_and_many(
    client, authority, django_assert_max_num_queries
):
    for number in range(20):
        make_school(la_code=authority.code, name=f"School {number}")
    with django_assert_max_num_queries(25):
        client.get(reverse("set_up_returns", args=[2026]))
    page = client.get(reverse("set_up_returns", args=[2026]))
    form = page.context["form"]
    client.post(
        reverse("set_up_returns", args=[2026]),
        {
            name: value
            for _, rows, _ in form.parts()
            for each, make, due in rows
            for name, value in ((make.html_name, "on"), (due.html_name, f"{each.planned.due_on:%d/%m/%Y}"))
        },
    )
    assert Collection.objects.count() > 60

    with django_assert_max_num_queries(25):
        client.get(reverse("returns_year") + "?year=2026")


@pytest.mark.browser
def test_a_data_officer_sets_next_year_up(browse, officer):
    page = browse(officer)
    page.goto(reverse("returns_year"))
    page.get_by_role("button", name="Terms and holidays").click()
    assert_accessible(page)
    page.goto(reverse("school_terms", args=[2026]))
    page.get_by_label("Terms").fill(PASTED)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="The year").first.click()
    page.get_by_role("button", name="Set up 2026-27").click()
    assert_accessible(page)
    page.get_by_label("Post-16 enrolment at schools: due").fill("17 Sept 2026")
    page.get_by_label("Make List: youth justice, May").uncheck()
    page.get_by_role("button", name="Make what is ticked").click()
    page.get_by_text("in the calendar of 2026-27").wait_for()
    assert_accessible(page)
    assert Collection.objects.get(pattern="enrolment_schools").due_on == date(2026, 9, 17)
    assert not Collection.objects.filter(pattern="list_youth_justice:05").exists()
    page.get_by_role("link", name="Article: Autumn enrolment").click()
    assert_accessible(page)


def test_a_list_that_came_of_itself_leads_to_the_lists_of_its_kind(client, authority):
    as_it_came = {"pattern": Collection.AS_IT_COMES, "academic_year": 2026}
    make_collection(authority, type="looked_after", due_on=date(2026, 9, 30), **as_it_came)

    page = text(client.get(reverse("returns_year") + "?year=2026"))

    url = reverse("lists_of_kind", args=["looked_after"])
    assert f'<a href="{url}">' in page
    assert client.get(url).status_code == 200
