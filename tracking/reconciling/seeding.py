"""Inventing what the statistics office would publish of the small register: where its postcodes lie, how many people
live there. No real place has these postcodes."""

from collections.abc import Iterator
from random import Random

from django.db import connection

from schools.models import Authority, District
from tracking.reconciling.actions.loading import load_population, load_postcodes
from tracking.reconciling.rules.estimates import OLDEST, YOUNGEST, Estimate
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year, birth_range
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"
NEIGHBOUR, COUNCIL_WITHOUT_DISTRICTS = "887", "E99999999"
FIRST_DISTRICT = 7_000_901  # E07000901 and on: codes that were never given out
HEADINGS = ("pcds", "doterm", "oscty", "oslaua", "osward")
WARDS_OF_A_DISTRICT = 9
# Of a hundred postcodes so many lie over the border, in another district, or are too new for the directory.
OVER_THE_BORDER, IN_ANOTHER, TOO_NEW = 2, 3, 4
# The register lacks some of those who live here; births differ a little from year to year.
YEARS_AGO, OF_A_THOUSAND, MORE_OR_LESS = (3, 2, 1), 1012, 12
POSTCODES = """
    select upper(regexp_replace(r.postcode, '[^A-Za-z0-9]', '', 'g')) as postcode,
      mode() within group (order by r.district_id)
    from tracking_residence r join tracking_youngperson p on p.id = r.person_id
    where p.authority_id = %s and r.district_id is not null and r.postcode ~ '^ZZ[0-9]{2} [0-9][A-Z]{2}$'
    group by 1 order by 1
"""
MEASURED = """
    select count(*) from tracking_youngperson
    where authority_id = %s and cohort_status = 'P' and date_of_birth between %s and %s
"""


def invent_directory(invention: Invention) -> None:
    """A directory of the postcodes young people live at, in which some lie elsewhere than was written down, and
    estimates of three years that the register does not quite reach."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    areas = ruleset(invention.on).areas
    codes = _codes(authority)
    load_postcodes(
        name="Postcodes (invented)",
        headings=HEADINGS,
        # All of them before the first goes in: they are read by the connection that copies.
        rows=list(enumerate(_rows(invention, authority, codes, areas), start=2)),
        by=None,
    )
    own = areas[authority.code].ons_code
    load_population(
        name="Population (invented)", estimates=list(_estimates(invention, authority, own)), by=None
    )


def _codes(authority: Authority) -> dict[int, str]:
    """Every district of the council with a code."""
    districts = list(District.objects.filter(authority=authority).order_by("pk"))
    for number, district in enumerate(districts, start=FIRST_DISTRICT):
        district.ons_code = f"E{number:08d}"
    District.objects.bulk_update(districts, ["ons_code"])
    return {each.pk: each.ons_code for each in districts}


def _rows(invention, authority, codes, areas) -> Iterator[tuple[str, ...]]:
    rng = Random(f"{invention.seed} {invention.on} postcodes")
    own, theirs = areas[authority.code].ons_code, areas[NEIGHBOUR].ons_code
    with connection.cursor() as cursor:
        cursor.execute(POSTCODES, [authority.pk])
        found = cursor.fetchall()
    for postcode, district in found:
        lot, code = rng.randrange(100), codes[district]
        ward = f"E0590{int(code[-2:]):02d}{rng.randrange(WARDS_OF_A_DISTRICT):02d}"
        if lot < OVER_THE_BORDER:
            yield postcode, "", COUNCIL_WITHOUT_DISTRICTS, theirs, "E05909999"
        elif lot < IN_ANOTHER:
            yield postcode, "", own, rng.choice(sorted(set(codes.values()) - {code})), ward
        elif lot >= TOO_NEW:
            yield postcode, "", own, code, ward


def _estimates(invention: Invention, authority: Authority, own: str) -> Iterator[Estimate]:
    """About as many of each age as the register holds of one school year."""
    rng = Random(f"{invention.seed} {invention.on} population")
    born = birth_range(17, invention.on)[0], birth_range(16, invention.on)[1]
    with connection.cursor() as cursor:
        cursor.execute(MEASURED, [authority.pk, *born])
        of_two_years = cursor.fetchone()[0]
    for years in YEARS_AGO:
        for age in range(YOUNGEST, OLDEST + 1):
            share = OF_A_THOUSAND + rng.randint(-MORE_OR_LESS, MORE_OR_LESS)
            yield Estimate(own, academic_year(invention.on) - years, age, of_two_years * share // 2000)
