"""The embedded PostgreSQL: same engine as a real server, no installation (docs/adr/0001-embedded-postgresql.md)."""

from deskbell.config.postgres.cluster import Cluster, ClusterBusyError, ClusterError
from deskbell.config.postgres.layout import Layout, embedded_url

__all__ = ["Cluster", "ClusterBusyError", "ClusterError", "Layout", "embedded_url"]
