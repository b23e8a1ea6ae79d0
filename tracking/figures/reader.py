"""Which numbers of a page that is read while it moves may be said to its reader: the rule of the released tables, for
pages on which somebody without records has something to decide."""

from neet.accounts.roles import Permission
from neet.accounts.scope import Scope
from tracking.rules.released import Line, council_may_be_shown


def sees_every_number(scope: Scope) -> bool:
    """Whether this person works with the records behind the numbers: whoever may cut figures freely (0101)."""
    return scope.can(Permission.FIGURES_EXPLORE)


def may_read_whole(scope: Scope, whole: Line) -> bool:
    """Whether a number of everybody and its kinds may be said: always to who sees every number, to others where it says
    something of few in none of its kinds. Its parts are never said to them outside the released tables (R22, R107)."""
    return sees_every_number(scope) or (whole.cohort > 0 and council_may_be_shown(whole))
