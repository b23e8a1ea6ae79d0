"""Working on the self-assessment: opened, counted anew, answered line by line, handed in, approved and then kept."""

from caseload.assessment.actions.answering import answer
from caseload.assessment.actions.approving import approve, give_back, hand_in
from caseload.assessment.actions.opening import count, numbers_of_the_day, open_assessment

__all__ = ["answer", "approve", "count", "give_back", "hand_in", "numbers_of_the_day", "open_assessment"]
