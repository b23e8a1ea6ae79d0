"""A school's or college's return on its way: read, checked, mended, confirmed, applied, and taken back if need be."""
