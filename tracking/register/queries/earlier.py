"""Earlier times out of school of those who may be somebody to be added: taught at home, on no school's roll (R37)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.models import Activity, YoungPerson
from tracking.register.queries.rule_facts import TAUGHT_AT_HOME

ON_NO_ROLL = "140"
# After Year 11 being taught at home is other full-time education, at no school or college.
AT_HOME_AFTER_YEAR_11 = "270"


@dataclass(frozen=True)
class Episode:
    """One time out of school, or one referral about it; without an end it goes on, or was that day."""

    words: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Likely:
    """Somebody who may be the one to be added, and their times out of school, the latest first."""

    person: YoungPerson
    earlier: tuple[Episode, ...]


def with_earlier(people: Iterable[YoungPerson], user: User, on: date) -> tuple[Likely, ...]:
    """These people, whom the user sees, each with what is known of earlier times out of school: one statement, and
    one for each of settings.EARLIER_EPISODES."""
    among = list(people)
    found: dict[int, list[Episode]] = defaultdict(list)
    for person, episode in _out_of_school([each.pk for each in among], on):
        found[person].append(episode)
    for path in settings.EARLIER_EPISODES:
        for person, words, day in import_string(path)([each.pk for each in among], user):
            found[person].append(Episode(words, day))
    return tuple(Likely(each, _latest_first(found[each.pk])) for each in among)


def _out_of_school(people: list[int], on: date) -> list[tuple[int, Episode]]:
    known = ruleset(on).activities
    meant = Q(code__in=(TAUGHT_AT_HOME, ON_NO_ROLL)) | Q(code=AT_HOME_AFTER_YEAR_11, establishment=None)
    rows = Activity.objects.filter(meant, person__in=people, is_primary=True, starts_on__lte=on)
    told = rows.order_by("-starts_on", "-pk").values_list("person", "code", "starts_on", "ends_on")
    return [
        (person, Episode(known[code].plain_words if code in known else code, begins, ends))
        for person, code, begins, ends in told
    ]


def _latest_first(episodes: list[Episode]) -> tuple[Episode, ...]:
    return tuple(sorted(episodes, key=lambda each: (each.starts_on, each.words), reverse=True))
