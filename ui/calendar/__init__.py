"""The calendar in the office: what each day is, decisions by hand about days, and how the week is kept."""
