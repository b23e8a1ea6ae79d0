"""Which return a file is: its columns decide, what it is labelled or called only helps (R2)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from returns.intake.layouts import LAYOUTS
from returns.intake.layouts.columns import Column, Kind, Layout
from returns.intake.layouts.shared import (
    ADDRESS,
    ASSENT,
    CONTACT,
    IDENTITY,
    OBJECTION,
    PARENT,
    YEAR_GROUP,
)
from returns.intake.rules.choices import read_choice
from returns.intake.rules.context import Context
from returns.intake.rules.guessing import Guess, guess

# Columns of who is meant and where they live tell no return apart.
COMMON = frozenset(
    each.name for each in (*IDENTITY, *ADDRESS, *CONTACT, *PARENT, YEAR_GROUP, OBJECTION, ASSENT)
)
CLEARLY = 1.3  # how many times better the best has to be than the next
ENOUGH = 0.6  # what tells a return apart from all others, at least
NAMED = 0.4  # what a label or a file's name adds
EXPLAINED = 0.5  # what it adds that every heading is one of the return's
MISSING = 0.5  # what is taken off where a column every row needs is not there
MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Kindred:
    """How far a file is like one return: what speaks for it, and its columns that speak."""

    type: str
    title: str
    worth: float
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is, whether that is sure, and why in words; `others` are what it may be instead, likeliest first.
    Without a type nothing speaks for any."""

    type: str
    sure: bool
    why: str
    others: tuple[Kindred, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """What somebody called a file: the words, and the returns they may stand for; the type its name or our own first
    line says."""

    words: str = ""
    types: frozenset[str] = frozenset()
    named: str = ""
    titled: str = ""


def layouts_from(kind: str) -> tuple[Layout, ...]:
    """What an establishment of this kind may send; without one, the lists from elsewhere."""
    return tuple(each for each in LAYOUTS.values() if (kind in each.places if kind else not each.places))


def recognise(
    layouts: Sequence[Layout],
    headings: Sequence[str],
    sample: Sequence[Mapping[str, str]],
    label: Label,
    context: Context,
) -> Recognised:
    """Which of these returns a file is, by the columns no other return has, what stands below them, and last by its
    label and name. Our own first line is believed. Raises nothing: a file of nobody's columns is no return."""
    titled = next((each for each in layouts if each.type == label.titled), None)
    if titled:
        return Recognised(titled.type, True, f"Its first line says “{titled.title}”.")
    file = _File(tuple(layouts), headings, sample, label, context)
    found = [_kindred(each, file) for each in layouts]
    ranked = tuple(sorted((each for each in found if each.worth > 0), key=lambda each: -each.worth))
    if not ranked:
        return Recognised("", False, "None of its columns is one of a return.")
    best, second = ranked[0], ranked[1].worth if len(ranked) > 1 else 0.0
    sure = best.worth >= ENOUGH and best.worth >= CLEARLY * second
    return Recognised(best.type, sure, why_of(best, layouts, label), ranked[1:4])


def distinct(layout: Layout, layouts: Collection[Layout]) -> Mapping[str, float]:
    """The columns that tell a return apart, and how much: one that no other has is worth 1, one that many have
    nothing."""
    return _worth_of_columns(layout, tuple(layouts))


@cache
def _worth_of_columns(layout: Layout, layouts: tuple[Layout, ...]) -> Mapping[str, float]:
    having = {
        column.name: sum(column.name in each.by_name for each in layouts)
        for column in layout.template_columns()
        if column.name not in COMMON
    }
    few = max(2, len(layouts) // 2)
    return {name: 1 / number for name, number in having.items() if number <= few}


@dataclass(frozen=True)
class _File:
    """A file and what it may be."""

    layouts: tuple[Layout, ...]
    headings: Sequence[str]
    sample: Sequence[Mapping[str, str]]
    label: Label
    context: Context

    @cached_property
    def guesses(self) -> Mapping[str, Mapping[str, Guess]]:
        """By return and column, which heading holds it."""
        return {
            layout.type: {
                each.column: each
                for each in guess(layout, self.headings, self.sample, None, self.context.as_at)
                if each.column
            }
            for layout in self.layouts
        }

    @cached_property
    def claims(self) -> Mapping[str, int]:
        """How many returns have something of their own under a heading: Comments are everywhere."""
        return Counter(
            self.guesses[layout.type][name].heading
            for layout in self.layouts
            for name in distinct(layout, self.layouts)
            if name in self.guesses[layout.type]
        )


def _kindred(layout: Layout, file: _File) -> Kindred:
    guesses, label = file.guesses[layout.type], file.label
    speaking = {
        name: worth * _fit(layout.column(name), guesses[name], file) / file.claims[guesses[name].heading]
        for name, worth in distinct(layout, file.layouts).items()
        if name in guesses
    }
    worth = sum(speaking.values())
    worth += NAMED * (layout.type in label.types) + NAMED * (layout.type == label.named)
    worth += EXPLAINED * len(guesses) / max(1, len(file.headings)) if speaking else 0.0
    worth -= MISSING * sum(_is_missing(column, guesses) for column in layout.columns)
    shown = sorted((name for name in speaking if speaking[name] > 0), key=lambda name: -speaking[name])
    words = tuple(layout.column(name).words for name in shown[:MOST_SHOWN])
    return Kindred(layout.type, layout.title, worth, words)


def _fit(column: Column, guessed: Guess, file: _File) -> float:
    """How well what stands below fits, from 0 to 1: of a list how many are on it; little where it is not sure."""
    values = [text for row in file.sample if (text := row.get(guessed.heading, "").strip())]
    sure = 1.0 if guessed.sure else 0.25
    if column.kind is not Kind.CHOICE or not values:
        return sure
    return sure * sum(bool(read_choice(text, column, file.context)[0]) for text in values) / len(values)


def _is_missing(column: Column, guesses: Mapping[str, Guess]) -> bool:
    whole = column.name in {"family_name", "given_name"} and "whole_name" in guesses
    return column.required and column.name not in guesses and not whole


def why_of(best: Kindred, layouts: Collection[Layout], label: Label) -> str:
    """Why a file is what it is, and that it was called something else."""
    why = f"Its columns are those of {best.title}"
    why += f" ({', '.join(best.columns)})." if best.columns else "."
    titles = {each.type: each.title for each in layouts}
    if label.words and best.type not in label.types:
        return f"It is labelled “{label.words}”. {why}"
    if label.words and len(label.types) > 1:
        return f"It is labelled “{label.words}”, which may be several returns. {why}"
    if label.named and label.named != best.type:
        return f"Its name says {titles.get(label.named, label.named)}. {why}"
    return why


def is_clearly(layout: Layout, layouts: Collection[Layout], columns: Collection[str]) -> bool:
    """Whether columns of a file are enough to say that it is this return, whatever it is called."""
    worth_of = distinct(layout, layouts)
    return sum(worth_of.get(name, 0.0) for name in columns) >= ENOUGH
