"""Figures for people who may not see records: fixed tables in which no small number can be found."""
