"""A frozen month's figures shown without signing in: proposed by one person, signed off by another, taken back at any
time."""
