"""The one statement of surveys that is SQL: who answered beyond doubt."""
