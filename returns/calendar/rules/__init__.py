"""When an answer is due, since when it is late, and which day somebody is written to about it."""
