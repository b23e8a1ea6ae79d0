"""Reading pairs of records that may be one person, and what was put together."""
