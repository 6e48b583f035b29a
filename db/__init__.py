"""The store: tables, migrations and one repository per word."""
