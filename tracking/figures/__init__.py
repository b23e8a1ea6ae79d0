"""The counts the council and the DfE go by."""
