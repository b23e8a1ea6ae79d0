"""The council's side of returns: who has sent, who has not, who is late, and what waits for a decision."""
