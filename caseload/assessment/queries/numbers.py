"""What the register answers by itself: every function that higher and lower rooms hang in, asked on a day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from schools.models import Authority
from tracking.rules.assessment import Answer, AssessmentLine


def answers(lines: tuple[AssessmentLine, ...], authority: Authority, on: date) -> dict[str, dict[str, Any]]:
    """By function, what the register answers to these lines, as it is kept: numbers of the whole council, nobody's
    name. A function that several lines name is asked once; few statements each (settings.SELF_ASSESSMENT)."""
    wanted = dict.fromkeys(each.answered_by for each in lines if each.answered_by in settings.SELF_ASSESSMENT)
    return {name: as_kept(_ask(name)(authority, on)) for name in wanted}


def _ask(name: str) -> Callable[[Authority, date], Answer]:
    asked: Callable[[Authority, date], Answer] = import_string(settings.SELF_ASSESSMENT[name])
    return asked


def as_kept(answer: Answer) -> dict[str, Any]:
    """An answer as a row keeps it."""
    return {
        "words": answer.words,
        "value": answer.value,
        "unit": answer.unit,
        "more_is_better": answer.more_is_better,
        "parts": [[words, number] for words, number in answer.parts.items()],
        "page": answer.page,
    }


def as_answer(kept: Mapping[str, Any]) -> Answer:
    """And back."""
    return Answer(
        words=kept["words"],
        value=kept["value"],
        unit=kept["unit"],
        more_is_better=kept["more_is_better"],
        parts=dict(kept["parts"]),
        page=kept["page"],
    )
