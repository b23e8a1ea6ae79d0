"""Who must be counted, offered a place, handed over or let go."""
