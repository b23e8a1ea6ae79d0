"""Bringing a register from another system: its DfE return, contacts, activities and caseload, counted and undoable."""
