"""Whole pages at county size as a tracking officer gets them, beside the admin's way of asking the same."""

import logging
import random
import time
from collections.abc import Callable

from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.models import Membership
from tests.bench._measuring import Figure, county, percentile, report
from tests.factories import sign_in
from tracking.register.models import YoungPerson

WARM, RUNS, AT_ONCE = 5, 60, 50


def officer() -> Client:
    user = Membership.objects.select_related("user").get(role="tracking_officer").user
    return sign_in(Client(), user)


def times(ask: Callable[[int], object], runs: int = RUNS) -> list[float]:
    """Seconds of each request, the first ones left out."""
    taken = []
    for number in range(WARM + runs):
        began = time.perf_counter()
        ask(number)
        taken.append(time.perf_counter() - began)
    return taken[WARM:]


def statements(ask: Callable[[int], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask(1)
    return len(seen)


def sought() -> list[str]:
    """What officers type: a surname, a full name, the beginning of one, a misspelt one, a number."""
    dice, words = random.Random(1), []
    people = list(YoungPerson.objects.order_by("pk")[:: 55_000 // (WARM + RUNS + 2)])
    for index, person in enumerate(people):
        given, family = person.given_name, person.family_name
        letter = dice.randrange(1, max(2, len(family) - 1))
        misspelt = family[:letter] + family[letter + 1 :]
        words.append(
            (family, f"{given} {family}", family[:4], f"{given} {misspelt}", person.upn or family)[index % 5]
        )
    return words


def admins_search(words: str) -> list[YoungPerson]:
    """Django's admin: every word somewhere in the names."""
    asked = Q()
    for word in words.split():
        asked &= Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(upn__icontains=word)
    found = YoungPerson.objects.filter(asked).order_by("family_name", "given_name")
    found.count()
    return list(found[:AT_ONCE])


def admins_list() -> list[YoungPerson]:
    listed = YoungPerson.objects.select_related("authority", "situation").order_by(
        "family_name", "given_name"
    )
    listed.count()
    return list(listed[:AT_ONCE])


def measure(what: str, ask: Callable[[int], object], peers: Callable[[int], object]) -> None:
    taken, theirs = times(ask), times(peers, 20)
    p50, p95, peer = percentile(taken, 0.5), percentile(taken, 0.95), percentile(theirs, 0.5)
    report(
        Figure(
            f"{what}, county",
            f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, {statements(ask)} statements",
            f"the admin's queries alone p50 {peer:.0f} ms",
            peer / p50,
            len(taken),
        )
    )


def answered(response: object) -> None:
    assert response.status_code == 200, response.status_code


def main() -> None:
    logging.getLogger("neet").setLevel(logging.WARNING)
    county()
    client, words = officer(), sought()
    some = YoungPerson.objects.filter(cohort_status="P")[: WARM + RUNS]
    refs = [person.ref for person in some]

    def search(number: int) -> None:
        answered(client.post(reverse("search"), {"words": words[number % len(words)]}, follow=True))

    def person(number: int) -> None:
        answered(client.get(reverse("person", args=[refs[number % len(refs)]])))

    measure("search, whole page", search, lambda number: admins_search(words[number % len(words)]))
    measure(
        "register list, whole page",
        lambda _: answered(client.get(reverse("register"))),
        lambda _: admins_list(),
    )
    measure("person page", person, lambda number: YoungPerson.objects.get(ref=refs[number % len(refs)]))


if __name__ == "__main__":
    main()
