"""`python -m deskbell.config.cli`."""

from deskbell.config.cli.main import run

if __name__ == "__main__":
    run()
