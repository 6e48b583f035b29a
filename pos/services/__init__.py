"""What the staff can do: one class a file, one public method a use case."""
