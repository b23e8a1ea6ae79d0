"""The first page: whose tasks and numbers stand there, and what they open."""

from datetime import date

import pytest
from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.factories import (
    make_activity,
    make_person,
    make_task,
)
from tests.tracking.register.views.test_pages import DESK, SCHOOL, text_of


def home_panel_of(browser, name):
    """The panel drawn by this template of the register, wherever it stands on the first page or beside it."""
    panels = [
        *browser.get(reverse("home")).context["panels"],
        *browser.get(reverse("home_beside")).context["beside"],
    ]
    return next(each for each in panels if each.template == f"tracking/home_{name}.html")


def test_the_first_page_piles_up_tasks_of_a_kind(at_desk, council):
    for _ in range(12):
        make_task(council.ada, "Find out", kind="lapsed", due_on=date(2026, 11, 1))
    browser = at_desk("tracking_officer")

    found = home_panel_of(browser, "piles").piles

    assert {pile.kind: (pile.number, pile.late) for pile in found} == {"lapsed": (12, 12), "by_hand": (1, 1)}
    assert [work.task.words for work in home_panel_of(browser, "tasks").tasks] == ["Find out"] * 8
    for pile in found:
        assert browser.get(reverse("tasks"), {"kind": pile.kind}).context["listing"].total == pile.number


def test_whose_tasks_stand_on_the_first_page_is_written_down(at_desk, council):
    browser = at_desk("tracking_officer")

    browser.get(reverse("home"))

    assert council.ada.pk in AuditEvent.objects.filter(kind="register.list_read").latest("pk").subjects


@pytest.mark.parametrize(
    "role", [*DESK, *SCHOOL, "manager", "governance", "system_admin", "hub_worker", "contractor"]
)
def test_everybody_has_a_first_page(at_desk, role):
    text_of(at_desk(role).get(reverse("home")))


def test_each_number_of_the_first_page_opens_the_list_behind_it(at_desk, council):
    browser = at_desk("tracking_officer")
    for status in ("619", "810", "310"):
        make_activity(make_person(council.authority), status, verified_on="2026-10-01")
    panel = home_panel_of(browser, "numbers")

    assert {tile.words: tile.number for tile in panel.figures}["NEET"] == 1
    for tile in panel.figures:
        assert browser.get(tile.url).context["listing"].total == tile.number, tile.words
