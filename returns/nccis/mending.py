"""One answer for many records of an error's list: where the same value mends them all (wishes 4.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import F

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from tracking.models import YoungPerson
from tracking.register.actions.reach import refuse_fields
from tracking.register.kinds import Kind
from tracking.register.refusals import NotPermitted
from tracking.rules.codes import Code, ErrorRule
from tracking.rules.ruleset import RuleSet


@dataclass(frozen=True)
class OneAnswer:
    """A field that stands on a list: where it lies in the record, and how it is asked for."""

    field: str
    words: str
    codes: Mapping[str, Code]


# Fields of the file whose errors are: empty, or not on this year's list.
ON_A_LIST: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "Gender": ("gender", "Gender", "genders"),
        "Ethnicity": ("ethnicity", "Ethnicity", "ethnicities"),
        "LevelOfNeedCode": ("level_of_need", "Level of need", "levels_of_need"),
    }
)


def one_answer(rule: ErrorRule, rules: RuleSet) -> OneAnswer | None:
    """What may be answered for many records at once; None where each needs a look of its own."""
    if rule.field not in ON_A_LIST:
        return None
    field, words, codes = ON_A_LIST[rule.field]
    return OneAnswer(field, words, getattr(rules, codes))


def mend_many(*, people: Sequence[int], answer: OneAnswer, value: str, by: User) -> int:
    """Write the value into those of these records that hold nothing, or nothing of the list; what somebody mended
    meanwhile stays. Answers how many. Three statements. Raises NotPermitted, ValueError for a value off the list."""
    if value not in answer.codes:
        raise ValueError(f"not on the list of {answer.field}")
    if not scope_of(by).can(Permission.PERSON_CHANGE):
        raise NotPermitted
    wrong = YoungPerson.objects.visible_to(by).filter(pk__in=people)
    wrong = wrong.exclude(**{f"{answer.field}__in": list(answer.codes)})
    first = wrong.order_by("pk").first()
    if first is None:
        return 0
    refuse_fields(by, first, [f"youngperson.{answer.field}"])
    with recorded(Kind.DETAILS_CHANGED, by=by, authority_id=first.authority_id) as event:
        mine = wrong.filter(authority=first.authority_id).order_by("pk").select_for_update(of=("self",))
        event.subjects = list(mine.values_list("pk", flat=True))
        mended = YoungPerson.objects.filter(pk__in=event.subjects).update(
            **{answer.field: value}, version=F("version") + 1
        )
        event.counts = {"people": mended, "fields": 1}
    return mended
