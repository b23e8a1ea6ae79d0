"""What a change of the rules of allocation would do: who moves, and which example cases come out otherwise."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from caseload.allocation.models import Case
from caseload.allocation.queries.people import neet_on, told
from neet import clock
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from schools.models import Authority, Service
from tracking.reference.effects import Effect, Move, Touched, Trial
from tracking.reference.queries import rows_of
from tracking.register.models import YoungPerson
from tracking.rules.allocation import (
    A_PERSON_DECIDES,
    Decision,
    Facts,
    Otherwise,
    decide,
    otherwise,
    rulebooks,
)
from tracking.rules.ruleset import RuleSet

SHOWN = 10
Say = Callable[[Decision], str]
Moved = Mapping[int, tuple[str, str]]
Read = list[tuple[Authority, dict[int, Facts]]]


def services(trial: Trial) -> Effect:
    """Who would be answered for by another service, on the day the change begins to hold."""
    names = _names(trial.user)
    return _effect(trial, lambda said: names.get(said.service, said.service) or A_PERSON_DECIDES.capitalize())


def offers(trial: Trial) -> Effect:
    """Who would get more or less support."""
    labels: Mapping[str, str] = dict(Case.Offer.choices)
    return _effect(trial, lambda said: labels[said.offer])


def examples(trial: Trial) -> Effect:
    """Whether the example comes out as it says. Nobody moves."""
    trial.apply()
    found = _otherwise(_rules(trial.on))
    words = (
        "but an example does not come out as it says" if found else "and every example comes out as it says"
    )
    return Effect(f"Nobody moves, {words}.", notes=_notes(found, trial.user))


def _effect(trial: Trial, say: Say) -> Effect:
    read = _read(trial.user, clock.today())
    before = _said(read, _rules(trial.on), trial.on, say)
    broken_before = {(each.example.code, each.should) for each in _otherwise(_rules(trial.on))}
    trial.apply()
    rules = _rules(trial.on)
    after = _said(read, rules, trial.on, say)
    moved = {person: (was, after[person]) for person, was in before.items() if was != after[person]}
    broken = [each for each in _otherwise(rules) if (each.example.code, each.should) not in broken_before]
    return Effect(
        words=_sentence(len(moved), len(before)),
        total=len(moved),
        moves=tuple(
            Move(was, becomes, count) for (was, becomes), count in Counter(moved.values()).most_common()
        ),
        notes=_notes(broken, trial.user),
        **_sample(moved, trial.user),
    )


def _read(user: User, on: date) -> Read:
    """Who is NEET now at the councils this user works for, and what the rules read of them."""
    found = Authority.objects.filter(pk__in=scope_of(user).authority_ids).order_by("pk")
    return [(authority, told(authority, neet_on(authority, on), on)) for authority in found]


def _said(read: Read, rules: RuleSet, on: date, say: Say) -> dict[int, str]:
    return {
        person: say(decide(facts, on, rules.rulebook(authority.code)))
        for authority, people in read
        for person, facts in people.items()
    }


def _rules(on: date) -> RuleSet:
    """As they stand in this transaction; a request otherwise goes on with those it began with."""
    return RuleSet.from_rows(on, rows_of(on))


def _otherwise(rules: RuleSet) -> tuple[Otherwise, ...]:
    asked = list(rules.allocation_examples.values())
    books = rulebooks(tuple(rules.allocation_rules.values()), tuple(rules.offer_rules.values()), asked)
    return otherwise(asked, books)


def _notes(found: Iterable[Otherwise], user: User) -> tuple[str, ...]:
    names = {**_names(user), **dict(Case.Offer.choices)}
    return tuple(f"An example would come out otherwise: {each.told(names)}" for each in found)


def _names(user: User) -> dict[str, str]:
    """What the services of this user's councils are called, by the short names of rules."""
    found = Service.objects.filter(authority__in=scope_of(user).authority_ids)
    return dict(found.values_list("slug", "name"))


def _sample(moved: Moved, user: User) -> dict:
    """Some of those who would move, of the ones this user may see."""
    visible = YoungPerson.objects.visible_to(user).filter(pk__in=list(moved))
    found = list(
        visible.order_by("family_name", "given_name", "pk").values_list(
            "pk", "ref", "given_name", "family_name"
        )[:SHOWN]
    )
    touched = tuple(Touched(str(ref), f"{given} {family}", *moved[pk]) for pk, ref, given, family in found)
    return {"sample": touched, "sample_ids": tuple(row[0] for row in found)}


def _sentence(moved: int, people: int) -> str:
    if not people:
        return "Nobody is NEET at your council now, so nobody would move."
    if not moved:
        return f"None of the {people:,} young people who are NEET now would move."
    who = "One young person" if moved == 1 else f"{moved:,} young people"
    return f"{who} of the {people:,} who are NEET now would move when the month is next allocated."
