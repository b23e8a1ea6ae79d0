"""What an authority's earlier returns and its officers' decisions teach the matcher."""

from returns.intake.models import Candidate, Intake, IntakeRow
from tracking.rules.matching.experience import Experience, gathered
from tracking.rules.matching.model import VERSION, MatchingModel

RETURNS, DECISIONS = 20, 1_000


def experience_of(intake: Intake) -> Experience:
    """The newest of the authority's other returns that were matched by this version, and the newest decisions.

    A pair counts as told apart only where the officer found nobody: of two entries about one person, which happens, the
    one that was not chosen proves nothing. Three statements.
    """
    others = Intake.objects.filter(authority=intake.authority_id, matcher__version=VERSION).exclude(
        pk=intake.pk
    )
    matchers = others.exclude(state=Intake.State.WITHDRAWN).order_by("-pk").values_list("matcher", flat=True)
    decided = Candidate.objects.filter(row__intake__in=others, row__decided_at__isnull=False)
    newest = decided.order_by("-row__decided_at", "pk")
    same = newest.filter(verdict=Candidate.Verdict.SAME).values_list("levels", flat=True)
    apart = newest.filter(verdict=Candidate.Verdict.DIFFERENT, row__found=IntakeRow.Found.NEW)
    return gathered(
        (MatchingModel.from_plain(matcher or {}) for matcher in matchers[:RETURNS]),
        map(tuple, same[:DECISIONS]),
        map(tuple, apart.values_list("levels", flat=True)[:DECISIONS]),
    )
