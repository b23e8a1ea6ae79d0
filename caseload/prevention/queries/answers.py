"""What the at-risk list answers to the self-assessment."""

from datetime import date

from django.db.models import Count, Q

from caseload.prevention.models import AtRisk, RiskFact
from neet.ui.words import many
from schools.models import Authority
from tracking.rules.assessment import Answer

ABSENCE = ("attendance_85", "attendance_90")
PAGE = "at_risk"


def at_risk(authority: Authority, on: date) -> Answer:
    """How many are on the at-risk list, who named them, and how many of those who went off it within a year ended with
    a service (R119). One statement."""
    entries = AtRisk.objects.filter(person__authority=authority)
    said = {f"by_{said}": Count("pk", filter=Q(said_by=said, ends_on=None)) for said in AtRisk.SaidBy.values}
    handed = Q(ended=AtRisk.Ended.HANDED_OVER, ends_on__gte=on.replace(year=on.year - 1, day=1))
    found = entries.order_by().aggregate(
        on_it=Count("pk", filter=Q(ends_on=None)), handed=Count("pk", filter=handed), **said
    )
    parts = {words: found[f"by_{said}"] for said, words in AtRisk.SaidBy.choices}
    parts["Handed over to a service within a year"] = found["handed"]
    return Answer(f"{many(found['on_it'], 'young person,young people')} on the at-risk list", found["on_it"],
                  parts=parts, page=PAGE)  # fmt: skip


def absence_used(authority: Authority, on: date) -> Answer:
    """Of how many young people a school said how often they are absent, as it holds today. One statement."""
    facts = RiskFact.objects.filter(person__authority=authority, factor__in=ABSENCE).filter(
        Q(until=None) | Q(until__gte=on)
    )
    found = facts.order_by().aggregate(
        people=Count("person", distinct=True), schools=Count("establishment", distinct=True)
    )
    words = f"{many(found['people'], 'young person,young people')} with low attendance told of by schools"
    parts = {"Young people": found["people"], "Schools that told us": found["schools"]}
    return Answer(words, found["people"], parts=parts, page=PAGE)
