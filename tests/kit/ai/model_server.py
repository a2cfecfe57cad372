"""A real HTTP server on this machine that speaks the protocol of OpenAI, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["ModelServer", "Call", dict[str, Any]], None]


class ModelServer:
    """Answers each request with the next reply of `plan`, the last one again and again."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.plan: list[Reply] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.lock = threading.Lock()

    def take(self, call: Call, payload: dict[str, Any]) -> Reply:
        with self.lock:
            self.requests.append(payload)
            self.headers.append(dict(call.headers))
            self.paths.append(call.path)
            return self.plan.pop(0) if len(self.plan) > 1 else self.plan[0]


class Call(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    owner: ModelServer

    def do_POST(self) -> None:
        payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            self.owner.take(self, payload)(self.owner, self, payload)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def give(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """A test's output is its own."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Clients hang up in these tests."""


@contextmanager
def model_server() -> Iterator[ModelServer]:
    server = _Server(("127.0.0.1", 0), Call)
    server.daemon_threads = True
    owner = ModelServer(f"http://127.0.0.1:{server.server_port}/v1")
    server.RequestHandlerClass = type("BoundCall", (Call,), {"owner": owner})
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield owner
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(text: str | None, ending: str = "stop", usage: tuple[int, int] | None = (7, 3)) -> Reply:
    """A chat model that says this."""
    answer: dict[str, Any] = {
        "choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": ending}]
    }
    if usage:
        answer["usage"] = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
    return raw(200, json.dumps(answer).encode())


def echo(_: ModelServer, call: Call, payload: dict[str, Any]) -> None:
    """A chat model that repeats the last line."""
    says(payload["messages"][-1]["content"])(_, call, payload)


def raw(status: int, body: bytes = b"", **headers: str) -> Reply:
    return lambda _, call, __: call.give(status, body, **headers)


def refuses(reason: str, status: int = 400) -> Reply:
    return raw(status, json.dumps({"error": {"message": reason}}).encode())


def silent(seconds: float) -> Reply:
    """Says nothing for a while, then answers."""

    def reply(server: ModelServer, call: Call, payload: dict[str, Any]) -> None:
        time.sleep(seconds)
        says("late")(server, call, payload)

    return reply


def drips(pause: float, count: int = 1000) -> Reply:
    """Sends a body a few letters at a time."""

    def reply(_: ModelServer, call: Call, __: dict[str, Any]) -> None:
        call.send_response(200)
        call.send_header("Content-Length", str(count * 4))
        call.end_headers()
        for _at in range(count):
            call.wfile.write(b"    ")
            call.wfile.flush()
            time.sleep(pause)

    return reply


def cut(_: ModelServer, call: Call, __: dict[str, Any]) -> None:
    """Promises more than it sends, then hangs up."""
    call.send_response(200)
    call.send_header("Content-Length", "1000")
    call.end_headers()
    call.wfile.write(b'{"choices": [')
    call.close_connection = True


def embeds(dims: int = 4) -> Reply:
    """Gives each text a vector made from its letters, in an order of its own."""

    def reply(_: ModelServer, call: Call, payload: dict[str, Any]) -> None:
        data = [
            {"index": at, "embedding": [float(len(text) % (n + 2) + 1) for n in range(dims)]}
            for at, text in enumerate(payload["input"])
        ]
        call.give(200, json.dumps({"data": data[::-1]}).encode())

    return reply
