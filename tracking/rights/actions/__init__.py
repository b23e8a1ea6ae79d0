"""Recording what is asked of us, and answering it."""
