"""Inventing what young people look for, what there is for them, and the wards they live in: their names and borders."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from random import Random

from django.db import connection

from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.models import Authority, District
from tracking.reconciling.actions.loading import load_names
from tracking.reconciling.seeding_borders import invent_borders
from tracking.reference.editing import Change, add_row
from tracking.reference.queries import ruleset
from tracking.register.kinds import Kind
from tracking.register.models import Activity, Seeking
from tracking.released.actions import make_ward_tables
from tracking.released.queries_wards import without_wards
from tracking.rules.codes import Status

ASKED, SAYS_WHERE, SAYS_WHEN, AGREED = 0.7, 0.4, 0.6, 0.55
SOUGHT = (
    ("construction", 14, ("level_1", "level_2", "apprenticeship")),
    ("motor_vehicle", 8, ("level_1", "apprenticeship")),
    ("hair_beauty", 8, ("level_1", "level_2")),
    ("health_care", 9, ("level_2", "job_training")),
    ("childcare", 6, ("level_2", "level_3")),
    ("retail", 10, ("job", "job_training")),
    ("hospitality", 7, ("job_training", "apprenticeship")),
    ("digital", 6, ("level_3", "apprenticeship")),
    ("creative", 6, ("level_2", "level_3")),
    ("animals_land", 4, ("entry", "level_1")),
    ("work_skills", 11, ("pre_entry", "entry")),
    ("esol", 4, ("entry",)),
    ("unsure", 7, ("any",)),
)
BARRIERS = (
    ("confidence", 20), ("transport", 14), ("mental_health", 14), ("english_maths", 12), ("no_place", 9),
    ("start_dates", 8), ("money", 6), ("need", 6), ("housing", 4), ("caring", 3), ("childcare", 3), ("none", 6),
)  # fmt: skip
TO_DO = (
    "Visits the college with their worker on Thursday",
    "Sends the application this week; we ring about a January start",
    "Comes to the hub for two mornings before deciding",
    "We ask about the bus pass and ring back",
    "Tries a day at the garage next week",
)
PROVISION = (
    ("build-1", "Construction skills, North College (invented)", 0, "construction", "level_1", 12, "9 1"),
    (
        "build-2",
        "Site work with training, Northgate Builders (invented)",
        2,
        "construction",
        "apprenticeship",
        4,
        "9",
    ),
    ("cars-1", "Motor vehicle, East Training (invented)", 1, "motor_vehicle", "level_1", 8, "9"),
    ("care-2", "Health and care with a hospital (invented)", None, "health_care", "level_2", 20, "9 1 4"),
    ("shop-1", "First job in a shop, with training (invented)", None, "retail", "job_training", 15, ""),
    (
        "ready-1",
        "Ready for work, six weeks, Youth hub (invented)",
        3,
        "work_skills",
        "pre_entry",
        10,
        "9 11 1 3 5",
    ),
    ("hair-1", "Hair and beauty, East Training (invented)", 1, "hair_beauty", "level_1", 14, "9 1"),
    ("esol-1", "English for newcomers, North College (invented)", 0, "esol", "entry", 6, "9"),
    ("digital-3", "Digital skills, North College (invented)", 0, "digital", "level_3", 16, "9"),
)
TARGETS = (
    ("council-together", "together", 55, False),
    ("council-neet", "neet", 30, False),
    ("first-together", "together", 48, True),
)
SIDES = ("North", "South", "East", "West", "Central", "Riverside", "Hillside", "Park", "Green")
OVER_THE_BORDER = ("E05909999", "Over the border (invented)")
WARDS = """
    select distinct c.ward_code, d.name from tracking_postcode c
    join schools_district d on d.ons_code = c.district_code and d.authority_id = %s
    where c.ward_code <> '' order by c.ward_code, d.name
