"""The first talk with a young person who is NEET: what they want to do, and who should lead (R60, R61)."""
