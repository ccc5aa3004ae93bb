"""Speed of the ways to serve the pages: granian WSGI alone, our RSGI dispatcher, granian ASGI.

    DATABASE_URL=postgresql://… .venv/bin/python bench/web_server.py

Prints requests a second (wrk, 16 connections, 5 s, one worker, 4 threads) for a view that does nothing and
for a view with one query. Needs `wrk`.
"""

import os
import re
import subprocess
import sys
import time
import urllib.request

PORT = 8765
VARIANTS = {
    "granian WSGI": ["--interface", "wsgi", "--blocking-threads", "4", "bench.web_server_app:wsgi"],
    "granian RSGI + own threads": ["--interface", "rsgi", "bench.web_server_app:rsgi"],
    "granian RSGI + own threads, mt": ["--interface", "rsgi", "--runtime-mode", "mt", "bench.web_server_app:rsgi"],
    "granian RSGI, rust tasks": ["--interface", "rsgi", "--task-impl", "rust", "bench.web_server_app:rsgi"],
    "granian ASGI (Django)": ["--interface", "asgi", "bench.web_server_app:asgi"],
}


def wrk(path: str) -> str:
    command = ["wrk", "-t1", "-c16", "-d5s", "--latency", f"http://127.0.0.1:{PORT}{path}"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    slow = re.search(r"99%\s+(\S+)", out)
    bad = re.search(r"Non-2xx.*", out)
    return f"{float(rate[1]):8.0f} rps  p99 {slow[1]:>9} {bad[0] if bad else ''}"


def wait() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/nothing", timeout=1).read()
        except OSError:
            time.sleep(0.1)
        else:
            return


def main() -> None:
    for name, args in VARIANTS.items():
        if len(sys.argv) > 1 and sys.argv[1] not in name:
            continue
        command = [sys.executable, "-m", "granian", "--port", str(PORT), "--no-log", "--no-ws", *args]
        env = {**os.environ, "PYTHONPATH": "src:."}
        server = subprocess.Popen(command, env=env)
        try:
            wait()
            wrk("/nothing")  # warm
            for path in ("/nothing", "/query"):
                print(f"{name:32} {path:9} {wrk(path)}", flush=True)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
