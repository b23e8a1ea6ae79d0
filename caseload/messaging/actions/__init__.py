"""Lists of messages are made, looked at, sent little by little, stopped; answers are taken; some want none."""

from caseload.messaging.actions.making import (
    discard,
    make,
    make_anew,
    make_automatic,
    make_batch,
    set_up,
)
from caseload.messaging.actions.sending import hand_over, note_what_went, release, said_in, stop
from caseload.messaging.actions.wanting import answered, opt_in, opt_out

__all__ = [
    "answered",
    "discard",
    "hand_over",
    "make",
    "make_anew",
    "make_automatic",
    "make_batch",
    "note_what_went",
    "opt_in",
    "opt_out",
    "release",
    "said_in",
    "set_up",
    "stop",
]
