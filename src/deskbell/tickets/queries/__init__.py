"""Reads of tickets, always for a viewer."""
