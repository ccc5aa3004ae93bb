"""The `intake` role: mailboxes, SMTP and LMTP, until it is told to stop."""

import asyncio
import logging
import signal
from contextlib import suppress

from deskbell.channels import api as channels

logger = logging.getLogger(__name__)

BACK_OFF = (0.5, 1.0, 2.0, 3.0)  # seconds between attempts
GRACE = 0.8  # seconds; a message in the middle of being taken in stays where it was


def run() -> None:
    """Take mail in. An error ends nothing: it is logged and the intake starts again."""
    asyncio.run(_main())


async def _main() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    failures = 0
    while not stop.is_set():
        started = loop.time()
        intake = asyncio.ensure_future(channels.run_intake())
        stopped = asyncio.ensure_future(stop.wait())
        await asyncio.wait({intake, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            intake.cancel()
            with suppress(asyncio.CancelledError, TimeoutError, Exception):
                await asyncio.wait_for(intake, GRACE)
            return
        stopped.cancel()
        error = intake.exception()
        failures = 0 if loop.time() - started > BACK_OFF[-1] else failures
        wait = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
        failures += 1
        logger.warning("The intake stopped (%s), starting again in %s s", error or "no reason given", wait)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wait)
