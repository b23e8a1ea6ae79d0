"""Having reports made, and laying sheets there for schools."""
