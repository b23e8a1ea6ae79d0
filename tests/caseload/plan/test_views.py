"""The board with its list, as a file and on paper; posts; who may not."""

from datetime import date

import pytest
from django.urls import reverse

from caseload.plan.actions import save_post, set_up_year
from caseload.plan.models import Post
from caseload.plan.queries.items import tasks_of
from caseload.plan.queries.posts import directory
from caseload.plan.statements import PostTold
from schools.models import Membership
from tests.caseload.plan.conftest import SEPTEMBER, TODAY
from tests.factories import make_school, make_user, sign_in
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db
YEAR = 2026


def sent(answer):
    return b"".join(answer.streaming_content)


def test_the_board_and_the_directory_cost_the_same_however_much_is_planned(
    council, client, django_assert_max_num_queries
):
    set_up_year(authority=council.authority, year=YEAR, on=SEPTEMBER, by=council.lead)
    sign_in(client, council.lead)
    client.get(reverse("year_plan"))

    with django_assert_max_num_queries(20):
        page = client.get(reverse("year_plan")).text
    assert "44 items" in page or "items" in page
    with django_assert_max_num_queries(20):
        client.get(reverse("posts"))
    with django_assert_max_num_queries(20):
        assert "No item matches" in client.get(reverse("year_plan"), {"state": "not_needed"}).text
    late = sent(client.get(reverse("year_plan_file"), {"state": "late"})).decode("utf-8-sig").splitlines()
    assert late[0].startswith("Item,Service,Due on")
    assert all(",Late," in line for line in late[1:])
    assert len(late) == 1 + tasks_of(council.authority.pk, YEAR).filter(due_on__lt=TODAY).count()
    assert sent(client.get(reverse("year_plan_paper"))).startswith(b"%PDF")


def test_an_item_is_settled_on_its_page_by_those_who_may(council, client):
    set_up_year(authority=council.authority, year=YEAR, on=SEPTEMBER, by=council.lead)
    task = tasks_of(council.authority.pk, YEAR).get(cause__contains=":christmas_leavers:")
    page = reverse("plan_task", args=[task.pk])

    sign_in(client, council.officer)
    assert "Whoever answers for it" in client.get(page).text
    client.post(page, {"act": "done"})
    task.refresh_from_db()
    assert task.done_at is None
    sign_in(client, council.worker)
    assert "Enter why it is not needed" in client.post(page, {"act": "not_needed"}).text
    client.post(page, {"act": "not_needed", "words": "No hubs"})
    task.refresh_from_db()
    assert task.outcome == "Not needed: No hubs"
    client.post(page, {"act": "again"})
    task.refresh_from_db()
    assert task.done_at is None


def test_nobody_at_a_school_sees_the_plan_and_who_has_no_council_is_told(council, client):
    school = make_user("school_user", council.authority, establishment=make_school())
    for name in ("year_plan", "posts", "council_like", "year_plan_file"):
        sign_in(client, school)
        assert client.get(reverse(name)).status_code == 404
    sign_in(client, make_user("system_admin"))
    assert client.get(reverse("year_plan")).url == reverse("home")


def test_the_directory_says_where_nobody_answers(council):
    set_up_year(authority=council.authority, year=YEAR, on=SEPTEMBER, by=council.lead)
    council.post(holder=council.lead)
    gone = make_user("manager", council.authority, ends_on=date(2026, 10, 9), name="Gus Gone")
    council.post("Participation manager", service=None, holder=gone)
    council.post("Tracking lead", service=None, holder=council.officer, away_from=TODAY, away_until=TODAY)
    council.post("Data lead", service=None, holder_words="Agency cover, 01632 960000")
    council.post("Hub lead", ends_on=date(2026, 11, 1), holder=council.worker)

    found = directory(council.authority, TODAY)

    assert "Participation manager: nobody since 10 October 2026" in found.gaps
    assert "Tracking lead: away until 23 November 2026, and nobody stands in" in found.gaps
    assert "Hub lead (NEET support): nobody since 2 November 2026" in found.gaps
    assert "SEND lead (SEND team): no such post, and 4 items of the plan wait for it" in found.gaps or any(
        "(SEND team): no such post" in each for each in found.gaps
    )
    assert "SEND team: nobody receives the list of the month" in found.gaps
    assert [each.is_held for each in found.posts if each.words == "Data lead"] == [True]
    assert ("Service lead", "NEET support", "Lee Lead") in {
        (each.role, each.place, each.name) for each in found.leads
    }


def test_a_post_changes_hands_and_its_items_with_it(council, client):
    set_up_year(authority=council.authority, year=YEAR, on=SEPTEMBER, by=council.lead)
    task = tasks_of(council.authority.pk, YEAR).get(cause__contains=":christmas_leavers:")
    sign_in(client, council.data)
    asked = {"words": "Service lead", "service": council.support.pk, "holder": council.lead.pk}

    client.post(reverse("add_post"), asked)
    task.refresh_from_db()
    assert task.owner == council.lead
    post = Post.objects.get()
    client.post(reverse("change_post", args=[post.pk]), {**asked, "holder": council.worker.pk})
    task.refresh_from_db()
    assert task.owner == council.worker
    refused = client.post(reverse("change_post", args=[post.pk]), {**asked, "deputy": council.lead.pk})
    assert "Somebody else stands in for the holder" in refused.text
    with pytest.raises(NotPermitted):
        save_post(authority=council.authority, told=PostTold("Mine"), by=council.worker)
    with pytest.raises(NotRight) as wrong:
        save_post(
            authority=council.authority, by=council.lead,
            told=PostTold(" ", away_from=TODAY, ends_on=date(2026, 1, 1)),
        )  # fmt: skip
    assert set(wrong.value.words) == {"words", "away_until", "ends_on"}
    assert not Membership.objects.filter(user=council.data, role="tracking_officer").exists()
