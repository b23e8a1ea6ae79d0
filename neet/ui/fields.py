"""Form fields of the house: a day in three boxes, and options that explain themselves."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from neet import clock

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
PARTS = ("day", "month", "year")

LIMITS: dict[str, tuple[Callable[[date, date], bool], str]] = {
    "past": (lambda day, today: day < today, "{} must be in the past"),
    "past or today": (lambda day, today: day <= today, "{} must be today or in the past"),
    "today or later": (lambda day, today: day >= today, "{} must be today or in the future"),
    "future": (lambda day, today: day > today, "{} must be in the future"),
}


def month_number(text: str) -> int:
    """1 to 12 from a number, a month's name or its beginning ("sept"); ValueError for anything else."""
    word = text.strip().rstrip(".").lower()
    if word.isdecimal():
        return int(word)
    found = [number for number, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    if len(found) != 1:
        raise ValueError(text)
    return found[0]


def day_of(parts: list[str]) -> date:
    """The day that three typed parts mean; ValueError when there is no such day or the year is not four figures."""
    day, month, year = parts
    if len(year.strip()) != 4:
        raise ValueError(year)
    return date(int(year), month_number(month), int(day))


class DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year."""

    template_name = "django/forms/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return ["", "", ""] if value is None else [str(value.day), str(value.month), str(value.year)]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class DayField(forms.Field):
    """A day typed in three boxes, month names welcome. `must` is one of LIMITS or nothing.

    Says which part is missing, that the day is not a real one, or what it must be; each message names the field.
    """

    widget = DayWidget

    def __init__(
        self,
        *,
        must: str = "",
        words_if_empty: str = "",
        today: Callable[[], date] = clock.today,
        **options: Any,
    ) -> None:
        if must and must not in LIMITS:
            raise ValueError(f"must={must!r}: use one of {', '.join(LIMITS)}")
        self.must = must
        self.words_if_empty = words_if_empty
        self.today = today
        super().__init__(**options)

    def named(self) -> str:
        return str(self.label or "Date")

    def clean(self, value: Any) -> date | None:
        day = self.to_python(value)
        self.validate(day)
        self.run_validators(day)
        return day

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        parts = [(part or "").strip() for part in value]
        if not any(parts):
            return None
        self._refuse_missing(parts)
        try:
            return day_of(parts)
        except ValueError:
            raise ValidationError(self.not_real(parts), code="not_real") from None

    def _refuse_missing(self, parts: list[str]) -> None:
        missing = [name for name, part in zip(PARTS, parts, strict=True) if not part]
        if missing:
            raise ValidationError(f"{self.named()} must include a {' and '.join(missing)}", code="incomplete")

    def asked(self) -> str:
        return self.words_if_empty or f"Enter {with_article(lowered(self.named()))}"

    def not_real(self, parts: list[str]) -> str:
        if parts[2].isdecimal() and len(parts[2]) != 4:
            return f"{self.named()} must have a year of 4 figures, like {self.today().year}"
        return f"{self.named()} must be a real date, like 27 3 2009"

    def validate(self, value: date | None) -> None:
        if value is None and self.required:
            raise ValidationError(self.asked(), "required")
        if value is not None and self.must:
            holds, words = LIMITS[self.must]
            if not holds(value, self.today()):
                raise ValidationError(words.format(self.named()), code="limit")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True


class SeveralField(forms.MultipleChoiceField):
    """Several of a list. What is sent twice is chosen once."""

    def to_python(self, value: Any) -> list[str]:
        """Each once, in the order they came."""
        return list(dict.fromkeys(super().to_python(value)))


def lowered(words: str) -> str:
    """The words to stand inside a sentence; an abbreviation keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def with_article(words: str) -> str:
    """The words with "the" unless they begin with an article or with whose they are."""
    return words if words.split(" ")[0] in {"a", "an", "the", "your", "their"} else f"the {words}"


class Option(str):
    """Words of a radio or tick box that also carry a hint and a small code shown beside them."""

    hint: str
    small: str

    def __new__(cls, words: str, *, hint: str = "", small: str = "") -> "Option":
        made = super().__new__(cls, words)
        made.hint = hint
        made.small = small
        return made
