"""What a change of the code lists or of currency would do to the young people on the register."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Count, Q

from neet import clock
from neet.accounts.scope import scope_of
from tracking.reference.effects import Effect, Move, Touched, Trial
from tracking.reference.models import ReferenceRow
from tracking.register.models import Characteristic, Guarantee, Offer, Seeking, YoungPerson

SHOWN = 10

STATUS_WORDS = {
    "EET": "In education, employment or training",
    "NEET": "NEET",
    "NOT_KNOWN": "Not known",
    "COMPULSORY": "Of compulsory school age",
    "EXCLUDED": "Left out of the rates",
    "": "Not known",
}

CONCERNED = """
    SELECT p.id FROM tracking_youngperson p JOIN tracking_situation s ON s.person_id = p.id
    WHERE p.authority_id = ANY(%(authorities)s)
      AND (s.code = ANY(%(codes)s) OR s.code = '' AND EXISTS (
        SELECT FROM tracking_activity a WHERE a.person_id = p.id AND a.code = ANY(%(codes)s) AND a.is_primary))
"""
# The status of a day from the rules as they stand in this transaction.
STANDING = """
    SELECT s.person_id, coalesce(s.lapses_on, 'infinity')::text,
      CASE WHEN s.code = '' OR s.ends_on < %(day)s OR s.lapses_on < %(day)s THEN 'NOT_KNOWN'
           ELSE coalesce(c.status, 'NOT_KNOWN') END
    FROM tracking_situations(%(day)s, %(people)s) s
    LEFT JOIN tracking_activitycode c
      ON c.code = s.code AND c.valid_from <= %(day)s AND (c.valid_to IS NULL OR c.valid_to >= %(day)s)
"""

Standing = dict[int, tuple[str, str]]
MEASURES = {
    "counts_in_education_and_training": "whether they count in education and training",
    "duty": "how they stand towards the duty to participate",
    "participation_type": "the type of participation they are counted under",
}


def situations(trial: Trial) -> Effect:
    """Whose status would change on the day the change begins to hold, from what to what, and for how many only the
    last day it counts would move.
    """
    codes = [trial.values.get("code") or trial.values.get("activity_code") or trial.key]
    people = _concerned(codes, trial)
    before = _standing(people, trial.on)
    notes = _measures(trial, len(people))
    trial.apply()
    after = _standing(people, trial.on)
    moved = {pk: (before[pk][1], after[pk][1]) for pk in before if before[pk][1] != after[pk][1]}
    days = sum(before[pk] != after[pk] for pk in before) - len(moved)
    if days:
        notes = (*notes, f"{_people(days)} would keep their status, but the last day it counts would move.")
    return Effect(
        words=_sentence(len(moved), len(people), trial.on),
        total=len(moved),
        moves=_moves(moved.values()),
        notes=notes,
        **_sample(moved, trial),
    )


def uses(trial: Trial) -> Effect:
    """How many young people's records use the code now."""
    trial.apply()
    found = (
        _mine(trial).filter(USED[trial.table](trial.key)).aggregate(found=Count("pk", distinct=True))["found"]
    )
    words = (
        "No young person's record uses this now."
        if not found
        else f"{_people(found)} {_have(found)} this on record now."
    )
    return Effect(words=words, total=found, notes=("Nothing already recorded is changed.",) if found else ())


def requirements(trial: Trial) -> Effect:
    """How many young people do the activity the requirement is about."""
    code = trial.values.get("activity_code", "")
    trial.apply()
    found = _mine(trial).filter(situation__code=code).count()
    return Effect(
        words=f"{_people(found)} {_do(found)} this activity now and would be checked by the changed rule.",
        total=found,
    )


def _related(model, **condition) -> Q:
    return Q(pk__in=model.objects.filter(**condition).values("person"))


USED = {
    "gender_codes": lambda key: Q(gender=key),
    "ethnicity_codes": lambda key: Q(ethnicity=key),
    "cohort_status_codes": lambda key: Q(cohort_status=key),
    "intended_destination_codes": lambda key: Q(intended_destination=key),
    "level_of_need_codes": lambda key: Q(level_of_need=key),
    "la_codes": lambda key: (
        Q(educated_la=key) | Q(la_at_year_11=key) | Q(transferred_to_la=key) | Q(corporate_parent_la=key)
    ),
    "characteristic_codes": lambda key: _related(Characteristic, code=key, ends_on__isnull=True),
    "guarantee_status_codes": lambda key: _related(Guarantee, status=key),
    "offer_stages": lambda key: _related(Offer, stage=key),
    "sought_sectors": lambda key: _related(Seeking, sector=key),
    "sought_levels": lambda key: _related(Seeking, level=key),
    "barriers": lambda key: _related(Seeking, barriers__contains=[key]),
}


def _mine(trial: Trial):
    return YoungPerson.objects.filter(authority__in=scope_of(trial.user).authority_ids)


def _concerned(codes: list[str], trial: Trial) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(CONCERNED, {"authorities": list(scope_of(trial.user).authority_ids), "codes": codes})
        return [row[0] for row in cursor.fetchall()]


def _standing(people: list[int], day: date) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"day": day, "people": people})
        return {pk: (lapses, status) for pk, lapses, status in cursor.fetchall()}


def _moves(moved: Iterable[tuple[str, str]]) -> tuple[Move, ...]:
    counted = Counter(moved).most_common()
    return tuple(Move(_worded(was), _worded(becomes), count) for (was, becomes), count in counted)


def _worded(status: str) -> str:
    return STATUS_WORDS.get(status, status)


def _sample(moved: dict[int, tuple[str, str]], trial: Trial) -> dict:
    """Some of those touched, of the ones this user may see; the rest stay figures."""
    visible = YoungPerson.objects.visible_to(trial.user).filter(pk__in=list(moved))
    found = list(
        visible.order_by("family_name", "given_name").values_list("pk", "ref", "given_name", "family_name")[
            :SHOWN
        ]
    )
    touched = tuple(
        Touched(str(ref), f"{given} {family}", *(_worded(each) for each in moved[pk]))
        for pk, ref, given, family in found
    )
    return {"sample": touched, "sample_ids": tuple(row[0] for row in found)}


def _measures(trial: Trial, people: int) -> tuple[str, ...]:
    """Figures that would count these young people otherwise though their status stays."""
    if trial.table != "activity_codes" or not people:
        return ()
    now = ReferenceRow.objects.filter(table=trial.table, key=trial.key).holding(trial.on).first()
    held = now.values if now else {}
    changed = [words for name, words in MEASURES.items() if held.get(name, "") != trial.values.get(name, "")]
    return tuple(f"It changes {words}, for {_people(people).lower()}." for words in changed)


def _sentence(moved: int, people: int, on: date) -> str:
    when = "today" if on == clock.today() else f"on {on.day} {on:%B %Y}"
    if not people:
        return "No young person does this now, so nobody's status changes."
    if not moved:
        return f"{_people(people)} {_do(people)} this. Nobody's status would change {when}."
    if people == 1:
        return f"The one young person who does this would have another status {when}."
    return f"{_people(moved)} of the {people:,} who do this would have another status {when}."


def _people(count: int) -> str:
    return "One young person" if count == 1 else f"{count:,} young people"


def _do(count: int) -> str:
    return "does" if count == 1 else "do"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
