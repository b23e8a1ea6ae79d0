"""Reading the figures: who counted as what, how many, who came and went, and the young people behind a number."""
