"""Bytes stored once, named by their SHA-256, on disk or S3."""
