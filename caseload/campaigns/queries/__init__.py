"""Reading campaigns: who belongs on a list, who stands on it, what came of it."""
