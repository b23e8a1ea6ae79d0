"""The month's reviews: each service's list, handed to its named contacts, and what came of each case (R63, R64)."""
