"""The register on screen: lists, search, and one young person at a time."""
