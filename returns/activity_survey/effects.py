"""What a change of the destinations would do to the surveys that are followed up."""

from collections import Counter

from neet import clock
from neet.accounts.scope import scope_of
from neet.ui.words import many
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.asking import whose_of
from returns.activity_survey.queries.destinations import groups_of
from tracking.reference.effects import Effect, Move, Trial
from tracking.reference.queries import ruleset


def destinations(trial: Trial) -> Effect:
    """How many young people of the surveys whose file is not made would be counted elsewhere. A file that is made
    stays as it is."""
    authorities = scope_of(trial.user).authority_ids
    begun = ActivitySurvey.objects.filter(
        authority__in=authorities, made_at=None, year__gte=clock.today().year - 1
    )
    surveys = list(begun.select_related("authority").order_by("-year", "reading")[:2])
    before = [groups_of(survey, whose_of(survey)) for survey in surveys]
    words = _words()
    trial.apply()
    after = [groups_of(survey, whose_of(survey)) for survey in surveys]
    words = {**_words(), **words}
    moved = Counter(
        (was[member], becomes[member])
        for was, becomes in zip(before, after, strict=True)
        for member in was
        if was[member] != becomes[member]
    )
    if not surveys:
        return Effect("No survey is followed up now, so nobody is counted elsewhere.")
    total = sum(moved.values())
    moves = [Move(words.get(a, NONE), words.get(b, NONE), number) for (a, b), number in moved.most_common()]
    counted = many(total, "young person,young people")
    return Effect(
        f"{counted} would be counted elsewhere in the survey that is followed up.", total, tuple(moves)
    )


NONE = "No destination named"


def _words() -> dict[str, str]:
    groups = ruleset(clock.today()).activity_survey_groups
    return {code: each.words for code, each in groups.items()}
