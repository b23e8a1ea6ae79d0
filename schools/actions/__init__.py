"""What changes here: who works where, and the council's places. Each act is recorded where it is done."""
