"""The counter: windows, presenters and the commands of the terminal."""
