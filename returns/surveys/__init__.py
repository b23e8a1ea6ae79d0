"""Questions to young people themselves, answered on a phone without an account."""
