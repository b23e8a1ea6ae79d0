"""The impact assessment and the record of processing say what is in force, and leave nothing of it out."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from neet import clock
from neet.accounts.roles import ROLES
from neet.audit.models import AuditEvent
from tests.factories import make_authority, make_person, sign_in
from tests.tracking.rights.conftest import Council
from tracking.reference.models import ReferenceRow
from tracking.reference.queries import ruleset
from tracking.register.fields import policy
from tracking.register.people_tables import direct
from tracking.rights import subjects as subjects_of_tables
from tracking.rights.assessment import (
    OPEN,
    Section,
    as_markdown,
    impact_assessment,
    record_of_activities,
    threats,
)
from tracking.rights.kinds import Kind
from tracking.rights.processing import processing
from tracking.rights.subjects import BY_THEIR_WORK, OURS, SIGN_IN, YOUNG_PEOPLE, NobodySaid, subjects
from tracking.rules.retention import RecordClass

pytestmark = pytest.mark.django_db


def part(sections: tuple[Section, ...], words: str) -> Section:
    return next(each for each in sections if words in each.title)


def test_each_table_is_about_somebody_or_nobody() -> None:
    found = subjects()
    tables = [table for each in found.values() for table in each]

    assert sorted(tables) == sorted(
        each._meta.label for each in apps.get_models() if each._meta.app_label in OURS
    )
    assert {each.model for each in direct()} <= set(found[YOUNG_PEOPLE])
    assert "returns.Problem" in found[YOUNG_PEOPLE]  # by the row it stands at
    assert "accounts.User" in found[SIGN_IN]
    assert "tracking.Extract" in found[BY_THEIR_WORK]


def test_a_table_nobody_said_anything_of_stops_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    table = tmp_path / "subjects.csv"
    lines = subjects_of_tables.TABLE.read_text().splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith("schools.Contact")))
    monkeypatch.setattr(subjects_of_tables, "TABLE", table)

    with pytest.raises(NobodySaid, match=r"schools\.Contact"):
        subjects.__wrapped__()


def test_what_is_said_by_hand_is_said_of_tables_there_are() -> None:
    named = re.findall(r"^([a-z]+\.\w+),", subjects_of_tables.TABLE.read_text(), re.MULTILINE)

    assert [each for each in named if apps.get_model(each) is None] == []
    assert len(named) == len(set(named))


def test_every_kind_role_field_and_class_stands_there(council: Council) -> None:
    sections = impact_assessment(council.authority, clock.today())
    kinds = {field.kind for field in policy().values()}
    shown = part(sections, "kinds of facts").rows

    assert {row[0] for row in shown} == {processing()[kind].words for kind in kinds}
    assert sum(int(row[2]) for row in shown) == len(policy())
    assert [row[0] for row in part(sections, "who works with it").rows] == [
        role.words for role in ROLES.values()
    ]
    assert {row[0] for row in part(sections, "How long").rows} == {each.words for each in RecordClass}
    assert all(
        row[2].startswith(("Public task", "Legal obligation")) for row in part(sections, "no more").rows
    )


def test_each_threat_stands_there_with_what_proves_the_control(council: Council) -> None:
    rows = part(impact_assessment(council.authority, clock.today()), "Risks").rows

    assert [row[0] for row in rows] == [f"T{number}" for number in range(1, len(rows) + 1)]
    assert len(rows) >= 32
    assert all(tests and all("::" in each for each in tests) for *_, tests in threats())
    assert all(row[-1] == OPEN for row in rows), "what remains is for people to judge"


def test_how_long_follows_the_dated_rules(council: Council) -> None:
    rule = next(
        each for each in ruleset(clock.today()).retention_rules.values() if each.record_class == "notes"
    )
    before = part(impact_assessment(council.authority, clock.today()), "How long").rows
    row = ReferenceRow.objects.get(table="retention_rules", key=rule.code)
    row.values = {**row.values, "erase_months": "17"}
    row.save()

    after = part(impact_assessment(council.authority, clock.today()), "How long").rows

    assert "17 months" not in {each[4] for each in before}
    assert "17 months" in {each[4] for each in after}


def test_what_is_switched_on_here_is_said(council: Council, settings: Any) -> None:
    settings.CLAMD_ADDRESS = ""
    off = dict(part(impact_assessment(council.authority, clock.today()), "switches on").rows)
    settings.CLAMD_ADDRESS = "/run/clamd"
    on = dict(part(impact_assessment(council.authority, clock.today()), "switches on").rows)

    checked = "Each file that is sent is checked for viruses"
    assert (off[checked].split(":")[0], on[checked]) == ("Off", "On")


def test_only_the_council_s_own_is_counted(council: Council) -> None:
    make_person(make_authority(), given_name="Elsewhere")
    few = dict(part(impact_assessment(council.authority, clock.today()), "how much").rows)
    for name in ("Ann", "Bea", "Cal", "Dee"):
        make_person(council.authority, given_name=name)
    rows = dict(part(impact_assessment(council.authority, clock.today()), "how much").rows)

    assert rows["Young people"] == "5"
    assert rows["People with a place here who may sign in"] == "4"
    assert few["Young people"] == few["Objections to what places of learning pass on"] == "not shown"


def test_the_record_names_who_answers_and_each_kind(council: Council) -> None:
    sections = record_of_activities(council.authority, clock.today())
    text = "".join(as_markdown("Record of processing", sections, clock.today()))

    assert "Controller: Amber Council." in text
    assert "rights@amber.example" in text
    assert {row[0] for row in part(sections, "What is done").rows} == {
        processing()[kind].words for kind in {field.kind for field in policy().values()}
    }
    widths = {line.count(" | ") for line in text.splitlines() if line.startswith("| Who you are")}
    assert widths == {6}


@pytest.mark.parametrize("page", ["assessment", "activities"])
def test_governance_reads_prints_and_takes_it_along(
    council: Council, client: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, council.governance)

    with django_assert_max_num_queries(25):
        shown = client.get(f"/rights/{page}/")
    file = client.get(f"/rights/{page}/file/")

    assert "Erased after" in shown.content.decode()
    assert file["Content-Disposition"].startswith("attachment; filename=")
    assert file.content.decode().startswith("# ")
    assert council.person.given_name not in shown.content.decode() + file.content.decode()
    assert AuditEvent.objects.filter(kind=Kind.ASSESSMENT_READ, user_id=council.governance.pk).count() == 2
    assert sign_in(Client(), council.officer).get(f"/rights/{page}/").status_code == 404


def test_both_are_written_by_a_command(council: Council, tmp_path: Path) -> None:
    call_command("impact_assessment", authority=council.authority.code, out=tmp_path)

    written = {each.name: each.read_text() for each in tmp_path.iterdir()}
    assert set(written) == {"impact-assessment.md", "record-of-processing.md"}
    assert "| T1 |" in written["impact-assessment.md"]
    with pytest.raises(CommandError, match="No authority"):
        call_command("impact_assessment", authority="000", out=tmp_path)
