"""The table of addresses, and for everything an address may name: one's own, somebody else's, and none at all.

What a part of an address names stands in parts.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from neet.accounts.access import Access, access_of
from neet.accounts.roles import ROLES, Permission
from tests.access.parts import BY_ADDRESS, BY_PART, PARTS_OF_A_RECORD, RECORDS, SHARED, TABLES
from tests.access.world import ABSENT_NUMBER, ABSENT_REF, Person, Record, World
from tracking.reference.models import ReferenceRow

WHOLE_AUTHORITY = {"tracking_officer", "mi_officer", "manager", "governance", "hub_worker"}


@dataclass(frozen=True)
class Address:
    """One line of the URL table."""

    route: str
    name: str
    view: Any
    parts: tuple[str, ...]
    access: Access | None

    def url(self, named: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={part: named[part] for part in self.parts})

    def lets_in(self, role: str, method: str) -> bool:
        held = ROLES[role].permissions
        return bool(self.access) and all(each in held for each in self.access.asked_by(method))

    @property
    def is_named(self) -> bool:
        return bool(self.name.rpartition(":")[2])

    @property
    def is_table(self) -> bool:
        return self.route.startswith(TABLES)

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    @property
    def things(self) -> dict[str, str]:
        """What each part names; KeyError for a part nobody registered."""
        return {part: self._thing(part) for part in self.parts}

    def _thing(self, part: str) -> str:
        if part == "ref" and self.route.startswith(RECORDS) and (self.name, part) not in BY_ADDRESS:
            return "person"
        return BY_ADDRESS.get((self.name, part)) or BY_PART[part]


def addresses() -> list[Address]:
    """Every address of the house."""
    return list(_below(get_resolver(), ""))


def _below(resolver: URLResolver, above: str, within: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = above + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            parts = tuple(pattern.pattern.regex.groupindex)
            name = within + (pattern.name or "")
            yield Address(here, name, pattern.callback, parts, access_of(pattern.callback))
        else:
            yield from _below(pattern, here, f"{pattern.namespace}:" if pattern.namespace else within)


@dataclass(frozen=True)
class Named:
    """What stands in the parts of an address: one's own, or what must answer like an address that is not there."""

    own: dict[str, Any]
    foreign: tuple[dict[str, Any], ...]
    absent: tuple[dict[str, Any], ...]


def named(address: Address, world: World, who: Person) -> Named:
    things = address.things
    own = {part: own_of(thing, world, who) for part, thing in things.items()}
    if "person" in things.values():
        return _of_records(things, own, world, who)
    absent = {part: absent_of(thing) for part, thing in things.items()}
    if address.is_table:
        return Named(own, (), ())
    if all(thing in SHARED for thing in things.values()):
        wrong = ({**own, part: absent[part]} for part in things)
        return Named(own, (), tuple(wrong))
    others = (
        {**own, part: value}
        for part, thing in things.items()
        for value in foreign_of(thing, world, who, address)
    )
    return Named(own, tuple(others), (absent,))


def _of_records(things: dict[str, str], own: dict[str, Any], world: World, who: Person) -> Named:
    """Addresses of a record: another record whole, and another record's part under one's own number."""
    hidden = [world.there.record]
    if who.role != "governance":  # decides about restrictions, and opens those records by saying why
        hidden.append(world.here.restricted)
    if who.role not in WHOLE_AUTHORITY:
        hidden.append(world.here.elsewhere)
    foreign = [{**own, **parts_of(record, things), "ref": record.ref} for record in hidden]
    foreign += [{**own, part: value} for part, value in parts_of(world.here.elsewhere, things).items()]
    nowhere = {part: absent_of(thing) for part, thing in things.items()}
    absent = [nowhere] + [{**own, part: nowhere[part]} for part in things if part != "ref"]
    return Named(own, tuple(foreign), tuple(absent))


def parts_of(record: Record, things: dict[str, str]) -> dict[str, int]:
    return {part: record.ids[thing] for part, thing in things.items() if thing in PARTS_OF_A_RECORD}


def own_of(thing: str, world: World, who: Person) -> Any:
    here = world.here
    if thing in SHARED:
        return SHARED[thing][0]
    if thing in PARTS_OF_A_RECORD:
        return here.record.ids[thing]
    if thing in who.own:
        return who.own[thing]
    return of_council(thing, world, here=True)


def foreign_of(thing: str, world: World, who: Person, address: Address) -> list[Any]:
    """Things of that kind that are there and are not theirs."""
    whole_house = ROLES[who.role].placed_by == ""
    if thing in SHARED or thing == "rule" or (thing, address.name) in READ_BY_ALL:
        return []
    if thing in {"search", "kept_list", "kept_cut", "passkey", "group", "subscription", "delivery"}:
        return [other.own[thing] for other in world.people.values() if other.role != who.role][:1]
    if whole_house:
        return []
    if thing in {"expected", "intake", "parcel_file"} and ROLES[who.role].placed_by == "establishment":
        return [world.there.returned[thing], world.here.returned_elsewhere[thing]]
    if thing == "job":
        theirs = Permission.JOB_READ in ROLES[who.role].permissions
        return [world.there.job.ref] + ([] if theirs else [world.here.job.ref])
    return [of_council(thing, world, here=False)]


# Establishments are of the whole country: everybody at a desk may look at any of them, and have a contact there.
READ_BY_ALL = {("establishment", "establishment"), ("establishment", "add_contact")}


def of_council(thing: str, world: World, *, here: bool) -> Any:
    council = world.here if here else world.there
    found: dict[str, Any] = {
        "person": council.record.ref,
        "colleague": council.colleague.user_id,
        "membership": council.colleague.pk,
        "invitation": council.invitation.pk,
        "establishment": council.school.pk,
        "contact": council.contact.pk,
        "district": council.district.pk,
        "service": council.service.pk,
        "load": council.load.pk,
        "submission": council.submission.pk,
        "reply": council.reply.pk,
        "freeze": council.freeze.pk,
        "replay": council.replay.pk,
        "program": council.program.pk,
        "table_row": council.school.pk,
        "own_colleague": council.colleague.pk,
        "own_invitation": council.invitation.pk,
        "own_contact": council.contact.pk,
        **council.returned,
        **council.case_work,
    }
    if thing == "rule":
        return ReferenceRow.objects.order_by("pk").values_list("pk", flat=True)[0]
    return found[thing]


def absent_of(thing: str) -> Any:
    if thing in SHARED:
        return SHARED[thing][1]
    by_ref = {
        "year_11_pupil",
        "person", "search", "job", "expected", "intake", "list", "pupil", "meeting", "message_batch", "campaign",
        "letter_batch", "survey", "parcel", "parcel_file", "bulk_change", "extract",
        "report_job",
    }  # fmt: skip
    return ABSENT_REF if thing in by_ref else ABSENT_NUMBER
