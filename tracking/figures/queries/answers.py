"""What the frozen months answer to the self-assessment: the not known, who the NEET are, where from, where most.

Numbers of the whole council; nobody is named.
"""

from collections.abc import Mapping
from datetime import date

from django.db.models import Max
from django.utils import timezone

from neet.audit.models import AuditEvent
from schools.models import Authority, District
from tracking.figures.models import Freeze
from tracking.figures.queries.flows import Pair, flows
from tracking.figures.queries.scorecard import NEEDS, VULNERABLE
from tracking.figures.queries.tallies import Chosen, Key, by_dimension, frozen
from tracking.rules.assessment import Answer, percent
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import FROM, Counts, total

NO_MONTH = "No month has been frozen yet"
COMPARED = {
    "published.comparison_opened": "Last opened",
    "published.comparison_taken_away": "Last taken away",
}
PAGE = "figures"


def _newest(authority: Authority, on: date, most: int = 1) -> list[Freeze]:
    """The newest months that stand, the newest first."""
    standing = Freeze.objects.filter(authority=authority, replaced_at__isnull=True, month__lte=on)
    return list(standing.order_by("-month")[:most])


def _parts(freeze: Freeze, *names: str) -> tuple[Counts, dict[str, dict[Key, Counts]]]:
    return by_dimension(frozen({freeze.pk: freeze.month}), Chosen(), names)


def _month(freeze: Freeze) -> str:
    return ReportingMonth(freeze.month).words


def not_known(authority: Authority, on: date) -> Answer:
    """The share of not known in the newest frozen month, and why they are not known (R117). Two statements."""
    found = _newest(authority, on)
    if not found:
        return Answer(NO_MONTH, page=PAGE)
    whole, _ = _parts(found[0], "gender")
    parts = {
        "Not known": whole.not_known,
        "of them because nobody confirmed in time": whole.lapsed,
        "In the cohort": whole.cohort,
    }
    return Answer(
        f"of the cohort were not known at the end of {_month(found[0])}",
        percent(whole.not_known, whole.cohort),
        "%",
        more_is_better=False,
        parts=parts,
        page=PAGE,
    )


def make_up(authority: Authority, on: date) -> Answer:
    """Who the NEET are by needs, circumstances and year (R124). Two statements."""
    found = _newest(authority, on)
    if not found:
        return Answer(NO_MONTH, page=PAGE)
    whole, by = _parts(found[0], "need", "vulnerable", "year")
    parts = {words: by["need"].get(key, Counts()).neet for key, words in NEEDS.items()}
    parts |= {words: by["vulnerable"].get(key, Counts()).neet for key, words in VULNERABLE.items()}
    return Answer(
        f"of the cohort were NEET at the end of {_month(found[0])}",
        percent(whole.neet, whole.cohort),
        "%",
        more_is_better=False,
        parts={"NEET": whole.neet, **parts},
        page=PAGE,
    )


def hotspots(authority: Authority, on: date) -> Answer:
    """The districts by their share of NEET or not known, the highest first (R124). Three statements."""
    found = _newest(authority, on)
    if not found:
        return Answer(NO_MONTH, page=PAGE)
    _, by = _parts(found[0], "district")
    rates = _rates(by["district"])
    names = dict(District.objects.filter(authority=authority).values_list("pk", "name"))
    if not rates:
        return Answer("Nobody is counted in any district", page=PAGE)
    first, rate = rates[0]
    where = names.get(first, "somewhere else") if isinstance(first, int) else "no district recorded"
    parts = {names[key]: f"{each}%" for key, each in rates if isinstance(key, int) and key in names}
    words = f"NEET or not known in {where}, the highest of {len(rates)} at the end of {_month(found[0])}"
    return Answer(words, rate, "%", more_is_better=False, parts=parts, page=PAGE)


def _rates(counts: Mapping[Key, Counts]) -> list[tuple[Key, float]]:
    told = [(key, percent(each.together, each.cohort)) for key, each in counts.items()]
    known = [(key, rate) for key, rate in told if rate is not None]
    return sorted(known, key=lambda each: (-each[1], str(each[0])))


def origins(authority: Authority, on: date) -> Answer:
    """Where those came from who became NEET in the newest frozen month (R127). Two statements."""
    found = _newest(authority, on, most=2)
    if len(found) < 2 or ReportingMonth(found[0].month).before.ends_on != found[1].month:
        return Answer("Two months that follow each other have to be frozen first", page=PAGE)
    joined, _ = flows([Pair(found[1], found[0])], Chosen())[found[0].month]
    whole = sum(joined.values())
    known = whole - joined.get("NOT_KNOWN", 0)
    parts = {words: joined[how] for how, words in FROM.items() if how in joined}
    return Answer(
        f"of {whole} who became NEET in {_month(found[0])} came from something known",
        percent(known, whole),
        "%",
        more_is_better=True,
        parts=parts,
        page=PAGE,
    )


def guarantee(authority: Authority, on: date) -> Answer:
    """Who has an offer, of those owed one, in the newest frozen month with anybody owed one. Two statements."""
    found = _newest(authority, on)
    if not found:
        return Answer(NO_MONTH, page="guarantee")
    whole, by = _parts(found[0], "year")
    owed = total(by["year"].values())
    return Answer(
        f"of {int(owed.owed)} owed an offer had one at the end of {_month(found[0])}",
        percent(whole.offered, whole.owed),
        "%",
        more_is_better=True,
        parts={"Owed an offer": whole.owed, "With an offer": whole.offered},
        page="guarantee",
    )


def benchmarks(authority: Authority, on: date) -> Answer:
    """How many days ago the comparison with other councils was last opened or taken away as a file (R131). One
    statement."""
    done = AuditEvent.objects.filter(kind__in=COMPARED, authority_id=authority.pk, at__date__lte=on)
    last = dict(done.order_by("kind").values_list("kind").annotate(Max("at")))
    if not last:
        return Answer("The comparison with other councils has not been opened yet", page="figures_against")
    days = (on - timezone.localdate(max(last.values()))).days
    parts = {COMPARED[kind]: f"{timezone.localdate(at):%d/%m/%Y}" for kind, at in last.items()}
    return Answer(
        "since the comparison with other councils was last opened or taken away",
        days,
        "day" if days == 1 else "days",
        more_is_better=False,
        parts=parts,
        page="figures_against",
    )
