"""How the database means to answer the hottest questions at England's size."""
