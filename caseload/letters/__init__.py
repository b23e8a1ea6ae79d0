"""Letters in series: who is due which, all of them in one file for the printer, and what came of each (R33 to R39)."""
