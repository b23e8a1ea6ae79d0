"""One row as a whole: what its cells say together, and about the day of the return."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from returns.intake.layouts.columns import Column, Layout
from returns.intake.rules.choices import NO, YES
from returns.intake.rules.context import Context
from returns.intake.rules.found import Trouble
from returns.intake.rules.numbers import postcode_at_end
from tracking.rules.academic_year import academic_age, age_on, starts_on, year_group
from tracking.rules.offers import Place

Values = dict[str, str]
At = tuple[str, Trouble]

SIXTH_FORM_AGE = 16
BEFORE_TERM = timedelta(days=92)  # a sixth form may begin in June, straight after the examinations
LAST_AT_SCHOOL = 11  # the last year group of compulsory schooling
PARENTS = "A parent's"
JOINS = "joiners_leavers"
BEHIND, AHEAD = 2, 1  # years: repeating one is usual, being one ahead is not
ADDRESS = ("town", "line_2", "line_1")
CHECKED_BY = (
    "date_of_birth",
    "year_group",
    "starts_on",
    "predicted_end_on",
    "left_on",
    "has_plan",
    "offered_from",
    "stage",
)  # all that `check` looks at


def settle(layout: Layout, values: Values, context: Context) -> Iterator[At]:
    """What follows from one cell for another: both names out of one cell, the postcode out of the address, an
    objection out of a refused agreement, the first day of a sixth form. Changes `values`; says what has to be said."""
    yield from _names(values)
    if "postcode" not in values and "postcode" in layout.by_name:
        yield from _postcode(values, context)
    if values.pop("assent", "") == NO and "objection" in layout.by_name:
        values["objection"] = YES
    if "left_on" in values:
        yield from _left(layout.column("left_on"), values, context)
    if "whose_number" in values:
        _whose_number(values)
    if "date_of_birth" in values and not context.is_college:
        if layout.year_groups and min(layout.year_groups) <= LAST_AT_SCHOOL:
            _at_school(values, context)
        elif "starts_on" in values:
            yield from _admission(values)


def check(layout: Layout, values: Values, context: Context) -> Iterator[At]:
    """What is wrong with a row of clean values as a whole."""
    born = values.get("date_of_birth")
    if born:
        yield from _birth(layout, date.fromisoformat(born), values, context)
    elif "year_group" in values and layout.year_groups and not context.is_college:
        yield from _year(layout, int(values["year_group"]), context)
    if "starts_on" in values:
        yield from _start(values, context)
    if "predicted_end_on" in values:
        yield from _end(values, context)
    if "offered_from" in values:
        yield from _offer(values, context)
    if layout.effect == JOINS:
        yield from _joins_or_leaves(values, context)


# --- one cell for another -------------------------------------------------------------------------------------


def _names(values: Values) -> Iterator[At]:
    whole = values.pop("whole_name", "")
    if whole and not ("family_name" in values and "given_name" in values):
        last, _, first = whole.partition(", ")
        values["family_name"], values["given_name"] = last, first
    last, first = values.get("family_name", ""), values.get("given_name", "")
    if "," in last or (last and not first and " " in last):
        yield "family_name", _together(last)
    elif "," in first or (first and not last and " " in first):
        yield "given_name", _together(first)


def _together(name: str) -> Trouble:
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma:
        first, _, last = name.rpartition(" ")
    fix = f"If the last name is “{last}” and the first name “{first}”, put each in its own column."
    return Trouble("names_together", "Both names seem to stand in this cell.", fix)


def _postcode(values: Values, context: Context) -> Iterator[At]:
    for name in ADDRESS:
        rest, postcode = postcode_at_end(values[name], context) if name in values else ("", "")
        if postcode:
            values["postcode"] = postcode
            values[name] = rest
            if not rest:
                del values[name]
            yield (
                "postcode",
                Trouble("postcode_from_address", f"Read {postcode} from the address.", "Nothing to do."),
            )
            return


def _left(column: Column, values: Values, context: Context) -> Iterator[At]:
    if not column.unwanted:
        return
    left_on = values.pop("left_on")
    if left_on <= context.as_at.isoformat():
        why = f"They left on {_said(left_on)}. {column.unwanted}"
        yield "left_on", Trouble("has_left", why, "Take the row off; where they went is asked next.")
    else:
        values.setdefault("predicted_end_on", left_on)
        yield (
            "left_on",
            Trouble(
                "not_here", "A leaving date still to come is taken as the expected end.", "Nothing to do."
            ),
        )


def _whose_number(values: Values) -> None:
    """A number that is a parent's stands with the parent's (R150)."""
    if values.pop("whose_number") == PARENTS and "telephone" in values:
        values.setdefault("parent_telephone", values.pop("telephone"))


def _at_school(values: Values, context: Context) -> None:
    """Who is not yet in the sixth form is at school, as the law has it, and not in full-time education after it."""
    years = year_group(date.fromisoformat(values["date_of_birth"]), context.as_at)
    if years <= LAST_AT_SCHOOL and values.get("activity") == context.full_time_here:
        values["activity"] = context.at_school


def _admission(values: Values) -> Iterator[At]:
    """A school gives the day they came to it, often in Year 7; the sixth form begins after Year 11."""
    began, from_then = _sixth_form(values["date_of_birth"])
    if values["starts_on"] < from_then:
        why = f"They came to the school on {_said(values['starts_on'])}; the sixth form began on {began:%d/%m/%Y}."
        values["starts_on"] = began.isoformat()
        yield "starts_on", Trouble("start_moved", why, "Nothing to do.")


@lru_cache(4096)
def _sixth_form(born: str) -> tuple[date, str]:
    """Its first day, and from which day on somebody may have come for it."""
    began = sixth_form_begins(date.fromisoformat(born))
    return began, (began - BEFORE_TERM).isoformat()


def sixth_form_begins(born_on: date) -> date:
    """The 1 September after Year 11 of somebody born on a day."""
    return starts_on(born_on.year + SIXTH_FORM_AGE + (born_on.month >= 9))


# --- the row against the day of the return -----------------------------------------------------------------------


def _birth(layout: Layout, born_on: date, values: Values, context: Context) -> Iterator[At]:
    first, last = layout.column("date_of_birth").years or (-120, 0)
    if not first <= born_on.year - context.as_at.year <= last:
        why = f"Somebody born on {born_on:%d/%m/%Y} was {_age(born_on, context)} on the day of this return."
        yield "date_of_birth", Trouble("birth_not_possible", why, "Correct the date of birth.")
    elif not layout.year_groups:
        return
    elif context.is_college:
        yield from _college_age(layout, born_on, values, context)
    else:
        yield from _school_age(layout, born_on, values, context)


def _age(born_on: date, context: Context) -> str:
    years = age_on(born_on, context.as_at)
    return f"{years} years old" if years >= 0 else "not yet born"


def _college_age(layout: Layout, born_on: date, values: Values, context: Context) -> Iterator[At]:
    youngest, oldest, with_plan = layout.ages
    began = min(date.fromisoformat(values.get("starts_on", "9999-12-31")), context.as_at)
    years = age_on(born_on, began)
    if academic_age(born_on, context.as_at) < youngest or years > with_plan:
        scope = f"{youngest} to {oldest}, or {with_plan} with an EHC plan"
        why = f"They were {years} when the course began; this return is for {scope}."
        yield "date_of_birth", Trouble("outside_age", why, "Correct the dates, or take the row off.")
    elif years > oldest and values.get("has_plan") != YES:
        why = f"They were {years} when the course began, and no EHC plan is given."
        yield (
            "date_of_birth",
            Trouble("age_without_plan", why, "Write Yes under EHC plan, or take the row off."),
        )


def _school_age(layout: Layout, born_on: date, values: Values, context: Context) -> Iterator[At]:
    by_age = year_group(born_on, context.as_at)
    stated = int(values.get("year_group", by_age))
    has_plan = values.get("has_plan") == YES
    wrong_year = list(_year(layout, stated, context))
    if wrong_year and not (has_plan and stated > max(_years(layout, context))):
        column = "year_group" if "year_group" in values else "date_of_birth"
        yield column, wrong_year[0][1]
    elif stated - by_age >= AHEAD or (by_age - stated >= BEHIND and not has_plan):
        why = f"Born on {born_on:%d/%m/%Y} they would be in Year {by_age}; the row says Year {stated}."
        yield (
            "year_group",
            Trouble("year_and_age", why, "Correct the one that is wrong, or say why both are right."),
        )


def _year(layout: Layout, stated: int, context: Context) -> Iterator[At]:
    years = _years(layout, context)
    if stated not in years:
        said = f"Years {min(years)} to {max(years)}" if len(years) > 1 else f"Year {years[0]}"
        why = f"They are in Year {stated}; this return is for {said}."
        fix = "Correct the year group or date of birth, or take the row off."
        if stated > max(years):
            fix = f"With an EHC plan, write Yes under EHC plan. Else: {fix[0].lower()}{fix[1:]}"
        yield "year_group", Trouble("outside_years", why, fix)


def _years(layout: Layout, context: Context) -> tuple[int, ...]:
    return context.year_groups or layout.year_groups


def _start(values: Values, context: Context) -> Iterator[At]:
    if values["starts_on"] > context.as_at.isoformat():
        why = f"They start on {_said(values['starts_on'])}; the return is about {context.as_at:%d/%m/%Y}."
        yield (
            "starts_on",
            Trouble("starts_later", why, "Correct the day, or send the row with a later return."),
        )


def _joins_or_leaves(values: Values, context: Context) -> Iterator[At]:
    start, left = values.get("starts_on", ""), values.get("left_on", "")
    if not start and not left:
        why = "It says neither when they joined nor when they left."
        yield "", Trouble("neither", why, "Give the day, or leave the row out.")
    elif left > context.as_at.isoformat():
        why = f"They leave on {_said(left)}; the return is about {context.as_at:%d/%m/%Y}."
        yield (
            "left_on",
            Trouble("leaves_later", why, "Correct the day, or send the row with the next return."),
        )
    elif left and start > left:
        why = f"They left on {_said(left)} and joined on {_said(start)}."
        yield "left_on", Trouble("left_before_start", why, "Correct the day that is wrong.")


def _end(values: Values, context: Context) -> Iterator[At]:
    end, start = values["predicted_end_on"], values.get("starts_on", "")
    if start and end < start:
        why = f"It ends on {_said(end)} and starts on {_said(start)}."
        yield "predicted_end_on", Trouble("ends_before_start", why, "Correct the day that is wrong.")
    elif end < context.as_at.isoformat():
        why = f"It ended on {_said(end)}; the return is about {context.as_at:%d/%m/%Y}."
        yield (
            "predicted_end_on",
            Trouble("over_already", why, "Correct the day, or take the row off if they have left."),
        )


def _offer(values: Values, context: Context) -> Iterator[At]:
    """A place that begins after the January term has begun is kept and does not count as an offer (R25)."""
    rules, begins = context.ruleset.offers, date.fromisoformat(values["offered_from"])
    by = rules.starts_by(rules.september_for(Place("", context.as_at, begins)))
    stage = rules.stages.get(values.get("stage", ""))
    if begins > by and (stage is None or stage.counts):
        why = f"It begins on {begins:%d/%m/%Y}; the September Guarantee counts what begins by {by:%d/%m/%Y}."
        yield "offered_from", Trouble("begins_too_late", why, "Nothing to do: it is kept, and not counted.")


def _said(iso: str) -> str:
    return f"{iso[8:]}/{iso[5:7]}/{iso[:4]}"
