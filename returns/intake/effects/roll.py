"""Everybody who is there on a day: what each does goes on, begins or ends, and who is missing is asked about."""

from returns.intake.effects.effect import Effect

ROLL = Effect(
    name="roll",
    apply=(
        "taken_up",
        "activities_meant",
        "held_back",
        "people",
        "activities_done",
        "situations",
        "guarantees",
        "settled",
    ),
)
