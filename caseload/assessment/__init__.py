"""The council's self-assessment: how well its tracking works, answered by the register itself."""
