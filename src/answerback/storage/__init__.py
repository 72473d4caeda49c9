"""PostgreSQL: one module a subject, each function one statement with its SQL."""
