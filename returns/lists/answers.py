"""What lists from elsewhere answer to the self-assessment: when each was last compared, and what came of it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from neet.ui.words import day, many
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, IntakeRow
from returns.lists.held import newest_lists
from returns.lists.queries import LISTS, educated_outside_school
from schools.models import Authority
from tracking.rules.assessment import Answer, percent

MISSING_EDUCATION, LEARNING = "missing_education", ("apprenticeships", "census")
PAGE = "lists"


def outside_school(authority: Authority, on: date) -> Answer:
    """Of the names on lists of those educated outside school, whom the register knows or somebody explained (R112).
    One statement."""
    found = educated_outside_school(authority.pk, on)
    listed = sum(each.listed for each in found)
    known = sum(each.matched + each.explained for each in found)
    parts = {
        each.words: f"{each.matched} on the register of {each.listed} listed" for each in found if each.listed
    }
    words = f"{known} of {listed} names on lists of those educated outside school are on the register or explained"
    return Answer(words, percent(known, listed), "%", True, parts, "coverage")


def missing_education(authority: Authority, on: date) -> Answer:
    """How many days ago the list of children missing education was made that is on the register. One statement."""
    last = newest_lists(authority.pk, [MISSING_EDUCATION]).filter(as_at__lte=on).first()
    if last is None:
        return Answer("The list of children missing education was not brought in yet", page=PAGE)
    days = (on - last.as_at).days
    return Answer(
        f"since the day the list is of: {day(last.as_at)}",
        days,
        "day" if days == 1 else "days",
        False,
        page=PAGE,
    )


def cross_matched(authority: Authority, on: date) -> Answer:
    """Of the rows of the newest list of each kind, which were matched with the register (R116). Two statements."""
    return _matched(authority, [each.type for each in LISTS])


def learning_matched(authority: Authority, on: date) -> Answer:
    """The same of apprenticeships and the school census. Two statements."""
    return _matched(authority, LEARNING)


def _matched(authority: Authority, types: Iterable[str]) -> Answer:
    newest = list(newest_lists(authority.pk, list(types)))
    counts = _counts(newest)
    rows, matched = sum(each[0] for each in counts.values()), sum(each[1] for each in counts.values())
    parts = {_named(each): _line(each, *counts.get(each.pk, (0, 0))) for each in newest}
    if not newest:
        return Answer("No such list was brought in yet", page=PAGE)
    words = f"{matched} of {many(rows, 'row,rows')} on {many(len(newest), 'list,lists')} were matched"
    return Answer(words, percent(matched, rows), "%", True, parts, PAGE)


def _named(intake: Intake) -> str:
    title = LAYOUTS[intake.type].title
    return f"{title}, {intake.sender}" if intake.sender else title


def _line(intake: Intake, rows: int, matched: int) -> str:
    return f"{matched} of {rows} matched, of {day(intake.as_at)}"


def _counts(intakes: list[Intake]) -> dict[int, tuple[int, int]]:
    rows = IntakeRow.objects.filter(intake__in=intakes, left_out=False).order_by().values("intake")
    matched = Count("pk", filter=Q(person__isnull=False))
    return {
        number: (whole, part)
        for number, whole, part in rows.annotate(rows=Count("pk"), matched=matched).values_list(
            "intake", "rows", "matched"
        )
    }
