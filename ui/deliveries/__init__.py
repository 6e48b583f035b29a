"""Deliveries: what happened at each door, who is looked for, the boxes, and the close of a day."""
