"""The embedded PostgreSQL."""

from pathlib import Path


def embedded_url(place: Path) -> str:
    """Address of the application's database in the embedded server of a data folder."""
    return f"postgresql://deskbell@/deskbell?host={place / 'postgres' / 'run'}"
