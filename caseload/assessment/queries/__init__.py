"""Reading a self-assessment: its lines in their order, what the register answers, and the one before it."""
