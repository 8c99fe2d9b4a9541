"""Sends bytes to a server and reads what comes back, however odd the bytes are."""

import dataclasses
import http.client
import io
import socket
import time

PATIENCE = 10


@dataclasses.dataclass
class Answer:
    """`status` 0: the server closed the connection without a word."""

    status: int
    type: str
    body: bytes


class Unclosed(io.BufferedReader):
    """So that the end of an answer does not end the connection, on which the next may be waiting."""

    def close(self):
        pass


class Reading:
    def __init__(self, connection):
        self.reader = Unclosed(socket.SocketIO(connection, "r"))

    def makefile(self, *_):
        return self.reader


def connected(port):
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def exchange(port, content, method="POST"):
    with connected(port) as connection:
        return sent(connection, content, method)


def sent(connection, content, method, answers=1, slowly=False, ended=False):
    """The last of so many answers; raises TimeoutError when the server leaves us waiting."""
    try:
        push(connection, content, slowly)
        if ended:
            connection.shutdown(socket.SHUT_WR)
    except TimeoutError:
        raise
    except OSError:
        pass  # it may answer and close before it has read all
    reading = Reading(connection)
    answer = received(reading, method)
    for _ in range(1, answers):
        following = received(reading, method)
        if following.status == 0:  # it may close after a bad request, or when asked to
            break
        answer = following
        if answer.status >= 500:
            break
    return answer


def push(connection, content, slowly):
    if not slowly:
        connection.sendall(content)
        return
    step = max(1, len(content) // 10)
    for at in range(0, len(content), step):
        connection.sendall(content[at : at + step])
        time.sleep(0.02)


def received(reading, method):
    response = http.client.HTTPResponse(reading, method=method)
    try:
        response.begin()
        kind = response.getheader("Content-Type", "")
        body = b"" if kind.startswith("text/event-stream") else response.read()
        return Answer(response.status, kind, body)
    except (http.client.HTTPException, ConnectionError):
        return Answer(0, "", b"")
