"""Reads of people, always for a viewer."""
