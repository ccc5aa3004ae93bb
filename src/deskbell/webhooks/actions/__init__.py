"""Changes of webhooks, one per function: authorise, lock, change, event."""