"""
THEN = (
    "update tracking_seeking_history set recorded_at = (said_on + time '11:00') at time zone 'Europe/London'"
)


def sought_and_offered(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """What most of those who were NEET in two years said they look for, on a day soon after they became NEET."""
    _wards_named(authority)
    for frozen in without_wards():
        make_ward_tables(freeze=frozen, by=None)
    districts = list(authority.districts.order_by("pk"))
    for code, words, place, sector, level, places, months in PROVISION:
        where = districts[place].name if place is not None and place < len(districts) else ""
        values = {
            "code": code, "plain_words": words, "authority": authority.code, "district": where, "sector": sector,
            "level": level, "places": str(places), "months": months, "last_seen": "", "note": "",
        }  # fmt: skip
        add_row(table="provision", change=Change(values, date(on.year - 3, 9, 1)), by=officer)
    _aimed_at(authority, officer, on)
    rows = list(_said(rng, authority, districts, on))
    with recorded(Kind.SEEKING_RECORDED, by=officer, authority_id=authority.pk) as event:
        event.counts = {"people": len(rows)}
        Seeking.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute(THEN)  # as if it had been written down on the day it was said


def _aimed_at(authority: Authority, officer: User, on: date) -> None:
    """Targets of the council and of its first district."""
    first = authority.districts.order_by("pk").first()
    for code, indicator, tenths, district in TARGETS:
        values = {
            "code": code, "indicator": indicator, "tenths": str(tenths), "authority": authority.code,
            "district": first.name if first and district else "", "year": "", "last_seen": "", "note": "",
        }  # fmt: skip
        add_row(table="figure_targets", change=Change(values, date(on.year, 9, 1)), by=officer)


def _said(rng: Random, authority: Authority, districts: list[District], on: date) -> Iterator[Seeking]:
    neet = ruleset(on).activities_with(Status.NEET)
    begun = Activity.objects.filter(person__authority=authority, code__in=neet, starts_on__lt=on)
    last = begun.order_by("person", "-starts_on").distinct("person")
    weights = [weight for _, weight, _ in SOUGHT]
    for person, since in last.values_list("person", "starts_on"):
        if rng.random() > ASKED:
            continue
        sector, _, levels = rng.choices(SOUGHT, weights)[0]
        said_on = min(since + timedelta(days=rng.randint(3, 40)), on)
        agreed = rng.choice(TO_DO) if rng.random() < AGREED else ""
        yield Seeking(
            person_id=person,
            sector=sector,
            level=rng.choice(levels),
            district=rng.choice(districts) if rng.random() < SAYS_WHERE else None,
            starts_from=said_on + timedelta(days=rng.choice((0, 0, 14, 60, 150))) if rng.random() < SAYS_WHEN else None,
            barriers=_barriers(rng),
            agreed=agreed,
            agreed_on=said_on if agreed else None,
            said_on=said_on,
        )  # fmt: skip


def _barriers(rng: Random) -> list[str]:
    codes, weights = zip(*BARRIERS, strict=True)
    named = dict.fromkeys(rng.choices(codes, weights, k=rng.choice((1, 1, 2, 3))))
    return ["none"] if next(iter(named)) == "none" else [each for each in named if each != "none"]


def _wards_named(authority: Authority) -> None:
    """Each ward has the name of its district and a side of it, and ends somewhere."""
    with connection.cursor() as cursor:
        cursor.execute(WARDS, [authority.pk])
        found = dict(reversed(cursor.fetchall()))
    rows: list[tuple[int, tuple[str, str]]] = [(1, OVER_THE_BORDER)] if found else []
    left = {district: cycle(SIDES) for district in found.values()}
    taken = Counter[str]()
    for number, (code, district) in enumerate(sorted(found.items()), start=2):
        name = f"{district} {next(left[district])}"
        taken[name] += 1
        rows.append((number, (code, name if taken[name] == 1 else f"{name} {taken[name]}")))
    if rows:
        load_names(name="Names of wards (invented)", headings=("WD24CD", "WD24NM"), rows=rows, by=None)
        districts = authority.districts.exclude(ons_code="").order_by("pk")
        names = {code: name for _, (code, name) in rows if code in found}
        invent_borders(list(districts.values_list("ons_code", "name")), names, int(authority.code))
