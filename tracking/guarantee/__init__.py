"""The September Guarantee: who is owed an offer from 31 May on, who has one, and who is still to be asked."""
