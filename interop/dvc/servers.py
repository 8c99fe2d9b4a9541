"""Servers that stand for the clouds: each on a free port of this machine, gone when the test is."""

import http.server
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request


def await_answer(url, patience=30):
    """Waits until a server answers, whatever it says."""
    until = time.monotonic() + patience
    while True:
        try:
            return urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return None
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


class Moto:
    """S3 as moto plays it."""

    def __init__(self):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await_answer(self.url)

    def bucket(self, name):
        request = urllib.request.Request(f"{self.url}/{name}", method="PUT")
        urllib.request.urlopen(request, timeout=10).close()

    # Of whom nobody knows an object cannot be replaced; signatures are not looked at.
    SOMEBODY = {
        "Authorization": "AWS4-HMAC-SHA256 Credential=somebody/20260101/us-east-1/s3/aws4_request",
        "Content-Type": "application/octet-stream",
    }

    def keep_versions(self, name):
        body = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
        headers = {"Content-Type": "application/xml"}
        request = urllib.request.Request(f"{self.url}/{name}?versioning", body, headers, method="PUT")
        urllib.request.urlopen(request, timeout=10).close()

    def put(self, name, key, content):
        request = urllib.request.Request(f"{self.url}/{name}/{key}", content, self.SOMEBODY, method="PUT")
        urllib.request.urlopen(request, timeout=10).close()

    def keys(self, name):
        with urllib.request.urlopen(f"{self.url}/{name}?list-type=2", timeout=10) as answer:
            text = answer.read().decode()
        return sorted(part.split("</Key>")[0] for part in text.split("<Key>")[1:])

    def close(self):
        self.process.terminate()
        self.process.wait(10)


class Gcs:
    """Cloud Storage as gcp-storage-emulator plays it."""

    def __init__(self):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gcp_storage_emulator", "start", "--host=127.0.0.1", f"--port={port}", "--in-memory"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await_answer(self.url)

    def bucket(self, name):
        body = json.dumps({"name": name}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/storage/v1/b?project=p", body, headers, method="POST")
        urllib.request.urlopen(request, timeout=10).close()

    def put(self, name, key, content):
        url = f"{self.url}/upload/storage/v1/b/{name}/o?uploadType=media&name={urllib.parse.quote(key, safe='')}"
        request = urllib.request.Request(url, content, {"Content-Type": "text/plain"}, method="POST")
        urllib.request.urlopen(request, timeout=10).close()

    def keys(self, name):
        with urllib.request.urlopen(f"{self.url}/storage/v1/b/{name}/o", timeout=10) as answer:
            return sorted(item["name"] for item in json.load(answer).get("items", []))

    def close(self):
        self.process.terminate()
        self.process.wait(10)


class Azurite:
    """Azure Blob Storage as Microsoft's own Azurite plays it, with the account and the key that it always has."""

    PROGRAM = pathlib.Path(__file__).with_name(".azurite") / "node_modules/.bin/azurite-blob"
    ACCOUNT = "devstoreaccount1"
    KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

    def __init__(self, folder):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/{self.ACCOUNT}"
        self.connection = (
            f"DefaultEndpointsProtocol=http;AccountName={self.ACCOUNT};AccountKey={self.KEY};BlobEndpoint={self.url};"
        )
        options = ["--silent", "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence"]
        self.process = subprocess.Popen(
            [self.PROGRAM, "--blobHost", "127.0.0.1", "--blobPort", str(port), *options],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await_answer(self.url)

    def container(self, name):
        from azure.storage.blob import ContainerClient

        return ContainerClient.from_connection_string(self.connection, name)

    def bucket(self, name):
        with self.container(name) as container:
            container.create_container()

    def put(self, name, key, content):
        with self.container(name) as container:
            container.upload_blob(key, content)

    def keys(self, name):
        with self.container(name) as container:
            return sorted(container.list_blob_names())

    def close(self):
        self.process.terminate()
        self.process.wait(10)


class Sshd:
    """OpenSSH's own server, for whoever runs the tests; its files are those of this machine."""

    PROGRAM = shutil.which("sshd") or "/usr/sbin/sshd"

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        folder.mkdir()
        self.key = folder / "user"
        for key in (self.key, folder / "host"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        self.port = free_port()
        config = folder / "config"
        config.write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\n"
            f"AuthorizedKeysFile {self.key}.pub\nStrictModes no\nUsePAM no\n"
            "PasswordAuthentication no\nSubsystem sftp internal-sftp\n"
        )
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        self.log = open(folder / "log", "w")
        self.process = subprocess.Popen(
            [self.PROGRAM, "-D", "-e", "-f", str(config)], stdout=subprocess.DEVNULL, stderr=self.log
        )
        host = (folder / "host.pub").read_text().split()
        self.known = f"[127.0.0.1]:{self.port} {host[0]} {host[1]}\n"
        self.await_port()

    def await_port(self):
        until = time.monotonic() + 30
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port), 5).close()
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        self.log.close()


class Answering:
    """A web server in this process, whose requests a handler answers."""

    def __init__(self, handler):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Web(Answering):
    """A web server that keeps what is posted to it in a folder.

    With `lives` it answers that many objects, and breaks every connection about one afterwards."""

    def __init__(self, folder):
        root = pathlib.Path(folder)
        self.lives = None
        web = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, directory=str(root), **kwargs)

            def dies(self):
                if web.lives is None:
                    return False
                web.lives -= 1
                if web.lives < 0:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                return web.lives < 0

            def do_GET(self):
                if not self.dies():
                    super().do_GET()

            def do_POST(self):
                if self.dies():
                    return
                target = root / self.path.lstrip("/")
                target.parent.mkdir(parents=True, exist_ok=True)
                if "chunked" in self.headers.get("Transfer-Encoding", ""):
                    body = b""
                    while size := int(self.rfile.readline(), 16):
                        body += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                else:
                    body = self.rfile.read(int(self.headers["Content-Length"]))
                target.write_bytes(body)
                self.send_response(201)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def end_headers(self):
                if self.command in ("GET", "HEAD"):
                    path = root / self.path.lstrip("/")
                    if path.is_file():
                        self.send_header("ETag", f'"{path.stat().st_mtime_ns}-{path.stat().st_size}"')
                super().end_headers()

            def log_message(self, *args):
                pass

        super().__init__(Handler)


class Refusing(Answering):
    """A server of S3, Cloud Storage or the web that lets nobody in."""

    ANSWERS = {
        "s3": (403, b"<Error><Code>InvalidAccessKeyId</Code><Message>Who are you?</Message></Error>"),
        "gs": (401, b'{"error": {"code": 401, "message": "Who are you?"}}'),
        "http": (401, b""),
    }

    def __init__(self, kind):
        status, body = self.ANSWERS[kind]

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

            def log_message(self, *args):
                pass

        super().__init__(Handler)

from ports import free_port
