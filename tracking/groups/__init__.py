"""Groups of young people a council names for itself, to be counted and found like any other part of the figures."""
