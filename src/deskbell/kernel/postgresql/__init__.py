"""Django's PostgreSQL backend as DATABASES names it: `deskbell.kernel.postgresql`."""
