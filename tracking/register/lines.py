"""What programs get of a young person: fields the asker does not read are not there at all."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from neet.accounts.models import User
from tracking.register.columns import columns
from tracking.register.models import Seeking
from tracking.register.queries.person import PersonPage
from tracking.register.queries.register import Line
from tracking.register.queries.seeking import barrier_words, level_words, sector_words
from tracking.register.queries.standing import Standing
from tracking.rules.codes import Status

# Which column of the register each field of a line is made from.
MADE_FROM = {
    "given_name": "given_name",
    "family_name": "family_name",
    "born_on": "born_on",
    "year_group": "born_on",
    "status": "activity_code",
    "status_words": "activity_code",
    "activity": "activity_code",
    "since": "since",
    "confirmed_on": "verified_on",
    "counts_until": "counts_until",
    "neet_since": "neet_since",
    "place": "place",
    "lead": "lead",
    "district": "district_name",
    "upn": "pupil_number",
}


class Partial(serializers.Serializer):
    """What is not in the given dictionary is left out, where it would else be handed out as nothing known."""

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return {
            name: value for name, value in super().to_representation(instance).items() if name in instance
        }


class Coded(serializers.Serializer):
    code = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)


class PersonLine(Partial):
    """One young person in a list. Every field but `ref` is left out where the asker does not read it."""

    ref = serializers.UUIDField()
    given_name = serializers.CharField(required=False)
    family_name = serializers.CharField(required=False)
    born_on = serializers.DateField(required=False, allow_null=True)
    year_group = serializers.IntegerField(required=False, allow_null=True)
    status = serializers.ChoiceField(choices=[each.value for each in Status], required=False)
    status_words = serializers.CharField(required=False)
    activity = Coded(required=False)
    since = serializers.DateField(required=False, allow_null=True)
    confirmed_on = serializers.DateField(required=False, allow_null=True)
    counts_until = serializers.DateField(required=False, allow_null=True)
    neet_since = serializers.DateField(required=False, allow_null=True)
    place = serializers.CharField(required=False, allow_null=True, allow_blank=True)
    lead = serializers.CharField(required=False, allow_null=True, allow_blank=True)
    district = serializers.CharField(required=False, allow_null=True)
    upn = serializers.CharField(required=False, allow_null=True, allow_blank=True)


class PersonPageAnswer(serializers.Serializer):
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = PersonLine(many=True)


class DetailLine(serializers.Serializer):
    words = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)
    code = serializers.CharField(allow_blank=True)


class AddressLine(serializers.Serializer):
    lines = serializers.ListField(child=serializers.CharField())
    postcode = serializers.CharField(allow_blank=True)
    district = serializers.CharField(allow_blank=True)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)


class ContactLine(serializers.Serializer):
    kind = serializers.CharField()
    value = serializers.CharField()
    whose = serializers.CharField()
    do_not_use = serializers.BooleanField()
    ended_on = serializers.DateField(allow_null=True)


class CircumstanceLine(serializers.Serializer):
    words = serializers.CharField()
    code = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)


class ActivityAnswer(serializers.Serializer):
    words = serializers.CharField()
    code = serializers.CharField()
    place = serializers.CharField(allow_blank=True)
    course = serializers.CharField(allow_blank=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    expected_end_on = serializers.DateField(allow_null=True)
    is_present = serializers.BooleanField()
    is_primary = serializers.BooleanField()


class AnswerableLine(serializers.Serializer):
    words = serializers.CharField()
    who = serializers.CharField(allow_blank=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class SoughtLine(Partial):
    sector = Coded()
    level = Coded()
    district = serializers.CharField(allow_blank=True)
    starts_from = serializers.DateField(allow_null=True)
    barriers = Coded(many=True, required=False)
    agreed = serializers.CharField(allow_blank=True)
    agreed_on = serializers.DateField(allow_null=True)
    said_on = serializers.DateField()


class PersonAnswer(Partial):
    """One record. Every part but `ref` is left out where the asker does not read it."""

    ref = serializers.UUIDField()
    name = serializers.CharField(required=False)
    born_on = serializers.DateField(required=False, allow_null=True)
    year_group = serializers.IntegerField(required=False, allow_null=True)
    upn = serializers.CharField(required=False, allow_null=True, allow_blank=True)
    status = serializers.ChoiceField(choices=[each.value for each in Status], required=False)
    status_words = serializers.CharField(required=False)
    counts_until = serializers.DateField(required=False, allow_null=True)
    details = DetailLine(many=True)
    addresses = AddressLine(many=True, required=False)
    contacts = ContactLine(many=True, required=False)
    circumstances = CircumstanceLine(many=True, required=False)
    guarantees = DetailLine(many=True, required=False)
    looking_for = SoughtLine(required=False, allow_null=True)
    activities = ActivityAnswer(many=True, required=False)
    responsible = AnswerableLine(many=True, required=False)


def lines_for(lines: Iterable[Line], user: User, on: date) -> list[dict[str, Any]]:
    """The lines as they are handed out: only fields whose column this user reads."""
    read = columns(user, on)
    return [
        {"ref": line.ref, **{name: value for name, value in _line(line).items() if MADE_FROM[name] in read}}
        for line in lines
    ]


def _line(line: Line) -> dict[str, Any]:
    now = line.standing
    return {
        "given_name": line.given_name,
        "family_name": line.family_name,
        "born_on": line.born_on,
        "year_group": line.year,
        **_status(now),
        "activity": {"code": now.facts.code, "words": now.activity},
        "since": now.facts.since,
        "confirmed_on": now.facts.verified_on,
        "counts_until": now.facts.counts_until,
        "neet_since": now.facts.neet_since,
        "place": line.place,
        "lead": line.lead,
        "district": line.district,
        "upn": line.upn,
    }


def _status(now: Standing) -> dict[str, str]:
    return {"status": now.status.value, "status_words": now.words}


def answer_for(page: PersonPage) -> Mapping[str, Any]:
    """A record as it is handed out: only parts this user reads."""
    shown = page.identity()
    answer: dict[str, Any] = {"ref": page.person.ref, "details": page.details()}
    if page.reads("youngperson.given_name", "youngperson.family_name"):
        answer["name"] = shown.name
    if page.reads("youngperson.date_of_birth"):
        answer |= {"born_on": shown.born_on, "year_group": shown.year}
    if page.reads("youngperson.upn"):
        answer["upn"] = shown.upn
    if page.reads("situation.code"):
        answer |= _status(shown.standing)
    if page.reads("situation.lapses_on"):
        answer["counts_until"] = shown.standing.facts.counts_until
    return {**answer, **{name: part() for name, (field, part) in _parts(page).items() if page.reads(field)}}


def _parts(page: PersonPage) -> dict[str, tuple[str, Any]]:
    return {
        "addresses": ("residence.line_1", page.addresses),
        "contacts": ("contactpoint.value", page.ways_to_reach),
        "circumstances": ("characteristic.code", page.circumstances),
        "guarantees": ("guarantee.status", page.guarantees),
        "looking_for": ("seeking.sector", lambda: _sought(page)),
        "activities": ("activity.code", page.activities),
        "responsible": ("responsibility.service", page.responsible),
    }


def _sought(page: PersonPage) -> dict[str, Any] | None:
    """What they seek, in codes and words; one statement. None where it is not written down."""
    held = Seeking.objects.filter(person=page.person).select_related("district").first()
    if held is None:
        return None
    answer = {
        "sector": {"code": held.sector, "words": sector_words(held.sector, page.rules)},
        "level": {"code": held.level, "words": level_words(held.level, page.rules)},
        "district": held.district.name if held.district else "",
        **{name: getattr(held, name) for name in ("starts_from", "agreed", "agreed_on", "said_on")},
    }
    if page.reads("seeking.barriers"):
        answer["barriers"] = [
            {"code": code, "words": barrier_words(code, page.rules)} for code in held.barriers
        ]
    return answer
