"""Cuts under a name: kept, found by colleagues, opened under one's own rights, forgotten."""

from typing import Any

import pytest
from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.factories import make_authority, make_user, sign_in
from tests.tracking.exploring.conftest import Autumn
from tests.tracking.figures.test_views import page_of
from tracking.exploring.actions import MOST_KEPT, TooMany, keep_cut
from tracking.exploring.models import SavedCut

pytestmark = pytest.mark.django_db
ASKED = {"rows": "gender", "columns": "need", "measure": "neet", "month": "2026-10"}


def test_a_cut_is_kept_without_its_month_and_opens_again(officer: Any, autumn: Autumn) -> None:
    told = officer.post(reverse("keep_cut"), {**ASKED, "name": "Boys and girls"}, follow=True)

    kept = SavedCut.objects.get()
    assert kept.asked == {"rows": "gender", "columns": "need", "measure": "neet"}
    page = page_of(told)
    assert "Kept. It opens with the month in progress." in page
    assert "Boys and girls You" in page
    assert page_of(officer.get(reverse("figures_explore"), kept.asked)).count("December 2026")
    assert AuditEvent.objects.filter(kind="exploring.cut_kept").count() == 1
    officer.post(reverse("keep_cut"), {"rows": "year", "name": "Boys and girls"})
    assert SavedCut.objects.get().asked == {"rows": "year"}
    assert "Not kept" in page_of(officer.post(reverse("keep_cut"), {**ASKED, "name": ""}, follow=True))


def test_colleagues_find_what_is_shared_and_see_what_is_theirs(client: Any, autumn: Autumn) -> None:
    keeper = autumn.user("mi_officer")
    for name, is_shared in (("For all", True), ("Mine alone", False)):
        keep_cut(
            authority=autumn.council, name=name, asked={"rows": "district"}, is_shared=is_shared, by=keeper
        )
    lead = sign_in(client, autumn.user("district_lead", district=autumn.north))

    page = page_of(lead.get(reverse("figures_explore"), {"rows": "district", "month": "2026-11"}))
    assert "For all" in page
    assert "Mine alone" not in page
    assert "Only the young people of your districts and services are counted" in page
    table = page.partition("Choose a cut")[2].partition("Kept cuts")[0]
    assert "=Northby" in table.rpartition("Download as a workbook")[2]
    assert "Southby" not in table.rpartition("Download as a workbook")[2]
    elsewhere = sign_in(client, make_user("mi_officer", make_authority(code="870")))
    assert "For all" not in page_of(elsewhere.get(reverse("figures_explore")))


def test_one_takes_away_what_is_ones_own_only(client: Any, autumn: Autumn) -> None:
    keeper = autumn.user("mi_officer")
    cut = keep_cut(authority=autumn.council, name="For all", asked={}, is_shared=True, by=keeper)

    other = sign_in(client, autumn.user("tracking_officer"))
    assert other.post(reverse("forget_cut", args=[cut.pk])).status_code == 404
    sign_in(client, keeper).post(reverse("forget_cut", args=[cut.pk]))
    assert not SavedCut.objects.exists()


def test_nobody_keeps_more_than_a_list_can_hold(autumn: Autumn) -> None:
    keeper = autumn.user("mi_officer")
    for n in range(MOST_KEPT):
        keep_cut(authority=autumn.council, name=f"Cut {n}", asked={}, is_shared=False, by=keeper)

    with pytest.raises(TooMany):
        keep_cut(authority=autumn.council, name="One more", asked={}, is_shared=False, by=keeper)
    keep_cut(authority=autumn.council, name="Cut 1", asked={"rows": "year"}, is_shared=False, by=keeper)
