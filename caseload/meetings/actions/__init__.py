"""What changes about meetings: their kinds and days, the agenda, what is said in the room, missing provision."""
