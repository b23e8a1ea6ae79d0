"""The way from one place to the next: plans, whether they started, and the steps for those with an EHC plan."""
