"""Reading letters: who is due which, batches, and what came of each."""
