"""A member's particulars: what is known beside the money, and the form that changes it."""
