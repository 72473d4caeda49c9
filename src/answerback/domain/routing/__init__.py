"""Who is offered which waiting conversation, and why."""
