"""The parts of a page as template tags; each renders one template of templates/components."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from neet.ui import words
from neet.ui.charts import Figure
from neet.ui.listing import Listing
from neet.ui.parts import Chosen, Link, Progress

register = template.Library()

register.filter("day", words.day)
register.filter("short_day", words.short_day)
register.filter("moment", words.moment)
register.filter("month", words.month)
register.filter("number", words.number)
register.filter("percent", words.percent)
register.filter("signed", words.signed)
register.filter("many", words.many)
register.filter("school_year", words.school_year)


def part(name: str, /, **shown: Any) -> SafeString:
    return _component(name).render(shown)


def _component(name: str) -> Any:
    return get_template(f"components/{name}.html") if settings.DEBUG else _kept_component(name)


@lru_cache(maxsize=256)
def _kept_component(name: str) -> Any:
    return get_template(f"components/{name}.html")


# The few words that stand in every row of a list, made once; typed, since safe text equals the same unsafe text.
often = lru_cache(maxsize=2048, typed=True)(part)


# --- the head of a page ---------------------------------------------------------------------------
@register.simple_tag
def heading(title: str, caption: str = "", status: str = "", tone: str = "plain") -> SafeString:
    return part("heading", title=title, caption=caption, status=status, tone=tone)


@register.simple_tag
def breadcrumbs(*steps: str) -> SafeString:
    """Words and address in turn; the words of this page come last, without an address."""
    pairs = list(zip(steps[:-1:2], steps[1:-1:2], strict=False))
    return part("breadcrumbs", crumbs=pairs, here=steps[-1])


@register.simple_tag
def back(url: str, words: str = "Back") -> SafeString:
    return part("back", url=url, words=words)


@register.simple_block_tag
def identity(content: str, name: str, status: str = "", tone: str = "plain") -> SafeString:
    return part("identity", name=name, status=status, tone=tone, content=content)


@register.simple_block_tag
def fact(content: str, key: str) -> SafeString:
    return part("fact", key=key, content=content)


@register.simple_tag
def subnav(items: Sequence[Link], label: str = "This record") -> SafeString:
    return part("subnav", items=items, label=label)


@register.simple_tag
def tabs(items: Sequence[Link], label: str = "Parts of this page") -> SafeString:
    return part("subnav", items=items, label=label)


# --- acts -----------------------------------------------------------------------------------------
@register.simple_tag
def button(
    words: str, url: str = "", kind: str = "", name: str = "", value: str = "", action: str = ""
) -> SafeString:
    """One that submits, or a link that looks like it; with `action` the form goes there instead."""
    return part("button", words=words, url=url, kind=kind, name=name, value=value, action=action)


@register.simple_block_tag
def buttons(content: str) -> SafeString:
    return part("buttons", content=content)


@register.simple_tag(takes_context=True)
def postbutton(
    context: Mapping[str, Any],
    words: str,
    url: str,
    kind: str = "secondary",
    fields: Mapping[str, Any] | None = None,
) -> SafeString:
    """A form of one button; `fields` become hidden values."""
    return part(
        "postbutton",
        words=words,
        url=url,
        kind=kind,
        fields=fields or {},
        csrf_token=context.get("csrf_token"),
    )


# --- facts ----------------------------------------------------------------------------------------
@register.simple_tag
def tag(words: str, tone: str = "plain") -> SafeString:
    return often("tag", words=words, tone=tone)


@register.simple_tag
def coded(words: str, code: str | int | None = None) -> SafeString:
    """The words, and the official number small beside them."""
    return often("coded", words=words, code=code)


@register.simple_block_tag
def summary(content: str) -> SafeString:
    return part("summary", content=content)


@register.simple_block_tag
def row(content: str, key: str, change: str = "", change_words: str = "Change") -> SafeString:
    return part("row", key=key, content=content, change=change, change_words=change_words)


@register.simple_block_tag
def card(
    content: str, title: str, change: str = "", change_words: str = "Change", level: int = 2
) -> SafeString:
    return part("card", title=title, content=content, change=change, change_words=change_words, level=level)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    return part("timeline", content=content)


@register.simple_block_tag
def event(content: str, title: str, on: Any = None, by: str = "", level: int = 3) -> SafeString:
    """One thing that happened; `on` may be a day or a moment, and a day is never given a time."""
    return part(
        "event", title=title, when=words.when(on), stamp=words.stamp(on), by=by, content=content, level=level
    )


@register.simple_block_tag
def tiles(content: str) -> SafeString:
    return part("tiles", content=content)


@register.simple_tag
def tile(figure: int | str, words: str, url: str, note: str = "", tone: str = "") -> SafeString:
    """A figure that opens the list behind it."""
    return part("tile", figure=figure, words=words, url=url, note=note, tone=tone)


@register.simple_block_tag
def tasklist(content: str) -> SafeString:
    return part("tasklist", content=content)


@register.simple_tag
def tasklistrow(title: str, url: str = "", status: str = "", tone: str = "", hint: str = "") -> SafeString:
    return part("tasklistrow", title=title, url=url, status=status, tone=tone, hint=hint)


# --- words set apart ------------------------------------------------------------------------------
@register.simple_block_tag
def details(content: str, title: str, is_open: bool = False) -> SafeString:
    return part("details", title=title, content=content, is_open=is_open)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return part("inset", content=content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    return part("warning", content=content)


@register.simple_block_tag
def banner(content: str, title: str, kind: str = "notice", level: int = 2) -> SafeString:
    """A notice in the page; `kind` is notice, success, attention or error."""
    return part("banner", title=title, kind=kind, content=content, level=level)


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    return part("panel", title=title, content=content)


@register.simple_block_tag
def empty(content: str, title: str, level: int = 2) -> SafeString:
    return part("empty", title=title, content=content, level=level)


@register.simple_tag(takes_context=True)
def progress(context: Mapping[str, Any], progress: Progress) -> SafeString:
    return part("progress", progress=progress, csrf_token=context.get("csrf_token"))


@register.simple_tag
def figure(figure: Figure, level: int = 2) -> SafeString:
    return part("figure", figure=figure, level=level)


@register.simple_tag
def figure_on_paper(figure: Figure, level: int = 2) -> SafeString:
    """The same for a PDF: the table stands below the chart, nothing opens or downloads."""
    return part("figure_on_paper", figure=figure, level=level)


# --- lists ----------------------------------------------------------------------------------------
@register.simple_block_tag
def table(content: str, caption: str, hide_caption: bool = False) -> SafeString:
    return part("table", caption=caption, hide_caption=hide_caption, content=content)


@register.simple_tag
def th(listing: Listing, sort: str, words: str, numeric: bool = False) -> SafeString:
    """A header cell that sorts the list."""
    here = listing.sort == sort
    state = ("descending" if listing.descending else "ascending") if here else "none"
    return part("th", words=words, url=listing.sort_link(sort), state=state, numeric=numeric)


@register.simple_tag
def pages(listing: Listing, what: str = "young person,young people") -> SafeString:
    return part("pages", listing=listing, what=what)


@register.simple_block_tag
def filtered(
    content: str,
    form: forms.Form,
    listing: Listing,
    chosen: Sequence[Chosen] = (),
    title: str = "Filter this list",
    button: str = "Show the list",
) -> SafeString:
    """The filter panel and, beside it, the list with the filters in force above it."""
    shown = {"form": form, "listing": listing, "chosen": chosen, "title": title, "button": button}
    return part("filtered", content=content, **shown)


@register.simple_block_tag(takes_context=True)
def many(context: Mapping[str, Any], content: str, url: str, error: str = "") -> SafeString:
    """A form around a table with tick boxes; `error` says what is wrong, such as "Select at least one"."""
    return part("many", url=url, content=content, error=error, csrf_token=context.get("csrf_token"))


@register.simple_tag
def tick(value: Any, label: str, name: str = "ticked", ticked: bool = False) -> SafeString:
    """The tick box of one row; `label` is read out. It stands in every row, so no template is opened for it."""
    return format_html(TICK, value=value, label=label, name=name, checked=CHECKED if ticked else "")


CHECKED = SafeString(" checked")
TICK = SafeString(
    '<td class="tick"><label class="tickbox"><input type="checkbox" id="{name}-{value}" name="{name}"'
    ' value="{value}" data-tick{checked}><span class="govuk-visually-hidden">{label}</span></label></td>'
)


# --- forms ----------------------------------------------------------------------------------------
@register.simple_tag
def options(groups: Iterable[tuple[str | None, Iterable[Mapping[str, Any]], int]]) -> SafeString:
    """What a list offers to choose from; in the template itself hundreds of schools take long."""
    return SafeString("".join(_group(name, choices) for name, choices, _ in groups))


def _group(name: str | None, choices: Iterable[Mapping[str, Any]]) -> str:
    found = "".join(
        format_html(
            '<option value="{}"{}>{}</option>',
            each["value"], SELECTED if each["selected"] else "", _option_words(each["label"]),
        )
        for each in choices
    )  # fmt: skip
    return format_html('<optgroup label="{}">{}</optgroup>', name, SafeString(found)) if name else found


SELECTED = SafeString(" selected")


def _option_words(label: Any) -> Any:
    small = getattr(label, "small", "")
    return f"{label} ({small})" if small else label


def anchor(bound: BoundField) -> str:
    """The id an error line points to: the field, or its first box."""
    widget = bound.field.widget
    several = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget))
    return f"{bound.auto_id}_0" if several else str(bound.auto_id)


def problems(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Every refusal of a form in the order of its fields: anchor (empty for the form as a whole) and words."""
    whole = [("", str(words)) for words in form.errors.get(NON_FIELD_ERRORS, [])]
    fields = [
        (anchor(form[name]), str(words))
        for name in form.fields
        for words in form.errors.get(name, [])
        if words
    ]
    return whole + fields


@register.simple_tag
def errors(*forms: Any) -> SafeString | str:
    """The error summary of one or several forms or formsets; nothing when all is well."""
    found = [problem for form in forms for one in members(form) for problem in problems(one)]
    return part("errors", problems=found) if found else ""


def members(form: Any) -> list[forms.BaseForm]:
    """The forms to speak for: the form itself, a formset's forms, or none when it is unbound or absent."""
    if not getattr(form, "is_bound", False):
        return []
    return list(getattr(form, "forms", [form]))


@register.simple_tag
def question(bound: BoundField) -> SafeString:
    """One field whose label is the page's heading."""
    return part("question", field=bound)
