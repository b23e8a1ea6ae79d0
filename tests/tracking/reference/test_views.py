"""The pages of the code lists and rules, by what people may do on them."""

import pytest
from django.urls import reverse

from tests.factories import make_activity, make_authority, make_person, make_user
from tracking.reference.actions import load_seed
from tracking.reference.models import ReferenceRow, ReferenceYear

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _seeded(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22")
    load_seed()


@pytest.fixture
def authority():
    return make_authority()


@pytest.fixture
def mi(authority, signed_in):
    return signed_in(make_user("mi_officer", authority))


@pytest.fixture
def officer(authority, signed_in):
    return signed_in(make_user("tracking_officer", authority))


def row(table: str, key: str) -> ReferenceRow:
    return ReferenceRow.objects.get(table=table, key=key, valid_to=None)


def typed(found: ReferenceRow, **changed: str) -> dict[str, str]:
    values = {f"value_{name}": text for name, text in found.values.items()}
    days = {"from_on_day": "1", "from_on_month": "4", "from_on_year": "2026"}
    return {**values, **days, "evidence": "confirmed", "why": "Page 72", **changed}


def test_tables_are_listed_in_words(officer, assert_statements):
    with assert_statements(9):
        page = officer.get(reverse("reference")).content.decode()

    assert "How long we may believe it" in page
    assert "currency_rules" not in page.replace("/rules/currency_rules/", "")


def test_a_table_shows_the_rows_of_the_chosen_year(officer):
    now = officer.get(reverse("reference_table", args=["activity_codes"])).content.decode()
    then = officer.get(reverse("reference_table", args=["activity_codes"]), {"year": 2016}).content.decode()

    assert "Refugee or asylum seeker (720)" in then
    assert "Refugee or asylum seeker (720)" not in now


@pytest.mark.parametrize("year", ["1066", "abc", ""])
def test_a_year_without_rules_falls_back_to_this_one(officer, year):
    page = officer.get(reverse("reference_table", args=["activity_codes"]), {"year": year})

    assert page.status_code == 200
    assert "April 2026 to March 2027" in page.content.decode()


def test_an_officer_reads_and_does_not_change(officer):
    found = row("currency_rules", "310")

    page = officer.get(reverse("reference_row", args=[found.pk])).content.decode()

    assert "Apprentice (310)" in page
    assert reverse("reference_row_change", args=[found.pk]) not in page
    for name in ("reference_row_change", "reference_row_close"):
        assert officer.get(reverse(name, args=[found.pk])).status_code == 404
    assert officer.post(reverse("reference_year_looked_through", args=[2026])).status_code == 404


def test_a_change_shows_its_effect_before_it_is_made(mi, authority):
    make_activity(make_person(authority, family_name="Quill"), "310", "2026-01-05", verified_on="2026-01-10")
    found = row("currency_rules", "310")
    asked = typed(found, value_amount="6")

    seen = mi.post(
        reverse("reference_row_change", args=[found.pk]), {**asked, "step": "check"}
    ).content.decode()

    assert "The one young person who does this" in seen
    assert "Quill" in seen
    assert row("currency_rules", "310").pk == found.pk

    done = mi.post(reverse("reference_row_change", args=[found.pk]), {**asked, "step": "apply"})

    assert done.status_code == 302
    assert row("currency_rules", "310").values["amount"] == "6"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"why": ""}, "Say why you are changing it"),
        ({"value_amount": "lots"}, "How many must be a whole number"),
        ({"from_on_day": "", "from_on_month": "", "from_on_year": ""}, "Enter the first day it holds"),
        ({"from_on_year": "2010"}, "must begin after the row it replaces"),
    ],
)
def test_what_is_wrong_is_said(mi, changed, words):
    found = row("currency_rules", "310")

    page = mi.post(reverse("reference_row_change", args=[found.pk]), typed(found, **changed)).content.decode()

    assert words.lower() in page.lower()


