"""What is asked when the DfE has answered."""

from typing import Any

from django import forms

from neet.ui.fields import Option
from neet.ui.forms import PlainForm
from returns.replies.layout import REPORT
from returns.replies.models import Reply
from returns.replies.reading import Sample


class ReplyForm(PlainForm):
    """What the DfE said, and its report."""

    verdict = forms.ChoiceField(
        label="What did the DfE say?",
        widget=forms.RadioSelect,
        choices=[
            (Reply.Verdict.ACCEPTED, Option(Reply.Verdict.ACCEPTED.label)),
            (Reply.Verdict.WITH_ERRORS, Option(Reply.Verdict.WITH_ERRORS.label)),
            (Reply.Verdict.REFUSED, Option(Reply.Verdict.REFUSED.label)),
        ],
        error_messages={"required": "Select what the DfE said"},
    )
    file = forms.FileField(
        label="Its error report, if it sent one",
        required=False,
        help_text="CSV, XLSX, XLS or ODS, as it came",
        error_messages={"empty": "The selected file is empty"},
    )

    def clean(self) -> dict:
        said = super().clean() or {}
        if (
            said.get("verdict") == Reply.Verdict.WITH_ERRORS
            and not said.get("file")
            and "file" not in self.errors
        ):
            self.add_error("file", "Select the DfE\u2019s error report")
        return said


class ColumnsForm(PlainForm):
    """Which heading of the report holds what."""

    def __init__(self, *args: Any, sample: Sample, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "Not in the file"), *((name, _shown(name, sample)) for name in sample.headings)]
        for column in REPORT:
            self.fields[column.name] = forms.ChoiceField(
                label=column.words,
                choices=choices,
                required=column.required,
                error_messages={"required": f"Select the column that holds the {column.words}"},
            )

    def columns(self) -> dict[str, str]:
        """Heading by column, for those that are in the file."""
        return {name: heading for name, heading in self.cleaned_data.items() if heading}


def _shown(heading: str, sample: Sample) -> str:
    example = next((value for value in sample.values[heading] if value), "")
    return f"{heading}, for example {example[:40]}" if example else heading
