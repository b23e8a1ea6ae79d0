"""Every file handed out is opened and looked into, with people, schools and notes named to do harm."""

import io
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from openpyxl import Workbook

from schools.models import District, Establishment, Service
from tests.access.addresses import Address, named
from tests.access.asking import body_of, taken_back
from tests.access.canary import unpacked
from tests.access.papers import faults_of, faults_of_list, faults_of_pdf, faults_of_workbook, faults_of_xml
from tests.access.test_matrix import GUARDED, readable
from tests.access.world import Person, World
from tracking.register.models import Note, Task, YoungPerson

pytestmark = pytest.mark.django_db

# Who asks these is a program, or a page's own script: read where they are, not kept as a file.
READ_IN_PLACE = {"tables:jsi18n", "api_schema"}
# In the world these stand for a file made elsewhere: a few words under another ending than they have in life.
STANDING_IN = {"report_pdf", "report_sheet", "delivery_file"}
HANDED_OUT = {
    "year_11_file", "figures_file", "figures_explore_csv", "figures_explore_workbook", "extract_file",
    "guarantee_file", "public_month_file", "figures_against_file", "released_tables_file", "hotspots_file",
    "export_erasure_list", "erasure_certificate", "record_of_processing", "impact_assessment_file",
    "record_of_activities_file", "copy_file", "submission_download", "article_text", "offers_to_others_file",
    "record_of_flows", "activity_survey_download", "home_authority_file", "survey_silent_file", "survey_flyer",
    "survey_poster", "survey_outstanding", "survey_feedback", "file_put_out", "collect_file", "return_template",
    "gaps_file", "meeting_pack", "outsiders_pack", "campaign_days", "risk_test_file", "print_risk_school",
    "print_transition_plan", "year_plan_file", "year_plan_paper", "indicators_file", "assessment_paper",
    "assessment_file", *STANDING_IN,
}  # fmt: skip
A_FEW = 5
FILES = [each for each in GUARDED if each.name in HANDED_OUT]


@pytest.fixture
def hostile(world: World) -> World:
    """Everything that has a name in the world is named to do harm, for one test."""
    for model, called in ((Establishment, "Link"), (District, "+44"), (Service, "@SUM")):
        for each in model.objects.all():
            words = f'=HYPERLINK("http://evil.example/{each.pk}","{called}")<script>alert(1)</script>'
            model.objects.filter(pk=each.pk).update(name=words[:90])
    YoungPerson.objects.update(given_name='=cmd|"/c calc"!A1', family_name="@SUM(1+1)<script>")
    Note.objects.update(text="\t=1+1<img src=file:///etc/passwd>")
    Task.objects.update(words="-2+3<script>alert(1)</script>")
    return world


def lets_in(address: Address, world: World) -> list[Person]:
    return [
        who for who in world.people.values() if address.lets_in(who.role, "GET") and readable(address, who)
    ]


def asked(address: Address, world: World, who: Person) -> HttpResponse:
    return who.client.get(address.url(named(address, world, who).own))


def is_file(answer: HttpResponse) -> bool:
    return answer.status_code == 200 and not answer.get("Content-Type", "").startswith("text/html")


@pytest.mark.parametrize("address", [pytest.param(each, id=each.name) for each in FILES])
def test_a_file_handed_out_does_no_harm_whatever_people_and_places_are_called(
    address: Address, hostile: World
) -> None:
    for who in lets_in(address, hostile):
        with taken_back(who.client):
            answer = asked(address, hostile, who)
            if is_file(answer):
                assert faults_of(answer, but_its_name=address.name in STANDING_IN) == []
                return
    pytest.fail("nobody was handed it")


def test_names_that_do_harm_stand_in_lists_and_workbooks_as_words(hostile: World) -> None:
    shown = set()
    for address in FILES:
        for who in lets_in(address, hostile):
            with taken_back(who.client):
                answer = asked(address, hostile, who)
                if is_file(answer):
                    held = unescape(unpacked(body_of(answer)).decode(errors="replace"))
                    shown |= {address.name} if "HYPERLINK" in held or "=cmd" in held else set()
                    break

    assert len(shown) >= A_FEW, shown


def test_a_formula_in_a_workbook_is_seen() -> None:
    book, held = Workbook(), io.BytesIO()
    book.active["A1"] = "=1+1"
    book.create_sheet("Behind").sheet_state = "hidden"
    book.properties.creator = "A Person"
    book.save(held)

    assert faults_of_workbook(held.getvalue()) == [
        "a formula in Sheet!A1",
        "Behind is hidden",
        "made by A Person",
    ]


def test_every_file_of_the_list_has_an_address() -> None:
    assert {each.name for each in FILES} == HANDED_OUT


@pytest.mark.assure
def test_no_address_hands_out_a_file_that_is_not_looked_into(world: World) -> None:
    found = {}
    for address in GUARDED:
        for who in lets_in(address, world):
            with taken_back(who.client):
                answer = asked(address, world, who)
                body_of(answer)  # read to its end, so that no file is left open
                kind = answer.get("Content-Type", "")
                is_known = address.name in HANDED_OUT | READ_IN_PLACE or kind == "application/json"
                if is_file(answer) and not is_known:
                    found[address.name] = kind
            if answer.status_code == 200:
                break

    assert found == {}


@pytest.mark.parametrize(
    ("look", "body"),
    [
        (faults_of_list, b"Name,Note\r\nAda,=1+1\r\n"),
        (faults_of_list, b'Name\r\n"\t=1+1"\r\n'),
        (faults_of_pdf, b"%PDF-1.7\n1 0 obj <</S /JavaScript /JS (x)>> endobj"),
        (faults_of_pdf, b"%PDF-1.7\n1 0 obj <</Author (A Person)>> endobj"),
        (faults_of_xml, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ],
)
def test_what_does_harm_is_seen(look: Any, body: bytes) -> None:
    assert look(body)
