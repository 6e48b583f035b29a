"""Whether a member eats here: pauses, leaving and death, with what each touches."""
