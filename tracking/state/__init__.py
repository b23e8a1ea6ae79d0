"""The register's facts as one digest a table: the same before and after something that is undone."""
