"""Reactions of tickets to events."""
