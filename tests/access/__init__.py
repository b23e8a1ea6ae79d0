"""Who gets in where, proved over the whole table of addresses; and what never comes out."""
