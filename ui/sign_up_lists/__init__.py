"""Sign-up lists in the office: pasted, looked through, ticked, booked."""
