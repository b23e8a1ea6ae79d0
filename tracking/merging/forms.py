"""What an officer answers about a pair."""

from collections.abc import Iterable

from django import forms

from tracking.merging.queries.beside import FIRST, SECOND

SAME, TWO, LATER = "same", "two", "later"
EITHER = ((FIRST, FIRST), (SECOND, SECOND))


class PairForm(forms.Form):
    """One person, two people or later; for one person which record is kept and, field by field, whose value stands."""

    answer = forms.ChoiceField(choices=[(each, each) for each in (SAME, TWO, LATER)])
    kept = forms.ChoiceField(choices=EITHER)

    def __init__(self, data: object, names: Iterable[str]) -> None:
        super().__init__(data)
        self.names = list(names)
        for name in self.names:
            self.fields[name] = forms.ChoiceField(choices=EITHER, required=False)

    def taken(self) -> set[str]:
        """The fields of which the value of the record that goes stands; one left open stays as it is kept."""
        said = self.cleaned_data
        return {name for name in self.names if said[name] and said[name] != said["kept"]}
