"""What stands in somebody's way on a page, and the list of the pages that were looked at."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

from django.db import transaction
from playwright.sync_api import Error, Page

from neet.accounts.roles import ROLES
from neet.ui.statement import COLUMNS, LOOKED_AT, Looked, looked_at
from tests.browser import DESK, PHONE, RULES, VIOLATIONS, axe_at_hand

TABS = 25
MOMENT = 3_000
# What has the focus and does not show it with the colours of the machine, or stands out of sight; "over" at the end.
FOCUS_HIDDEN = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return "over"
  const label = one.labels && one.labels[0]
  const drawn = (style) => style.outlineStyle !== "none" || style.boxShadow !== "none"
  const seen = drawn(getComputedStyle(one)) || label && drawn(getComputedStyle(label, "::before"))
  if (!seen) return one.outerHTML.slice(0, 120)
  const at = one.getBoundingClientRect()
  return at.bottom > 0 && at.top < innerHeight ? "" : "off the screen: " + one.outerHTML.slice(0, 120)
}"""
# What still moves for whoever asked for less motion.
MOVES = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one)
  const lasting = style.transitionDuration.split(",").some((each) => parseFloat(each) > 0.01)
  const named = style.animationName !== "none" && parseFloat(style.animationDuration) > 0.01
  return lasting || named
}).slice(0, 1).map((one) => one.outerHTML.slice(0, 120))"""
# The first form somebody fills in, sent as it stands; whether there is one.
SEND_EMPTY = """() => {
  const shown = (part) => part.offsetParent && !["hidden", "submit", "button"].includes(part.type)
  const form = [...document.querySelectorAll("main form[method=post]")].find(
    (each) => [...each.elements].some((part) => part.name && shown(part)))
  if (!form) return false
  for (const part of form.elements) {
    if (["text", "textarea", "date", "email", "number"].includes(part.type)) part.value = ""
    if (part.type === "radio" || part.type === "checkbox") part.checked = false
  }
  form.noValidate = true
  form.requestSubmit(form.querySelector("button:not([type=button]):not([disabled])"))
  return true
}"""
REFUSED = ".govuk-error-summary, .govuk-error-message"


def barriers(page: Page) -> Iterator[str]:
    """What stands in somebody's way on this page: at desk width, on a small telephone or enlarged to 400%, with less
    motion asked for, and by keyboard with the colours of the machine."""
    yield from found_by_axe(page)
    page.emulate_media(reduced_motion="reduce", forced_colors="active")
    yield from (f"moves: {each}" for each in page.evaluate(MOVES))
    yield from hidden_focus(page)
    page.emulate_media(reduced_motion="null", forced_colors="null")


def found_by_axe(page: Page) -> Iterator[str]:
    """By axe at both widths, and whether the narrow one scrolls sideways."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        axe_at_hand(page)
        yield from page.evaluate(VIOLATIONS, [{"include": [["html"]]}, RULES])
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > PHONE["width"]:
        yield f"scrolls sideways at 320 pixels: {wide}"
    page.set_viewport_size(DESK)


def hidden_focus(page: Page) -> Iterator[str]:
    """Where the keyboard leads and nobody can see that it does."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        hidden = page.evaluate(FOCUS_HIDDEN)
        if hidden == "over":
            return
        if hidden:
            yield f"focus cannot be seen: {hidden}"


def barriers_when_refused(page: Page) -> list[str] | None:
    """What stands in the way once the page's form is sent empty and refused; None where nothing is refused. Whatever
    the form did is taken back."""
    with transaction.atomic():
        try:
            if not page.evaluate(SEND_EMPTY):
                return None
            page.wait_for_selector(REFUSED, timeout=MOMENT)
            page.wait_for_load_state("networkidle")
            return [f"when refused: {each}" for each in found_by_axe(page)]
        except Error:  # what was sent is taken as it stands, or leads elsewhere
            page.wait_for_load_state("networkidle")
            return None
        finally:
            transaction.set_rollback(True)


def look(page: Page, url: str, route: str, role: str) -> Looked:
    """Open a page as somebody in a role, look for barriers on it and on what it answers to an empty form."""
    page.goto(url)
    here = list(barriers(page))
    refused = barriers_when_refused(page)
    found = Looked(
        page=route,
        seen=seen_as(role),
        role=role,
        on=today(),
        refused="yes" if refused is not None else "",
        barriers=" | ".join([*here, *(refused or [])]),
    )
    note(found)
    print(url, role, found.refused and "and refused", found.barriers, flush=True)
    return found


def seen_as(role: str) -> str:
    """Which frame stands around this role's pages."""
    if role == "public":
        return "outside"
    return "portal" if ROLES[role].placed_by == "establishment" else "desk"


def today() -> str:
    """Of the real clock, whatever day the demonstration has."""
    return datetime.now(UTC).date().isoformat()


def looked_at_today() -> set[tuple[str, str]]:
    """Pages that need no second look in a run that goes on: looked at today without a barrier."""
    return {(each.page, each.seen) for each in looked_at() if each.on == today() and not each.barriers}


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time writes the list."""
    with Path(LOOKED_AT).open("a") as held:
        flock(held, LOCK_EX)
        yield


def note(found: Looked) -> None:
    """Put what was seen of a page on the list, in place of what was seen of it before."""
    with alone():
        kept = [each for each in looked_at() if (each.page, each.seen) != (found.page, found.seen)]
        with Path(LOOKED_AT).open("w", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(COLUMNS)
            lines.writerows(sorted((*kept, found)))
