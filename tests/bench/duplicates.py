"""Who stands on a register twice, at a tenth of a county and at a county: everybody beside everybody, and those who
changed on one day; beside the same by trigrams in the database, and one young person after the other."""

import random
from collections.abc import Iterator

from django.db import connection, transaction

from schools.models import Authority
from tests.bench._measuring import Figure, county, report, timed
from tests.factories import make_authority
from tracking.merging.actions.finding import search
from tracking.merging.models import Duplicate
from tracking.register.models import YoungPerson

TENTH, TWICE, CHANGED, ASKED_ONE_BY_ONE = 5_500, 200, 150, 300
# Some are put on the register a second time: a letter of the first name is lost, the numbers are not known.
PUT_ON_TWICE = """
with wanted as (
  select *, row_number() over (order by id) as place from tracking_youngperson
  where authority_id = %(authority)s and length(given_name) > 4 and id %% 97 = 5 order by id limit %(twice)s
), added as (
  insert into tracking_youngperson (authority_id, ref, young_person_id, given_name, middle_name, family_name, known_as,
    date_of_birth, gender, ethnicity, upn, uln, previous_id, educated_la, la_at_year_11, corporate_parent_la,
    cohort_status, transferred_to_la, level_of_need, has_guarantee, intended_destination, restricted_reason, source,
    version, created_at)
  select authority_id, gen_random_uuid(), 'D' || lpad(place::text, 12, '0'), left(given_name, -1), '', family_name, '',
    date_of_birth, gender, '', '', '', '', '', '', '', 'P', '', '', false, '', '', 'register', 1, now() from wanted
  returning id, young_person_id
)
insert into tracking_residence (person_id, line_1, line_2, line_3, line_4, town, county, postcode, starts_on, source)
select a.id, r.line_1, r.line_2, r.line_3, r.line_4, r.town, r.county, r.postcode, r.starts_on, ''
from added a join wanted w on a.young_person_id = 'D' || lpad(w.place::text, 12, '0')
join tracking_residence r on r.person_id = w.id and r.ends_on is null
"""
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
    tenth = Found(small)
    whole = Found(authority)
    growth = whole.seconds / tenth.seconds
    grown = whole.people / tenth.people
    what = f"who is on a register of {whole.people:,} twice ({whole.put_on} put on twice with a letter lost)"
    report(
        Figure(
            what,
            f"{whole.seconds:.1f} s, {whole.found} of {whole.put_on} found, {whole.listed} pairs to look at;"
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

    def __init__(self, authority: Authority) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PUT_ON_TWICE, {"authority": authority.pk, "twice": TWICE})
        self.people = YoungPerson.objects.filter(authority=authority).count()
        doubles_of = YoungPerson.objects.filter(authority=authority, young_person_id__startswith="D")
        self.put_on = doubles_of.count()
        self.seconds = timed(lambda: search(authority=authority, by=None, whole=True))
        likely = Duplicate.objects.filter(authority=authority, sure__gte=0.02)
        self.listed, self.found = likely.count(), likely.filter(second__in=doubles_of).count()
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
