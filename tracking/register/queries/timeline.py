"""What happened to a young person, newest first, and who wrote it down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.utils.module_loading import import_string

from neet.clock import LONDON
from tracking.register.models import Activity, Confirmation
from tracking.register.queries.person import LONGEST, PersonPage, own_notes
from tracking.register.queries.standing import UNLISTED
from tracking.register.queries.wording import heard_from, place_of


@dataclass(frozen=True)
class Happening:
    """Something that happened on a day or at a moment."""

    title: str
    on: date | datetime
    by: str = ""
    text: str = ""


def timeline(page: PersonPage) -> tuple[Happening, ...]:
    """Activities, confirmations, notes, contacts and addresses the asker reads, and what higher floors know, newest
    first; five statements, and one for each of settings.HAPPENINGS."""
    found = [*_activities(page), *_confirmations(page), *_notes(page), *_contacts(page), *_addresses(page)]
    found += _of_higher_floors(page)
    return tuple(sorted(found, key=lambda each: moment_of(each.on), reverse=True)[:LONGEST])


def moment_of(on: date | datetime) -> datetime:
    """A day without a time stands at its beginning."""
    return on if isinstance(on, datetime) else datetime.combine(on, time.min, LONDON)


def _activities(page: PersonPage) -> Iterator[Happening]:
    if not page.reads("activity.code"):
        return
    rows = page.person.activities.select_related("establishment", "recorded_by")
    for each in rows[:LONGEST]:
        by = each.recorded_by.name if each.recorded_by else ""
        yield Happening(f"Started: {_doing(page, each)}", each.starts_on, by, place_of(each))
        if each.ends_on and each.ends_on < page.on:
            yield Happening(f"Finished: {_doing(page, each)}", each.ends_on, by, place_of(each))


def _of_higher_floors(page: PersonPage) -> Iterator[Happening]:
    for path in settings.HAPPENINGS:
        yield from import_string(path)(page.person.pk, page.user, page.on)


def _doing(page: PersonPage, activity: Activity) -> str:
    known = page.rules.activities.get(activity.code)
    return known.plain_words if known else f"{UNLISTED} ({activity.code})"


def _confirmations(page: PersonPage) -> Iterator[Happening]:
    if not page.reads("confirmation.verified_on"):
        return
    rows = Confirmation.objects.filter(
        activity__person=page.person, voids__isnull=True, voided_by__isnull=True
    )
    for each in rows.select_related("activity", "by")[:LONGEST]:
        heard = heard_from(each)
        yield Happening(
            f"Confirmed: {_doing(page, each.activity)}", each.verified_on, heard.by, f"By {heard.source}"
        )


def _notes(page: PersonPage) -> Iterator[Happening]:
    if not page.reads("note.text"):
        return
    rows = page.person.notes.filter(own_notes(page.services)).select_related("written_by")
    for each in rows[:LONGEST]:
        yield Happening("Note", each.written_at, each.written_by.name if each.written_by else "", each.text)


def _contacts(page: PersonPage) -> Iterator[Happening]:
    for each in page.contacts[:LONGEST]:
        what = f"{each.get_kind_display()}, {each.get_whose_display().lower()}"
        yield Happening(f"Contact added: {what}", each.starts_on, text=each.value)
        if each.ends_on and each.ends_on < page.on:
            yield Happening(f"Contact ended: {what}", each.ends_on, text=each.value)


def _addresses(page: PersonPage) -> Iterator[Happening]:
    for each in page.addresses():
        if each.starts_on:
            yield Happening("Moved in", each.starts_on, text=", ".join((*each.lines, each.postcode)))
