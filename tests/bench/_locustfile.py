"""People at work, as locust plays them: officers together make 25 requests a second, twenty schools send."""

import json
import os
import re
import secrets
import time
from itertools import count
from pathlib import Path
from random import Random

from locust import HttpUser, constant, events, task

GIVEN = json.loads(Path(os.environ["LOAD_GIVEN"]).read_text())
ASKS = (
    88 + 14 + 12
) / 88  # requests a task, by the weights below: a search and a form that is saved ask twice
EACH = float(os.environ["LOAD_RATE"]) / ASKS / len(GIVEN["officers"])  # tasks a second
CHECKED = "a return of 250 rows, from sending to its checked page"
UNTIL_CHECKED, LOOKS_EVERY = 300, 3  # seconds; the page asks every three
numbers = count()
URLS = GIVEN["urls"]
TOLD: list[str] = []  # the notes that somebody was told are saved
waiting = iter(GIVEN["returns"][:: int(os.environ["LOAD_ORDER"])])  # warming up begins at the other end


@events.quitting.add_listener
def write_down_what_was_told(**_: object) -> None:
    Path(os.environ["LOAD_TOLD"]).write_text(json.dumps(TOLD))


def came(status: int) -> bool:
    """Did a page come? Locust counts every other answer as failed by itself, by what went wrong."""
    return 200 <= status < 400


class Somebody(HttpUser):
    """A browser with a session of its own."""

    abstract = True

    def signed_in(self, cookie: str) -> None:
        token = secrets.token_hex(16)
        self.client.cookies.update({"sessionid": cookie, "csrftoken": token})
        self.client.headers["X-CSRFToken"] = token

    def read(self, url: str, name: str) -> str:
        """A page, which must be the one that was asked for and not the one to sign in; nothing where
        it is not."""
        with self.client.get(url, name=name, catch_response=True) as answer:
            if not came(answer.status_code):
                return ""
            if "/account/login" in answer.url:
                answer.failure("signed out")
            return answer.text

    def save(self, url: str, name: str, **answers: str) -> bool:
        """A form, which must lead on to another page; does it?"""
        with self.client.post(url, answers, name=name, allow_redirects=False, catch_response=True) as answer:
            if answer.status_code == 302:
                answer.success()
            elif came(answer.status_code):
                answer.failure(f"not saved: {answer.status_code}")
            return answer.status_code == 302


class Officer(Somebody):
    """A tracking officer: lists, people, searches, calls, and what was heard written down."""

    fixed_count = len(GIVEN["officers"])

    def wait_time(self) -> float:
        """Until the next task, seconds: people come independently of each other. Without chance in it all of them
        ask in the same instant, wait for each other and then leave the machine idle. Who is late catches up."""
        self.due += self.dice.expovariate(EACH)
        return max(0.0, self.due - time.monotonic())

    def on_start(self) -> None:
        self.number = next(numbers)
        self.dice = Random(self.number)
        self.due = time.monotonic() + self.dice.expovariate(EACH)
        time.sleep(max(0.0, self.due - time.monotonic()))
        self.signed_in(GIVEN["officers"][self.number % len(GIVEN["officers"])])

    def somebody(self) -> dict[str, str]:
        return self.dice.choice(GIVEN["people"])

    @task(22)
    def record(self) -> None:
        self.read(f"/people/{self.somebody()['ref']}/", "a person's page")

    @task(14)
    def search(self) -> None:
        person = self.somebody()
        words = person["words"] if self.dice.random() < 0.8 else person["upn"]
        with self.client.post(
            URLS["search"], {"words": words}, name="a search", catch_response=True
        ) as answer:
            if came(answer.status_code) and (
                answer.url.endswith(URLS["search"]) or "/account/" in answer.url
            ):
                answer.failure(f"led to {answer.url}")

    @task(8)
    def register(self) -> None:
        self.read(URLS["register"], "the register")

    @task(6)
    def register_of_a_school(self) -> None:
        self.read(f"{URLS['register']}?school={self.dice.choice(GIVEN['schools'])}", "the register")

    @task(4)
    def register_neet(self) -> None:
        self.read(URLS["register"] + "?status=NEET", "the register")

    @task(6)
    def home(self) -> None:
        self.read(URLS["home"], "the first page")

    @task(5)
    def task_list(self) -> None:
        self.read(URLS["tasks"], "tasks")

    @task(4)
    def calls(self) -> None:
        self.read(URLS["calls"], "calls")

    @task(3)
    def cases(self) -> None:
        self.read(URLS["cases"], "cases")

    @task(2)
    def board(self) -> None:
        self.read(URLS["returns_board"], "the board of returns")

    @task(2)
    def guarantee(self) -> None:
        self.read(URLS["guarantee"], "the guarantee")

    @task(6)
    def note(self) -> None:
        url = f"/people/{self.somebody()['ref']}/notes/add/"
        self.read(url, "a form")
        text = f"Rang at the usual number, no answer. {secrets.token_hex(8)}"
        if self.save(url, "a note saved", text=text):
            TOLD.append(text)

    @task(6)
    def contact(self) -> None:
        url = f"/people/{self.somebody()['ref']}/contact/add/"
        self.read(url, "a form")
        number = f"07700 9{self.dice.randrange(100_000):05d}"
        self.save(url, "a contact saved", kind="mobile", value=number, whose="young_person")


class Sender(Somebody):
    """A school that sends its return and waits until it is checked; then the next school does."""

    fixed_count = int(os.environ["LOAD_SENDERS"])
    wait_time = constant(0)

    @task
    def send(self) -> None:
        due = next(waiting, None)
        if due is None:
            time.sleep(LOOKS_EVERY)
            return
        self.client.cookies.clear()
        self.signed_in(due["cookie"])
        began = time.perf_counter()
        with Path(due["file"]).open("rb") as file:
            sent = self.client.post(
                due["url"], files={"file": ("enrolment.csv", file, "text/csv")}, name="a return handed in"
            )
        if "/return/" not in (sent.url or ""):
            return self.over(began, f"the file was not taken: {sent.status_code} {said(sent.text)}")
        while not self.is_done(sent.url):
            if time.perf_counter() - began > UNTIL_CHECKED:
                return self.over(began, "not checked in time")
            time.sleep(LOOKS_EVERY)
        page = self.read(sent.url, "a checked return")
        return self.over(began, "not checked" if not page or "Which column" in page else "")

    def is_done(self, url: str) -> bool:
        """What the page itself asks every three seconds: it is told to load anew once the work is done."""
        asks = {"HX-Request": "true"}
        with self.client.get(url, headers=asks, name="how far a return is", catch_response=True) as answer:
            return came(answer.status_code) and answer.headers.get("HX-Refresh") == "true"

    def over(self, began: float, wrong: str) -> None:
        self.environment.events.request.fire(
            request_type="JOB", name=CHECKED, response_time=(time.perf_counter() - began) * 1000,
            response_length=0, exception=RuntimeError(wrong) if wrong else None, context={},
        )  # fmt: skip


def said(page: str) -> str:
    return " ".join(re.findall(r"error[^>]*>([^<]{5,120})<", page))[:200]
