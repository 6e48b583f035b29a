"""The members' register: everybody of the canteen, found as one types, and one person's page."""
