"""The settings of an installation: typed, documented, read once (Django's own are in config/settings)."""