def test_a_row_is_added_and_ended(mi):
    asked = {
        "value_code": "X",
        "value_label": "Another",
        "value_plain_words": "Another",
        "evidence": "confirmed",
        "from_on_day": "1",
        "from_on_month": "4",
        "from_on_year": "2027",
        "why": "New",
        "step": "apply",
    }

    mi.post(reverse("reference_row_add", args=["gender_codes"]), asked)
    made = row("gender_codes", "X")
    mi.post(
        reverse("reference_row_close", args=[made.pk]),
        {
            "last_on_day": "31",
            "last_on_month": "3",
            "last_on_year": "2029",
            "why": "Dropped",
            "step": "apply",
        },
    )

    made.refresh_from_db()
    assert (made.valid_from.year, made.valid_to.year) == (2027, 2029)


def test_ticked_rows_are_confirmed_and_only_those_of_the_table(mi):
    mine, other = row("gender_codes", "F"), row("ethnicity_codes", "WBRI")

    mi.post(reverse("reference_confirm", args=["gender_codes", 2026]), {"ticked": [mine.pk, other.pk]})

    assert row("gender_codes", "F").values["last_seen"] == "2026-27"
    assert row("gender_codes", "F").evidence == "confirmed"
    assert row("ethnicity_codes", "WBRI").values["last_seen"] == "2020-21"


def test_confirming_nothing_says_so(mi):
    page = mi.post(
        reverse("reference_confirm", args=["gender_codes", 2026]), {}, follow=True
    ).content.decode()

    assert "Tick the rows" in page


def test_the_rule_year_says_what_is_sure_what_changed_and_what_to_look_up(mi):
    page = mi.get(reverse("reference_year", args=[2026])).content.decode()

    assert "Nobody has looked through" in page
    assert "The appendix with the error report." in page
    assert "Illegal in names" in page


def test_the_rule_year_is_looked_through_once_somebody_says_so(mi):
    mi.post(reverse("reference_year_looked_through", args=[2026]), {"remark": "All of Appendix D"})

    page = mi.get(reverse("reference_year", args=[2026])).content.decode()

    assert ReferenceYear.objects.get().starts_on.isoformat() == "2026-04-01"
    assert "All of Appendix D" in page
    assert "Nobody has looked through" not in page


@pytest.mark.parametrize(
    "name", ["/rules/nothing/", "/rules/row/999999/", "/rules/year/1850/", "/rules/nothing/add/"]
)
def test_what_is_not_there_is_not_there(mi, name):
    assert mi.get(name).status_code == 404


def test_no_page_shows_a_bare_code_or_an_unconfirmed_label(officer):
    for name in ("activity_codes", "activity_requirements", "currency_rules", "characteristic_codes"):
        page = officer.get(reverse("reference_table", args=[name])).content.decode()
        assert "label not confirmed" not in page
        assert '<th scope="row"><a' in page


def test_rules_of_allocation_stand_in_their_order_with_facts_in_words(officer):
    page = officer.get(reverse("reference_table", args=["allocation_rules"])).content.decode()

    found = [page.index(f"({code})") for code in ("care_elsewhere", "care_here", "court_order", "mainstream")]
    assert found == sorted(found)
    assert "an EHC plan, wants to go on in education" in page


def test_facts_of_a_rule_are_ticked_and_all_of_them_kept_through_the_preview(mi):
    found = row("allocation_rules", "plan_wants_education")
    asked = typed(found, value_order="91") | {
        "value_needs": found.values["needs"].split(),
        "from_on_month": "11",
    }
    asked |= {f"value_{name}": [] for name in ("none_of", "any_of")}
    url = reverse("reference_row_change", args=[found.pk])

    seen = mi.post(url, {**asked, "step": "check"}).content.decode()
    assert seen.count('name="value_needs"') == 2
    mi.post(url, {**asked, "step": "apply"})

    changed = row("allocation_rules", "plan_wants_education").values
    assert (changed["needs"], changed["order"]) == ("plan wants_education", "91")
