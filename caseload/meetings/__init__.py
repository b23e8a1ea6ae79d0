"""Meetings about young people: agenda, decisions, packs, and what provision is missing (R65, R66, R72, R133)."""
