"""Figures for people who may not see records: fixed tables of a frozen month, made once, in which no small number can
be worked out."""
