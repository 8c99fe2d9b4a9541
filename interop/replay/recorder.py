"""A reverse proxy that keeps every exchange that passes through it, in order."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from exchange import Request, send

PASSED_ON = {"content-type", "accept", "user-agent", "content-encoding", "x-mlflow-experiment-id", "range", "origin"}


class Recorder:
    """Listens in front of a server until the block ends; `exchanges` holds what passed."""

    def __init__(self, port):
        self.exchanges = []
        self._lock = threading.Lock()
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length) if length else self.chunks()
                headers = {name: value for name, value in self.headers.items() if name.lower() in PASSED_ON}
                request = Request(self.command, self.path, headers, body)
                with recorder._lock:
                    answer = send(port, request)
                    recorder.exchanges.append((request, answer))
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    if name not in ("transfer-encoding", "connection", "content-length"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def chunks(self):
                body = b""
                if self.headers.get("Transfer-Encoding") == "chunked":
                    while size := int(self.rfile.readline(), 16):
                        body += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                return body

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = pass_on

            def log_message(self, format, *arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *failure):
        self._server.shutdown()
        self._server.server_close()
