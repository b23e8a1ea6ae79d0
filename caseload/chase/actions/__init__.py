"""What the chase changes: lines held, attempts written down, answers taken."""
