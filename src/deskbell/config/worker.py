"""The `worker` role: runs background jobs until it is told to stop."""

import asyncio
import logging
import signal
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import cast

from django.conf import settings
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

logger = logging.getLogger(__name__)

GRACE = 0.7  # seconds running jobs get to finish; what is cut off runs again
BACK_OFF = (0.5, 1.0, 2.0, 3.0)  # seconds between attempts to reach the database
RESCUE_SECONDS = 10.0
HEARTBEAT_SECONDS = 10.0
STALLED_SECONDS = 30.0  # a worker without heartbeat for so long is gone
POLLING_SECONDS = 5.0  # between looks at the queue; jobs put back into it are told to nobody
# Queues whose jobs wait for servers of others: they have slots of their own, so that nothing else waits behind them.
WAITING_QUEUES = frozenset({"webhooks"})


def run() -> None:
    """Run jobs. The database going away pauses the work; nothing is lost, for jobs live in it."""
    asyncio.run(_main())


async def _main() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    desk = settings.DESKBELL
    # asyncio's own pool has as many threads as the machine has cores and four: fewer than there may be jobs.
    threads = desk.worker_concurrency + desk.webhook_concurrency + 2
    loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="job"))
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    failures = 0
    while not stop.is_set():
        started = loop.time()
        try:
            await _work(stop)
        except Exception as error:  # noqa: BLE001  (whatever the library raises when the database is away)
            if loop.time() - started > BACK_OFF[-1]:
                failures = 0
            wait = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
            failures += 1
            logger.warning("The worker lost the database, trying again in %s s: %s", wait, error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)


async def _work(stop: asyncio.Event) -> None:
    """One connection's life: until stopped, or the first error of the worker or its companions."""
    connector = cast("DjangoConnector", app.connector).get_worker_connector()
    with app.replace_connector(connector) as worker_app:
        async with worker_app.open_async():
            known = {task.queue for task in worker_app.tasks.values()}
            workers = [
                asyncio.ensure_future(_run(worker_app, known - WAITING_QUEUES, settings.DESKBELL.worker_concurrency)),
                asyncio.ensure_future(_run(worker_app, WAITING_QUEUES, settings.DESKBELL.webhook_concurrency)),
            ]
            tasks = {*workers, asyncio.ensure_future(stop.wait()), asyncio.ensure_future(_rescue(worker_app))}
            try:
                done, _running = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                for task in tasks:
                    task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await asyncio.wait_for(asyncio.gather(*workers, return_exceptions=True), GRACE + 0.2)


async def _run(worker_app: App, queues: Iterable[str], concurrency: int) -> None:
    await worker_app.run_worker_async(
        queues=sorted(queues),
        concurrency=concurrency,
        install_signal_handlers=False,
        shutdown_graceful_timeout=GRACE,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_SECONDS,
        fetch_job_polling_interval=POLLING_SECONDS,
        delete_jobs="successful",
    )


async def _rescue(worker_app: App) -> None:
    """Put the jobs of workers that died back into the queue; every job of ours may run twice."""
    while True:
        manager = worker_app.job_manager
        await manager.prune_stalled_workers(STALLED_SECONDS)
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            logger.warning("Job %s of a worker that died runs again", job.call_string)
            await manager.retry_job(job)
        await asyncio.sleep(RESCUE_SECONDS)
