"""What the DfE's replies answer to the self-assessment (R118)."""

from datetime import date

from neet.ui.words import many
from returns.replies.models import Reply
from returns.replies.queries import SentMonth, sent_months
from schools.models import Authority
from tracking.rules.assessment import Answer, percent
from tracking.rules.months import ReportingMonth

PAGE, NONE = "this_month", "No month was sent in the last year"


def _sent(authority: Authority, on: date) -> tuple[SentMonth, ...]:
    return sent_months(authority, ReportingMonth.of(on))


def file_accepted(authority: Authority, on: date) -> Answer:
    """Of the months sent in a year and answered, which were not sent back. Two statements."""
    found = [each for each in _sent(authority, on) if each.verdict]
    if not found:
        return Answer(NONE, page=PAGE)
    accepted = sum(each.verdict != Reply.Verdict.REFUSED.label for each in found)
    last = f"the last, {found[0].month.words}: {found[0].verdict.lower()}"
    words = f"{accepted} of {many(len(found), 'month,months')} were not sent back; {last}"
    return Answer(words, percent(accepted, len(found)), "%", True, page=PAGE)


def errors_reported(authority: Authority, on: date) -> Answer:
    """Records reported in the newest month, in percent of those sent, and those reported twice running. Two
    statements."""
    found = [each for each in _sent(authority, on) if each.verdict]
    if not found:
        return Answer(NONE, page=PAGE)
    last = found[0]
    words = f"of the records of {last.month.words} were reported; {last.again} of them the month before too"
    parts = {each.month.words: each.reported for each in found}
    return Answer(words, round(last.share, 1), "%", False, parts, PAGE)
