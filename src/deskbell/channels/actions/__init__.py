"""Changes of channels, one per function: authorise, lock, change, event."""
