"""The command line: the front door of an installation."""
