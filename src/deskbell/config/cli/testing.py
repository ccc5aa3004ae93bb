"""`deskbell test`: the tests of Deskbell itself, with the real servers they talk to."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from deskbell.config.cli import output

# What the browser and mail tests need, by Debian package, and a program or file that shows it is there.
_PACKAGES = {
    "chromium": ("chromium",),
    "dovecot-imapd": ("/usr/lib/dovecot/imap",),
    "dovecot-pop3d": ("/usr/lib/dovecot/pop3",),
    "postfix": ("/usr/sbin/postfix",),
    "fonts-noto-core": ("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",),
    "fonts-noto-cjk": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",),
}
_POLICY = Path("/usr/sbin/policy-rc.d")


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": ["--help"]}
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run the tests of Deskbell, two at a time. What follows goes to pytest: deskbell test src/deskbell/live -x

    As root on Debian the servers and the browser the tests use are installed first; otherwise tests that need
    what is missing are skipped, and listed at the end.
    """
    missing = _missing()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing)
        missing = _missing()
    if missing:
        output.console.print(f"Not installed: {', '.join(missing)}. Tests that need them are skipped.")
        output.console.print(f"To run them too: sudo apt-get install {' '.join(missing)}\n")
    parallel = (
        []
        if any(word.startswith("-n") or word in {"-x", "--pdb"} for word in arguments)
        else ["-n", "2", "--dist", "loadgroup"]
    )
    root = Path(os.environ.get("DESKBELL_HOME") or ".")
    command = [sys.executable, "-m", "pytest", *parallel, "-rs", *arguments]
    sys.exit(subprocess.run(command, cwd=root, check=False).returncode)  # noqa: S603  (our own command line)


def _missing() -> list[str]:
    return [
        package
        for package, signs in _PACKAGES.items()
        if not any(Path(sign).exists() if sign.startswith("/") else shutil.which(sign) for sign in signs)
    ]


def _install(packages: list[str]) -> None:
    """Install without starting any of the services: the tests start their own, on their own ports."""
    output.console.print(f"Installing {', '.join(packages)} …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    ours = not _POLICY.exists()
    if ours:
        _POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        _POLICY.chmod(0o755)
    try:
        for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            command = ["apt-get", "-qq", *words]
            subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False)  # noqa: S603  (fixed words)
    finally:
        if ours:
            _POLICY.unlink()
