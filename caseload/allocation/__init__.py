"""The month's cases: who answers for whom, by which rule, and what they are offered (R59, R62, R75)."""
