(select * from returns_intakerow where id = any(%(rows)s))
