"""One request with its answer, and how to send it."""

import http.client
import json
from dataclasses import dataclass

COMPARED_HEADERS = ("content-type", "content-disposition", "x-content-type-options", "x-frame-options", "allow")


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict
    body: bytes

    def line(self):
        return f"{self.method} {self.path} {self.body[:600].decode(errors='replace')}".rstrip()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    body: bytes

    def json(self):
        """The body as JSON, or None if it is none."""
        try:
            return json.loads(self.body) if "json" in self.headers.get("content-type", "") else None
        except ValueError:
            return None


def send(port, request):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        connection.request(request.method, request.path, request.body or None, headers)
        answer = connection.getresponse()
        body = answer.read()
        kept = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, kept, body)
    finally:
        connection.close()


def rpc(method, path, body=None, headers=None):
    """A request as a client of the REST API sends it."""
    content = b"" if body is None else json.dumps(body).encode()
    kind = {"Content-Type": "application/json"} if body is not None or method != "GET" else {}
    return Request(method, path, kind | (headers or {}), content)
