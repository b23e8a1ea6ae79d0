"""How the trail is chained."""
