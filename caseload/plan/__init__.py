"""The council's year: what each service does when, who answers for it, and how far it is."""
