"""What a free cut is asked for: a month, rows, columns, what is counted, and what it is narrowed to."""

from django import forms

from neet.ui.forms import PlainForm
from tracking.exploring.queries import CUT_BY, MONTH, Cut
from tracking.exploring.rules import MEASURES
from tracking.exploring.shares import INDICATORS
from tracking.figures.forms import COMPARED_FIRST, FiguresFilter
from tracking.figures.queries.tallies import WARD

ROWS = [
    (name, CUT_BY[name]) for name in (COMPARED_FIRST, *(each for each in CUT_BY if each != COMPARED_FIRST))
]
# Schools and wards are too many to stand side by side.
COLUMNS = [
    ("", "Nothing, the rows only"),
    (MONTH, "Months, up to 24"),
    *((name, words) for name, words in ROWS if name not in ("school", WARD)),
]
COUNTED_FIRST = "together_share"


class ExploreForm(FiguresFilter):
    """Whatever is not among the choices counts as not said."""

    by = None  # rows and columns stand in its place
    rows = forms.ChoiceField(required=False, label="Rows", choices=ROWS)
    columns = forms.ChoiceField(required=False, label="Columns", choices=COLUMNS)
    measure = forms.ChoiceField(
        required=False,
        label="What is counted",
        choices=[(name, each.words) for name, each in MEASURES.items()],
    )
    field_order = ["measure", "rows", "columns", "month"]

    def cut(self) -> Cut:
        """What was chosen; the same twice is its rows alone."""
        wanted, said = self.wanted(), self.cleaned_data
        rows, columns = said.get("rows") or COMPARED_FIRST, said.get("columns") or ""
        return Cut(
            wanted.month,
            rows,
            "" if columns == rows else columns,
            wanted.chosen,
            MEASURES[self.counted()].status,
        )

    def counted(self) -> str:
        """The name of the measure that was chosen. After `cut`."""
        return self.cleaned_data.get("measure") or COUNTED_FIRST


class KeepCutForm(PlainForm):
    """A name for a cut, and whether colleagues find it too."""

    name = forms.CharField(max_length=80, label="Name", help_text="Do not name a young person.")
    is_shared = forms.BooleanField(
        required=False,
        label="Colleagues find it too",
        help_text="They open it under their own rights.",
    )


class SharesForm(PlainForm):
    """Which indicator; whatever is not among the choices counts as not said."""

    indicator = forms.ChoiceField(
        required=False, label="Indicator", choices=[(name, each.words) for name, each in INDICATORS.items()]
    )

    def wanted(self) -> str:
        """The name of the indicator."""
        self.is_valid()
        return self.cleaned_data.get("indicator") or next(iter(INDICATORS))
