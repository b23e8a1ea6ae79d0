"""Who is who: compares people field by field, weighs what agrees, and says why; a wrong link costs more than none."""
