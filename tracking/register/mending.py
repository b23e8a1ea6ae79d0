"""Where on a record a DfE error is mended: the places that error_rules.csv names, as addresses."""

from uuid import UUID

from django.urls import reverse

PLACES = {
    "identity": "change_details",
    "address": "change_address",
    "area": "change_plans",
    "characteristics": "add_characteristic",
    "send": "add_characteristic",
    "need": "change_plans",
    "destination": "change_plans",
    "guarantee": "change_guarantee",
    "cohort": "change_cohort",
    "activity": "record_activity",
    "place": "record_activity",
}
OF_THE_ACTIVITY = frozenset({"activity", "place"})


def url_for(mend: str, person_ref: UUID | str, activity_id: int | None = None) -> str:
    """The page on which an error of this place is mended; the activity itself where one is named, else the record."""
    if mend in OF_THE_ACTIVITY and activity_id:
        return reverse("correct_activity", args=[person_ref, activity_id])
    return reverse(PLACES.get(mend, "person"), args=[person_ref])
