"""Taking apart after others went on writing: each thing ends on the record it is about."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from caseload.chase.models import Attempt
from tests.factories import confirm, make_activity, make_contact, make_note, make_residence
from tracking.merging.actions.together import put_together, take_apart
from tracking.register.models import Activity, YoungPerson

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 2)
DAY = timedelta(days=1)


def renamed(kept: YoungPerson, gone: YoungPerson) -> Callable[[], bool]:
    YoungPerson.objects.filter(pk=kept.pk).update(given_name="Orlaith")
    return lambda: YoungPerson.objects.get(pk=kept.pk).given_name == "Orlaith"


def a_note(kept: YoungPerson, gone: YoungPerson) -> Callable[[], bool]:
    note = make_note(kept)
    return lambda: type(note).objects.get(pk=note.pk).person_id == kept.pk


def a_call_to_a_number_of_the_other(kept: YoungPerson, gone: YoungPerson) -> Callable[[], bool]:
    call = Attempt.objects.create(
        person=kept, contact_point=kept.contact_points.get(), channel="telephone", asked="young_person",
        outcome="no_answer", reached=False, learned=False,
    )  # fmt: skip
    return lambda: Attempt.objects.get(pk=call.pk).person_id == gone.pk


def a_confirmation_of_what_the_other_does(kept: YoungPerson, gone: YoungPerson) -> Callable[[], bool]:
    confirm(Activity.objects.get(person=kept, code="310"), NOVEMBER)
    return lambda: YoungPerson.objects.get(pk=gone.pk).situation.verified_on == NOVEMBER


def what_comes_next(kept: YoungPerson, gone: YoungPerson) -> Callable[[], bool]:
    Activity.objects.filter(person=kept, ends_on=None).update(ends_on=NOVEMBER - DAY)
    make_activity(kept, "619", NOVEMBER)
    mine = Activity.objects.filter(person=kept.pk, is_primary=True).order_by("starts_on")
    return lambda: (
        [(each.code, each.ends_on) for each in mine.all()] == [("230", NOVEMBER - DAY), ("619", None)]
    )


def a_new_home(kept: YoungPerson, gone: YoungPerson) -> Callable[[], bool]:
    kept.residences.filter(ends_on=None).update(ends_on=OCTOBER)
    new = make_residence(kept, line_1="1 New Street", starts_on=OCTOBER + DAY)
    return lambda: YoungPerson.objects.get(pk=kept.pk).residences.get(ends_on=None) == new


@pytest.mark.parametrize(
    "written",
    [
        renamed,
        a_note,
        a_call_to_a_number_of_the_other,
        a_confirmation_of_what_the_other_does,
        what_comes_next,
        a_new_home,
    ],
)
def test_what_was_written_since_ends_on_the_record_it_is_about(kept, gone, officer, written: Any) -> None:
    make_activity(kept, "230", SEPTEMBER, verified_on=SEPTEMBER)
    make_activity(gone, "310", OCTOBER, verified_on=OCTOBER)
    make_contact(gone)
    gone.residences.update(line_1="9 Far Road", starts_on=date(2026, 3, 1))
    merge = put_together(kept=kept, gone=gone, takes={"given_name", "home"}, by=officer)
    is_right = written(YoungPerson.objects.get(pk=kept.pk), gone)

    take_apart(merge=merge, by=officer)

    assert is_right()
    assert Activity.objects.get(code="310").person_id == gone.pk
    assert gone.residences.get().line_1 == "9 Far Road"
    assert kept.residences.filter(ends_on=None).count() == 1
    gone.refresh_from_db()
    assert (gone.merged_into, gone.cohort_status) == (None, "P")
