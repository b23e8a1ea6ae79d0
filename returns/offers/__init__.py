"""The lists of the September Guarantee: offers on conditions, who has none, who applied nowhere, others' pupils."""
