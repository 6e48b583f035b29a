"""The menu in the office: what the kitchen cooks, and what is offered on which day."""
