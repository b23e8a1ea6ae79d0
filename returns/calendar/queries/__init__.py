"""Reading what is asked for, of whom, and who is written to about it."""
