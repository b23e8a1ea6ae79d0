"""Who stands on a register twice, at a tenth of a county and at a county: everybody beside everybody, and those who
changed on one day; beside the same by trigrams in the database, and one young person after the other."""

import random
from collections.abc import Iterator

from django.db import connection, transaction

from schools.models import Authority
from tests.bench._doubles import found_of, plant
from tests.bench._measuring import Figure, county, report, timed
from tests.factories import make_authority
from tracking.merging.actions.finding import search
from tracking.merging.models import Duplicate
from tracking.register.models import YoungPerson
from tracking.rules.matching.for_eyes import LINES

TENTH, TWICE, CHANGED, ASKED_ONE_BY_ONE = 5_500, (20, 200), 150, 300
# What somebody would write instead: names alike by trigrams, the birthday the same.
BY_TRIGRAMS = """
select count(*) from tracking_youngperson a join tracking_youngperson b
  on b.authority_id = a.authority_id and b.id > a.id and b.date_of_birth = a.date_of_birth
where a.authority_id = %s
  and similarity(a.given_name || ' ' || a.family_name, b.given_name || ' ' || b.family_name) > 0.45
"""
ANY_TRIGRAMS = """
select count(*) from (select * from tracking_youngperson where authority_id = %s order by id limit %s) a
join tracking_youngperson b on b.authority_id = a.authority_id and b.id <> a.id
where similarity(a.given_name || ' ' || a.family_name, b.given_name || ' ' || b.family_name) > 0.45
"""


def main() -> None:
    county()
    with transaction.atomic():
        measure()
        transaction.set_rollback(True)


def measure() -> None:
    authority = Authority.objects.order_by("pk")[0]
    small = make_authority()
    few = YoungPerson.objects.filter(authority=authority).order_by("pk").values("pk")[:TENTH]
    YoungPerson.objects.filter(pk__in=list(few.values_list("pk", flat=True))).update(authority=small)
    tenth = Found(small, TWICE[0])
    whole = Found(authority, TWICE[1])
    growth = whole.seconds / tenth.seconds
    grown = whole.people / tenth.people
    what = f"who is on a register of {whole.people:,} twice ({TWICE[1]} put on twice in each of"
    what += f" {len(whole.found)} ways)"
    report(
        Figure(
            what,
            f"{whole.seconds:.1f} s, {whole.words}; {whole.listed} pairs to look at;"
            f" {growth:.1f} times the time for {grown:.1f} times the people",
            f"trigrams of names and the same birthday {whole.trigrams:.1f} s",
            whole.trigrams / whole.seconds,
            1,
        )
    )
    report(
        Figure(
            "the same by trigrams of names alone",
            f"{whole.seconds:.1f} s",
            f"{whole.any_trigrams:,.0f} s (by {ASKED_ONE_BY_ONE} of them)",
            whole.any_trigrams / whole.seconds,
            1,
        )
    )
    changed = [each.pk for each in random.Random(1).sample(list(people_of(authority)), CHANGED)]
    YoungPerson.objects.filter(pk__in=changed).update(known_as="Sam")
    nightly = timed(lambda: search(authority=authority, by=None))
    what = f"the night's search: {CHANGED} who changed beside {whole.people:,}"
    report(Figure(what, f"{nightly:.1f} s", f"everybody {whole.seconds:.1f} s", whole.seconds / nightly, 1))


class Found:
    """What a search of one register took and found, and what the peers took."""

    def __init__(self, authority: Authority, each: int) -> None:
        planted = plant(authority.pk, each)
        self.people = YoungPerson.objects.filter(authority=authority).count()
        self.seconds = timed(lambda: search(authority=authority, by=None, whole=True))
        likely = Duplicate.objects.filter(authority=authority, sure__gte=LINES.worth_a_look)
        self.listed = likely.count()
        self.found = found_of(planted, set(likely.values_list("first", "second")))
        self.words = ", ".join(f"{words} {number} of {each}" for words, number in self.found.items())
        self.trigrams = asked(BY_TRIGRAMS, authority.pk)
        self.any_trigrams = (
            asked(ANY_TRIGRAMS, authority.pk, ASKED_ONE_BY_ONE) * self.people / ASKED_ONE_BY_ONE
        )


def people_of(authority: Authority) -> Iterator[YoungPerson]:
    return YoungPerson.objects.filter(authority=authority).order_by("pk").iterator()


def asked(statement: str, *values: int) -> float:
    """Seconds the database takes."""
    with connection.cursor() as cursor:
        return timed(lambda: cursor.execute(statement, values))


if __name__ == "__main__":
    main()
