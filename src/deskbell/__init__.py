"""Deskbell: a self-hosted service desk."""

__version__ = "0.1.0"
