"""Files for schools and colleges to collect, and what was agreed with whom about passing data on."""
