"""Letters that follow one another: who is due the next one, the batch as one PDF, and what it led to."""
