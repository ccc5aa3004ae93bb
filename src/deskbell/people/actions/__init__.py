"""Changes of people, one per function: authorise, lock, change, event."""
