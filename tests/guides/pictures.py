"""Makes the pictures of the guides anew from a running demonstration: everybody in them is invented.

python -m tests.guides.pictures http://127.0.0.1:8000
"""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from neet.launch.places import ROOT

FOLDER = ROOT / "docs" / "guides" / "pictures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SEALED = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
PATIENCE = 60_000
COLOURS, WIDTH, LARGEST = 32, 800, 60_000
# Who sits at the desk (as the page of desks names the role), the address, the picture's name.
PICTURES = {
    "Tracking officer": (
        ("/", "officer-first-page"),
        ("/register/", "officer-register"),
        ("/calls/", "officer-calls"),
        ("/cases/", "officer-cases"),
        ("/tasks/", "officer-tasks"),
        ("/figures/", "officer-figures"),
    ),
    "Data officer": (
        ("/", "data-first-page"),
        ("/month/", "data-month"),
        ("/returns/board/", "data-returns"),
        ("/year/", "data-year"),
    ),
    "Manager": (("/", "manager-first-page"),),
    "Information governance": (("/rights/", "governance-rights"),),
    "School": (
        ("/", "school-first-page"),
        ("/register/", "school-pupils"),
        ("/year-11/", "school-year-11"),
        ("/our-colleagues/", "school-colleagues"),
    ),
    "Hub worker": (("/calls/names/", "hub-names"),),
}
ON_A_TELEPHONE = {"Tracking officer": ("/calls/", "officer-telephone"), "School": ("/", "school-telephone")}


def sit_down(browser: Browser, address: str, role: str, size: dict[str, int]) -> Page:
    """The page of somebody of a role, the first there is."""
    page = browser.new_context(base_url=address, viewport=size, locale="en-GB").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/demonstration/")
    desk = page.locator("tbody tr").filter(has=page.locator("th", has_text=role))
    desk.first.get_by_role("button").click()
    page.wait_for_load_state("networkidle")
    return page


def take(page: Page, place: str, file: Path) -> None:
    """The upper part of a page, few colours and small: it is read beside a text."""
    page.goto(place)
    page.wait_for_load_state("networkidle")
    whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    width = min(WIDTH, whole.width)
    small = whole.resize((width, whole.height * width // whole.width), Image.Resampling.LANCZOS)
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def main(address: str) -> None:
    """Every picture, at the desk or on a telephone."""
    FOLDER.mkdir(exist_ok=True)
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SEALED, *as_root])
        for role, wanted in PICTURES.items():
            page = sit_down(browser, address, role, DESK)
            for place, name in wanted:
                take(page, place, FOLDER / f"{name}.png")
        for role, (place, name) in ON_A_TELEPHONE.items():
            take(sit_down(browser, address, role, PHONE), place, FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
