"""Digests of facts: equal for equal facts, whatever numbers the database gave them."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.factories import make_authority, make_person
from tracking.register.models import Activity, Characteristic, FormerName
from tracking.state.facts import FACTS
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db

# What is no fact of anybody's record: who may sign in and where, what was searched for, who was let in, what follows.
NO_FACTS = {
    "schools.Membership",
    "schools.Invitation",
    "schools.SystemToken",
    "schools.Attestation",
    "tracking.SavedSearch",
    "tracking.SavedCut",
    "tracking.Group",
    "tracking.PublicFigures",
    "tracking.PublicRelease",
    "tracking.PublicReader",
    "tracking.Extract",
    "tracking.AccessGrant",
    "tracking.Situation",
    "tracking.ReferenceYear",
    "tracking.BulkChange",
    "tracking.BulkPerson",
    "tracking.Replay",
    "tracking.ReplayChange",
    "tracking.CohortFreeze",
    "tracking.Freeze",
    "tracking.FreezeChange",
    "tracking.MonthRecord",
    "tracking.MonthTally",
    "tracking.ReleasedCell",
    "tracking.ReleasedTable",
    "tracking.PublishedFile",
    "tracking.PublishedFigure",
    "tracking.Neighbour",
    "tracking.Keeping",
    "tracking.LegalHold",
    "tracking.ErasureRun",
    "tracking.ErasureLine",
    "tracking.Tombstone",
    "tracking.Archived",
    "tracking.Breach",
    "tracking.Duplicate",
    "tracking.DuplicateSearch",
    "tracking.Merge",
    "tracking.MergeMove",
    "tracking.Move",
    "tracking.MoveTurn",
    "tracking.CouncilAgreement",
    "tracking.RightsRequest",
    "tracking.Recipient",
    "tracking.UseLimited",
    "tracking.Copy",
    "tracking.Entry",
    "tracking.LookedInto",
    "tracking.UnusualReading",
    "tracking.Area",
    "tracking.Postcode",
    "tracking.PopulationEstimate",
    "tracking.DirectoryFile",
    "tracking.Boundary",
}


def test_every_table_is_a_fact_or_said_not_to_be() -> None:
    tables = {f"{model._meta.app_label}.{model.__name__}" for app in ("schools", "tracking") for model in
              apps.get_app_config(app).get_models()}  # fmt: skip

    assert tables == set(FACTS) | NO_FACTS


def test_the_same_fact_under_another_number_gives_the_same_digest() -> None:
    person = make_person(make_authority())
    FormerName.objects.create(person=person, given_name="Ann", family_name="Other")
    before = digests()

    FormerName.objects.all().delete()
    FormerName.objects.create(person=person, given_name="Ann", family_name="Other")

    assert digests() == before


def test_a_change_shows_in_its_own_table_only() -> None:
    person = make_person(make_authority())
    Activity.objects.create(person=person, code="230", starts_on=date(2026, 9, 2))
    before = digests()

    Characteristic.objects.create(person=person, code="110", starts_on=date(2026, 9, 2))

    after = digests()
    assert {table for table in after if after[table] != before[table]} == {"tracking.Characteristic"}


def test_state_hash_prints_a_line_for_each_table() -> None:
    out = StringIO()

    call_command("state_hash", stdout=out)

    assert [line.split()[0] for line in out.getvalue().splitlines()] == list(FACTS)
