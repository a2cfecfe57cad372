"""Start-up: from the command to the first answer of `careloop serve`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROUNDS = 3


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CARELOOP_HOME": folder, "CARELOOP_PORT": str(_free_port())}
        command = [sys.executable, "-m", "careloop.api.cli.main"]
        began = time.perf_counter()
        subprocess.run([*command, "demo", "--no-serve"], env=environment, check=True,
                       capture_output=True)  # fmt: skip
        print(f"load the demo company      {time.perf_counter() - began:.1f} s")
        times = [_serve_once(command, environment) for _ in range(ROUNDS)]
    print(f"`careloop serve` to ready  {min(times):.1f} s (best of {ROUNDS})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve_once(command: list[str], environment: dict[str, str]) -> float:
    url = f"http://127.0.0.1:{environment['CARELOOP_PORT']}/health/ready"
    began = time.perf_counter()
    process = subprocess.Popen([*command, "serve"], env=environment)
    try:
        while time.perf_counter() - began < 60:
            try:
                urllib.request.urlopen(url, timeout=1)
                return time.perf_counter() - began
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
        raise TimeoutError("the server did not get ready within 60 s")
    finally:
        process.terminate()
        process.wait(10)
