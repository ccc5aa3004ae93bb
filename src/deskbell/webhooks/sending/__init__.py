"""Sending one request, without a database: where to, to which address, signed how, with what answer."""
