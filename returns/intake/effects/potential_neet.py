"""Whom a school worries about comes onto the at-risk list; their record stays as it is (R24)."""

from returns.intake.effects.effect import AFTER, FACTS_BEFORE, Effect

POTENTIAL_NEET = Effect(
    name="potential_neet", apply=(*FACTS_BEFORE, *AFTER), known="potential_neet", kept_above=True
)
