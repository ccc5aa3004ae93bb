"""Reads of channels, always for a viewer."""
