"""The event log: one immutable row for every change, written in the transaction of the change."""
