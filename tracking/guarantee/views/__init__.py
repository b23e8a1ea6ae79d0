"""The pages of the September Guarantee."""
