"""Adding, changing and ending an agreement; taking the record of flows away on paper."""

from dataclasses import asdict
from datetime import date

from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.agreements.kinds import Kind
from returns.agreements.queries import flow_words
from returns.agreements.rules import Terms
from returns.exchange.models import Agreement
from schools.models import Authority


class Refused(ValueError):
    """This cannot be kept; the message says why in words for the page."""


def add_agreement(*, authority: Authority, terms: Terms, by: User) -> Agreement:
    """Write an agreement into the register. Raises Refused."""
    with recorded(Kind.ADDED, by=by, authority_id=authority.pk) as event:
        made = _saved(Agreement(authority=authority), terms)
        event.counts = {"agreement": made.pk}
    return made


def change_agreement(*, agreement: Agreement, terms: Terms, by: User) -> Agreement:
    """Change what it says. Raises Refused."""
    counts = {"agreement": agreement.pk}
    with recorded(Kind.CHANGED, by=by, authority_id=agreement.authority_id, counts=counts):
        return _saved(agreement, terms)


def end_agreement(*, agreement: Agreement, on: date, by: User) -> None:
    """Nothing passes under it after this day. It stays in the register. Raises Refused."""
    if agreement.signed_on and on < agreement.signed_on:
        raise Refused("It cannot end before it was signed.")
    counts = {"agreement": agreement.pk}
    with recorded(Kind.ENDED, by=by, authority_id=agreement.authority_id, counts=counts):
        agreement.ended_on = on
        agreement.save(update_fields=["ended_on"])


def note_printed(*, authority: Authority, flows: int, by: User) -> None:
    """The record of flows was taken away as a document."""
    with recorded(Kind.PRINTED, by=by, authority_id=authority.pk, counts={"flows": flows}):
        pass


def _saved(agreement: Agreement, terms: Terms) -> Agreement:
    if unknown := set(terms.flows) - set(flow_words()):
        raise Refused(f"{sorted(unknown)[0]} is no flow of data we know.")
    if not terms.flows:
        raise Refused("Say what passes under it.")
    if terms.signed_on and terms.expires_on and terms.expires_on < terms.signed_on:
        raise Refused("It must run until the day it is signed or longer.")
    for name, value in asdict(terms).items():
        setattr(agreement, name, list(value) if name == "flows" else value)
    agreement.save()
    return agreement
