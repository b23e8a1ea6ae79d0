"""Somebody at work by HTTP while an installation is disturbed: what was answered, and what they were told is saved."""

import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, IncompleteRead
from urllib.parse import urlencode

from tests.neet.launch.installation import wait_for

WORKERS, LONGEST = 3, 60
ENOUGH = 12  # pages of each kind that count as being at work
# Run in the shell of an installation: somebody with a session, and whom they work on; what they saved.
SOMEBODY = """
from django.test import Client
from schools.models import Authority
from tests.factories import make_user, sign_in
from tracking.register.models import YoungPerson
council = Authority.objects.filter(young_people__isnull=False).earliest("pk")
officer = make_user("tracking_officer", council, email="at-work@example.org")
print(sign_in(Client(), officer).cookies["sessionid"].value, YoungPerson.objects.filter(authority=council)[0].ref)
"""
NOTES = """
from tracking.register.models import Note
print(*Note.objects.filter(text__startswith="Disturbed ").values_list("text", flat=True), sep="|")
"""


@dataclass
class Desk:
    """Somebody signed in, at whichever web server; a proxy would choose."""

    cookie: str
    ref: str
    port: int
    answers: Counter[tuple[str, object]] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    bodies: set[str] = field(default_factory=set)  # of the pages that said something is wrong
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, path: str, body: dict[str, str] | None = None, port: int = 0) -> object:
        """The status of a whole answer, or what became of the question instead."""
        token = secrets.token_hex(16)
        headers = {
            "Cookie": f"sessionid={self.cookie}; csrftoken={token}", "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded", "Connection": "close",
        }  # fmt: skip
        try:
            with closing(HTTPConnection("127.0.0.1", port or self.port, timeout=LONGEST)) as line:
                line.request("POST" if body else "GET", path, urlencode(body) if body else None, headers)
                answer = line.getresponse()
                page = answer.read()
                if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    self.bodies.add(page.decode())
                return answer.status
        except IncompleteRead:
            return "half an answer"
        except (OSError, HTTPException):
            return "not taken"

    def work(self) -> None:
        """A page of each kind and a note."""
        for path in ("/", "/register/", f"/people/{self.ref}/"):
            self.keep(path, self.ask(path))
        text = f"Disturbed {secrets.token_hex(6)}"
        status = self.ask(f"/people/{self.ref}/notes/add/", {"text": text})
        self.keep("note", status)
        if status == 302:
            with self.lock:
                self.told.append(text)

    def keep(self, what: str, status: object) -> None:
        with self.lock:
            self.answers[what, status] += 1

    def wait_for_more(self) -> None:
        """Until so many pages of each kind were asked again: what follows happens while people work."""
        asked = sum(self.answers.values())
        wait_for(lambda: sum(self.answers.values()) >= asked + 4 * ENOUGH, "people work")

    def went_wrong(self) -> dict[tuple[str, object], int]:
        """What was not a page, or not a note saved."""
        well = {("note", 302), ("/", 200), ("/register/", 200), (f"/people/{self.ref}/", 200)}
        return {each: times for each, times in self.answers.items() if each not in well}


@contextmanager
def at_work(desk: Desk) -> Iterator[None]:
    """People ask and save, several at once, until the block ends."""
    enough = threading.Event()

    def one() -> None:
        while not enough.is_set():
            desk.work()

    people = [threading.Thread(target=one) for _ in range(WORKERS)]
    for each in people:
        each.start()
    try:
        yield
    finally:
        enough.set()
        for each in people:
            each.join()
