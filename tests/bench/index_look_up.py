"""Asking other councils: one question, and the newcomers of a large return in one go, beside the same asked one after
the other. Three councils that agreed with each other share a county's young people."""

from datetime import date

from django.db import connection, transaction

from neet import clock
from schools.models import Authority
from tests.bench._measuring import AS_ON, Figure, county, median, report
from tests.factories import make_authority
from tests.tracking.moves.made import make_agreement
from tracking.moves.queries.elsewhere import Sought, held_elsewhere, known_elsewhere
from tracking.register.models import YoungPerson

RUNS, NEWCOMERS, EVERY = 5, 5_000, 4


def one(asker: Authority, person: YoungPerson) -> int:
    """A single question about somebody another council leads for."""
    sought = Sought(1, person.given_name, person.family_name, person.date_of_birth, person.upn)
    return len(known_elsewhere([sought], authority_id=asker.pk, on=AS_ON))


def newcomers(asker: Authority, known: list[YoungPerson]) -> list[int]:
    """A return's newcomers: every fourth is led for elsewhere, under the same name and birthday."""
    rows = [
        YoungPerson(
            authority=asker,
            young_person_id=f"{asker.database_id}{number:010d}",
            given_name=each.given_name if number % EVERY == 0 else f"{each.given_name}ra",
            family_name=each.family_name if number % EVERY == 0 else f"Q{each.family_name}",
            date_of_birth=each.date_of_birth or date(2009, 1, 1),
        )
        for number, each in enumerate(known)
    ]
    return [each.pk for each in YoungPerson.objects.bulk_create(rows)]


def one_by_one(asker: Authority, people: list[int], most: int) -> float:
    """The same asked one after the other, for some of them; seconds for all."""
    some = people[:most]
    took = median(lambda: [held_elsewhere([pk], authority_id=asker.pk, on=AS_ON) for pk in some], 1)
    return took * len(people) / len(some)


def main() -> None:
    county()
    with transaction.atomic():
        there = Authority.objects.get(code="886")
        asker = make_authority(code="330", name="The council that asks")
        make_agreement(asker, there, agreed_at=clock.now())
        led = YoungPerson.objects.filter(authority=there, cohort_status="P", restricted_on=None)
        known = list(led.order_by("pk")[:NEWCOMERS])
        people = newcomers(asker, known)
        with connection.cursor() as cursor:
            cursor.execute("analyze tracking_youngperson")
        assert one(asker, known[0]) == 1
        single = median(lambda: one(asker, known[0]), RUNS)
        found = held_elsewhere(people, authority_id=asker.pk, on=AS_ON)
        ours = median(lambda: held_elsewhere(people, authority_id=asker.pk, on=AS_ON), RUNS)
        peer = one_by_one(asker, people, 40)
        transaction.set_rollback(True)
    report(
        Figure(
            f"other councils asked about {len(people):,} newcomers, {len(found):,} of them known there"
            f" (county); one question: {single * 1000:.0f} ms",
            f"{ours:.2f} s",
            f"{peer:.1f} s one after the other",
            ours / peer,
            RUNS,
        )
    )


if __name__ == "__main__":
    main()
