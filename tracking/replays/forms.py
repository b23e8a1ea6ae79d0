"""What is asked when a past day is read again."""

from neet.ui.fields import DayField
from neet.ui.forms import PlainForm


class PastDayForm(PlainForm):
    """The day that is counted, and the day whose knowledge is asked for."""

    day = DayField(label="Count everybody as they stood on", must="past or today")
    known_on = DayField(
        label="As it was known at the end of",
        must="past or today",
        help_text="Beside it stands what is believed now.",
    )
