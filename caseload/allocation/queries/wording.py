"""Why a case is whose: the rule in words, for whoever reads what it rests on."""

from collections.abc import Iterable
from datetime import date

from caseload.allocation.models import Case
from neet.accounts.models import User
from neet.ui.words import school_year
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.queries.rule_facts import FIELDS
from tracking.rules.allocation import FACT_WORDS, Fact, Facts

HIDDEN = "a circumstance that is not shown to you"
NO_RULE = "no rule names a service, so the council’s own answers"


class Reasons:
    """The rules of one council in words, as one person may read them."""

    def __init__(self, authority: Authority, user: User, on: date) -> None:
        self.book = ruleset(on).rulebook(authority.code)
        self.who = asker(user, on)
        self.allocation = {each.code: each for each in self.book.allocation}
        self.offers = {each.code: each for each in self.book.offers}

    def reads(self, facts: Iterable[Fact]) -> bool:
        return all(self.who.reads(FIELDS[fact]) for fact in facts if fact in FIELDS)

    def of(self, code: str) -> str:
        """Why this service: the rule's words, or that it rests on what is not shown."""
        rule = self.allocation.get(code)
        if rule is None:
            return code.replace("_", " ")
        return rule.words if self.reads(rule.when.needs | rule.when.any_of) else HIDDEN

    def of_case(self, case: Case) -> str:
        """Why this case is with its service: the person's reason, or the rule's."""
        if case.why_decided:
            return case.why_decided
        if case.rule:
            return self.of(case.rule)
        return NO_RULE if case.service_id else ""

    def of_offer(self, case: Case) -> str:
        """Why this much support."""
        rule = self.offers.get(case.offer_rule)
        if rule is None:
            return case.why_decided if not case.offer_rule else ""
        return rule.words if self.reads(rule.when.needs) else HIDDEN

    def also(self, case: Case) -> tuple[tuple[str, str], ...]:
        """The other rules that fit: the service's short name, and the reason."""
        found = [self.allocation[code] for code in case.also.split() if code in self.allocation]
        return tuple((rule.service, self.of(rule.code)) for rule in found)

    def facts(self, case: Case) -> tuple[str, ...]:
        """What the rules read of them, as far as this person reads it."""
        read = Facts.written(case.facts)
        year = (school_year(read.year_group),) if read.year_group else ()
        return year + tuple(FACT_WORDS[fact] for fact in Fact if fact in read.holds and self.reads([fact]))
