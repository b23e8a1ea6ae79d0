"""Writing plans for the next step, answering who started and who is whose, and the steps of EHC plans."""

from caseload.transitions.actions.cohort import answer_cohort, remind
from caseload.transitions.actions.nightly import turn_of_day
from caseload.transitions.actions.plans import change_plan, check_plans, end_plan, write_plan
from caseload.transitions.actions.starts import answer_start, draw_up_starts, refer_unstarted
from caseload.transitions.actions.steps import record_step, steps_done

__all__ = [
    "answer_cohort",
    "answer_start",
    "change_plan",
    "check_plans",
    "draw_up_starts",
    "end_plan",
    "record_step",
    "refer_unstarted",
    "remind",
    "steps_done",
    "turn_of_day",
    "write_plan",
]
