"""The pages of pairs, as officers use them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.factories import make_activity, make_note, make_objection, make_user, sign_in
from tests.tracking.merging.conftest import one_of_them
from tracking.merging.models import Duplicate, DuplicateSearch, Merge
from tracking.register.models import YoungPerson

LIST = "/duplicates/"


@pytest.fixture
def pair(authority, kept, gone) -> Duplicate:
    make_activity(kept), make_activity(gone, "310")
    return Duplicate.objects.create(
        authority=authority, first=kept, second=gone, sure=0.97, levels=[2, 1, 1, 5, 0, 0, 0, 1, 0, 0]
    )


def test_an_officer_puts_a_pair_together_and_takes_it_apart_again(desk, pair, kept, gone) -> None:
    listed = desk.get(LIST).content.decode()
    assert "Orla Quillfeather and Orlah Quillfeather" in listed
    assert "very likely" in listed
    page = desk.get(reverse("next_duplicate"), follow=True)
    assert 'name="given_name" value="first"' in page.content.decode()
    answer = {"answer": "same", "kept": "first", "given_name": "second"}

    after = desk.post(reverse("duplicate", args=[pair.pk]), answer, follow=True).content.decode()

    assert f"Put together as {kept.young_person_id}" in after
    assert YoungPerson.objects.get(pk=kept.pk).given_name == "Orlah"
    merge = Merge.objects.get()
    assert "Two records again?" in desk.get(reverse("take_merge_apart", args=[merge.pk])).content.decode()
    answer = desk.post(reverse("take_merge_apart", args=[merge.pk]))
    assert answer.headers["Location"] == reverse("person", args=[gone.ref])
    pair.refresh_from_db()
    assert pair.state == Duplicate.State.NOT_THE_SAME
    assert "Said to be two people lately" in desk.get(LIST).content.decode()


def test_two_people_later_and_asked_again(desk, authority, pair) -> None:
    here = reverse("duplicate", args=[pair.pk])
    other = Duplicate.objects.create(
        authority=authority,
        first=one_of_them(authority),
        second=one_of_them(authority),
        sure=0.5,
        levels=[1] * 10,
    )

    later = desk.post(here, {"answer": "later", "kept": "first"})
    assert desk.get(later.headers["Location"]).headers["Location"] == reverse("duplicate", args=[other.pk])
    desk.post(here, {"answer": "two", "kept": "first"})
    assert desk.get(here).status_code == 404
    desk.post(reverse("duplicate_again", args=[pair.pk]))

    assert desk.get(here).status_code == 200
    wrong = desk.post(here, {"answer": "perhaps"}, follow=True).content.decode()
    assert "Say whether they are one person" in wrong


def test_nothing_waits_and_the_register_is_searched_at_once(desk, authority, officer, kept, gone) -> None:
    assert "No pair waits" in desk.get(LIST).content.decode()

    desk.post(reverse("search_duplicates"))
    desk.post(reverse("search_duplicates"))
    job = Job.objects.get(kind="merging.register_searched")
    assert "Searching the register" in desk.get(LIST).content.decode()
    run(job_id=job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert DuplicateSearch.objects.get().people == 2
    assert "everybody was compared, 2 young people" in desk.get(LIST).content.decode()


def test_a_number_somebody_asked_us_not_to_tell_is_not_shown(desk, pair, kept) -> None:
    make_objection(kept, made_by="young_person", made_on=date(2026, 9, 1))

    page = desk.get(reverse("duplicate", args=[pair.pk])).content.decode()

    assert kept.upn not in page
    assert "Not shown: they asked us not to be told" in page


def test_pages_take_a_constant_number_of_statements(
    desk, authority, pair, django_assert_max_num_queries
) -> None:
    for place in range(30):
        one, other = one_of_them(authority), one_of_them(authority)
        make_note(one)
        Duplicate.objects.create(
            authority=authority, first=one, second=other, sure=0.5 + place / 100, levels=[1] * 10
        )
    desk.get(LIST)

    with django_assert_max_num_queries(20):
        desk.get(LIST)
    with django_assert_max_num_queries(22):
        desk.get(reverse("duplicate", args=[pair.pk]))


def test_who_may_not_put_together_finds_nothing(authority, pair) -> None:
    desk = sign_in(Client(), make_user("hub_worker", authority))

    assert desk.get(LIST).status_code == 404
    assert desk.get(reverse("duplicate", args=[pair.pk])).status_code == 404
