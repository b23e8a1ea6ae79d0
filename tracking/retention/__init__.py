"""How long what is known of somebody is kept, who holds it back, and how it is erased."""
