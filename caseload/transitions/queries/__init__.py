"""Reading next steps: who has a plan, who started, who is whose, and which steps of EHC plans are open."""
