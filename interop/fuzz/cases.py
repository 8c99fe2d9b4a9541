"""One request for each seed, by the OpenAPI document: valid, at the limits, or broken somewhere."""

import dataclasses
import gzip
import json
import random
import re
import shlex
from urllib.parse import quote

import odd

FILTERS = ("filter", "filter_string")
TIMES = ("timestamp", "start_time", "end_time", "request_time", "timestamp_ms", "creation_time")
PATHS = ("path", "artifact_path", "artifact_file_path")


@dataclasses.dataclass
class Case:
    name: str
    method: str
    target: str
    headers: list
    body: bytes
    content: bytes  # all of it, as it goes over the wire
    framed: bool = True  # whether HTTP itself was left in order
    answers: int = 1
    slowly: bool = False
    ended: bool = False

    def curl(self, port):
        words = ["curl", "-isS", "--path-as-is", "--globoff", "-m", "10", "-X", self.method]
        for name, value in self.headers:
            words += ["-H", "%s: %s" % (name, value)]
        if self.body:
            words += ["--data-binary", "@-"]
        command = shlex.join([*words, "http://127.0.0.1:%d%s" % (port, self.target)])
        return "%s | %s" % (printf(self.body), command) if self.body else command


def printf(content):
    return "printf '%s'" % "".join(chr(b) if 32 <= b < 127 and chr(b) not in "'\\%" else "\\%03o" % b for b in content)


class Cases:
    def __init__(self, document, fixtures):
        self.schemas = document["components"]["schemas"]
        self.fixtures = fixtures
        self.operations = [
            (method.upper(), path, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ]

    def of(self, seed, weights=None):
        """`weights` one for each operation."""
        r = random.Random(seed)
        [(method, path, operation)] = r.choices(self.operations, weights)
        # How many of the fields are broken: none, few, many.
        harm = r.choice((0, 0.05, 0.15, 0.3, 0.8))
        target = self.target(r, path, operation, harm)
        body = self.body(r, path, operation, harm)
        if body is None and method not in ("GET", "HEAD"):
            body = bytes(r.randrange(256) for _ in range(r.randrange(200)))
        return self.request(r, method + " " + path, method, target, body or b"", harm)

    def target(self, r, path, operation, harm):
        pairs = []
        for parameter in operation["parameters"] if "parameters" in operation else ():
            name, schema = parameter["name"], parameter["schema"]
            if parameter["in"] == "path":
                value = str(self.field(r, name.rsplit(".", 1)[-1], schema, harm))
                path = path.replace("{%s}" % name, self.in_path(r, name, value, harm))
            elif r.random() < 0.8:
                value = self.field(r, name, schema, harm)
                pairs += [(name, v) for v in (value if isinstance(value, list) else [value])]
        if r.random() < 0.3:
            path = path.replace("/api/", "/ajax-api/", 1)
        if r.random() < 0.05:
            path = re.sub(r"/[23]\.0/", lambda _: r.choice(("/2.0/", "/3.0/")), path, count=1)
        query = "&".join(self.in_query(r, name, value, harm) for name, value in pairs)
        return path + ("?" + query if query else "")

    def in_path(self, r, name, value, harm):
        if r.random() < harm and r.random() < 0.5:
            return r.choice(("%2e%2e/x", "%252e%252e%252fx", "a%00b", "a%5c..%5cb", "%ff%fe", "a%2Fb", ".%2e/x", "a;b=c", "a#b", "%", "%zz",
                             "//etc/passwd", "%2fetc%2fpasswd", "a" * 3000, "a/" * 400, "%e2%80%ae", "file:%2f%2f%2fetc", "*", "a:b"))  # fmt: skip
        return quote(value, safe="/" if name in PATHS else "", errors="surrogatepass")[:6000] or "-"

    def in_query(self, r, name, value, harm):
        if isinstance(value, (dict, list, bool)) or value is None:
            value = json.dumps(value)
        value = str(value).strip(odd.RAW)
        if r.random() < harm * 0.3:
            return r.choice((name, name + "=%", name + "=%zz", name + "=%ff", "=%00", name + "[]=1", "&&=", name + "=1;" + name + "=2", "%00=1",
                             name + "=+%2b+", name + "=" + "a" * 9000, name + "=%u0061"))  # fmt: skip
        return quote(name) + "=" + quote(value, safe="", errors="surrogatepass")[:12000]

    def body(self, r, path, operation, harm):
        if "requestBody" not in operation:
            return None
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        fields = self.value(r, schema, harm, 0)
        if r.random() < harm * 0.1:
            fields = odd.anything(r)
        content = json.dumps(fields, ensure_ascii=r.random() < 0.9)
        content = re.sub('"%s(.*?)%s"' % (odd.RAW, odd.RAW), unquoted, content)
        content = re.sub(r'"\\ue000(.*?)\\ue000"', unquoted, content)
        content = content.encode("utf-8", "surrogatepass")
        if r.random() < harm * 0.4:
            content = self.broken(r, content)
        return content

    def broken(self, r, content):
        return r.choice((
            lambda: content[: r.randrange(len(content) + 1)],
            lambda: odd.mutated_bytes(r, content),
            lambda: odd.mutated_bytes(r, content),
            lambda: b"\xef\xbb\xbf" + content,
            lambda: content.decode("utf-8", "replace").encode("utf-16"),
            lambda: content + content,
            lambda: json.dumps(content.decode("utf-8", "replace")).encode(),
            lambda: bytes(r.randrange(256) for _ in range(60)),
            lambda: b"[" * 100_000,
            lambda: b'{"a":' * 5_000,
            lambda: b"",
            lambda: gzip.compress(content),
        ))()  # fmt: skip

    def value(self, r, schema, harm, depth):
        """A value by its schema; a field is one of its own."""
        if "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[-1]]
        kind = schema.get("type")
        if kind == "object" and "properties" in schema:
            keep = 0.85 if depth < 2 else 0.5 if depth < 5 else 0
            return {n: self.field(r, n, s, harm, depth) for n, s in schema["properties"].items() if r.random() < keep}
        if kind == "array":
            size = r.choice((0, 1, 1, 2, 3)) if r.random() > harm * 0.05 else r.choice((101, 1001, 2000))
            item = self.value(r, schema["items"], harm, depth + 1)
            return [item] * size if size > 3 else [self.value(r, schema["items"], harm, depth + 1) for _ in range(size)]
        if "enum" in schema:
            return r.choice(schema["enum"])
        if schema.get("format") in ("date-time", "duration"):
            return r.choice(odd.TIMES[:1] if schema["format"] == "date-time" else ("1.5s",))
        if kind == "object":
            return {"a": {"stringValue": "b"}, "stringValue": "x"} if r.random() < 0.7 else {}
        if kind == "integer":
            return r.choice((0, 1, 5, 100, 1600000000000))
        return {"number": 1.5, "boolean": r.random() < 0.5, "string": "a"}.get(kind, "a")

    def field(self, r, name, schema, harm, depth=0):
        if r.random() < harm:
            return self.odd_field(r, name, schema)
        if name in FILTERS:
            return odd.filter_text(r) if r.random() < 0.7 else ""
        if name == "order_by":
            return [odd.order(r) for _ in range(r.randrange(3))]
        if name == "page_token":
            return odd.token(r, self.fixtures.tokens) if r.random() < 0.3 else ""
        if name in ("max_results", "num_parts", "part_number"):
            return r.choice((1, 2, 10, 100, 1000))
        known = self.fixtures.values.get(name)
        if known:
            return [r.choice(known)] if schema.get("type") == "array" else r.choice(known)
        return self.value(r, schema, harm, depth + 1)

    def odd_field(self, r, name, schema):
        pick = r.random()
        if name == "page_token" and pick < 0.8:
            return odd.token(r, self.fixtures.tokens)
        kind = schema.get("type")
        if kind == "integer" and pick < 0.7:
            return odd.whole(r)
        if kind == "string" and pick < 0.7:
            return r.choice(odd.TIMES) if "format" in schema else odd.text(r)
        if kind == "array" and pick < 0.5:
            return [odd.anything(r) for _ in range(r.randrange(4))]
        return odd.anything(r)

    def request(self, r, name, method, target, body, harm):
        headers = [("Host", "127.0.0.1")]
        if method not in ("GET", "HEAD") or body:
            headers += [("Content-Type", "application/json")]
        if target.startswith("/v1/traces"):  # refused at once without it
            headers += [("x-mlflow-experiment-id", r.choice(self.fixtures.values["experiment_id"]))]
        if r.random() < harm * 0.4:
            headers = odd_headers(r, headers)
        if self.fixtures.login:  # wrong passwords would lock everybody out
            headers = [pair for pair in headers if pair[0] != "Authorization"] + self.fixtures.login
        if r.random() < harm * 0.1:
            method = r.choice(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO"))
        case = Case(name, method, target, headers, body, b"")
        case.slowly = r.random() < 0.005
        if r.random() < 0.02:
            broken_frame(r, case)
        else:
            length = [("Content-Length", str(len(body)))] if body or method not in ("GET", "HEAD") else []
            case.content = framed(method, target, headers + length, body)
            if r.random() < 0.02 and method != "HEAD":
                case.answers = 3
                case.content *= 3
        return case


def unquoted(found):
    return json.loads('"%s"' % found.group(1))


def framed(method, target, headers, body):
    lines = ["%s %s HTTP/1.1" % (method, target)] + ["%s: %s" % pair for pair in headers]
    return "\r\n".join(lines).encode("utf-8", "surrogatepass") + b"\r\n\r\n" + body


def odd_headers(r, headers):
    more = r.choice((
        ("Content-Type", "text/plain"), ("Content-Type", ""), ("Content-Type", ";;;"), ("Content-Type", "application/json; charset=utf-16"),
        ("Content-Type", "application/json; charset=nothing"), ("Content-Type", "application/x-protobuf"), ("Content-Type", "a/b/c"),
        ("Content-Type", "multipart/form-data"), ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Type", "é"),
        ("Content-Encoding", "gzip"), ("Content-Encoding", "deflate"), ("Content-Encoding", "br"), ("Accept", "text/html"),
        ("Accept", "*;q=x"), ("Accept-Encoding", "gzip;q=9"), ("Range", "bytes=5-1"), ("Range", "bytes=-0"), ("Range", "bytes=0-0,2-3"),
        ("Range", "bytes=99999999999999999999-"), ("Range", "lines=1-2"), ("Range", "bytes="), ("If-None-Match", "*"), ("If-Modified-Since", "x"),
        ("Authorization", "Basic !!!"), ("Authorization", "Bearer"), ("Cookie", "=;=;a"), ("Origin", "null"), ("Origin", "http://127.0.0.1"),
        ("Host", "localhost"), ("Host", "evil.example"), ("Expect", "100-continue"), ("Expect", "200-ok"), ("X-Long", "a" * 5000),
        ("traceparent", "00-zz-zz-zz"), ("traceparent", "x"), ("X-Request-Id", "a\tb"), ("Connection", "close"), ("Connection", "Upgrade"),
        ("Upgrade", "h2c"), ("Upgrade", "websocket"), ("X-MLflow-Workspace", "other"), ("Last-Event-ID", "x"), ("Last-Event-ID", "9" * 30),
        ("x-mlflow-experiment-id", "x"), ("x-mlflow-experiment-id", "9" * 30), ("X-HTTP-Method-Override", "DELETE"), ("Forwarded", "for=\""),
        ("X-Forwarded-For", "%,"), ("If-Range", "x"),
    ))  # fmt: skip
    return [pair for pair in headers if pair[0] != more[0] or r.random() < 0.1] + [more]


def broken_frame(r, case):
    """HTTP that breaks off, or contradicts itself."""
    case.framed = False
    case.ended = True
    body = case.body or b"{}"
    length = str(len(body))
    size = b"%x\r\n" % len(body)
    good = framed(case.method, case.target, [*case.headers, ("Content-Length", length)], body)
    chunks = framed(case.method, case.target, [*case.headers, ("Transfer-Encoding", "chunked")], b"")
    case.content = r.choice((
        lambda: good[: r.randrange(1, len(good))],
        lambda: framed(case.method, case.target, [*case.headers, ("Content-Length", str(len(body) + 50))], body),
        lambda: framed(case.method, case.target, [*case.headers, ("Content-Length", "-1")], body),
        lambda: framed(case.method, case.target, [*case.headers, ("Content-Length", "9" * 30)], body),
        lambda: framed(case.method, case.target, [*case.headers, ("Content-Length", length), ("Content-Length", "3")], body),
        lambda: framed(case.method, case.target, [*case.headers, ("Content-Length", "3"), ("Transfer-Encoding", "chunked")], body),
        lambda: chunks + size + body + b"\r\n0\r\n\r\n",
        lambda: chunks + size + body + b"\r\n",
        lambda: chunks + b"zz\r\n" + body,
        lambda: chunks + b"ffffffffffffffffff\r\n" + body,
        lambda: chunks + size + body[:-1] + b"\r\n0\r\n\r\n",
        lambda: framed(case.method, case.target, [("Content-Length", length)], body),
        lambda: good.replace(b"HTTP/1.1", b"HTTP/" + r.choice((b"1.0", b"0.9", b"3", b"x")), 1),
        lambda: good.replace(b"\r\n", b"\n"),
        lambda: good.replace(b" /", b" http://127.0.0.1/", 1),
        lambda: good.replace(b" /", b" ", 1),
        lambda: good.replace(b" /", b" /\xff\xfe\0", 1),
        lambda: good.replace(b" /", b" /a b", 1),
        lambda: good.replace(b"Host", b"Ho st", 1),
        lambda: good.replace(b"Host: ", b"Host: \0", 1),
        lambda: odd.mutated_bytes(r, good[:200]) + good[200:],
        lambda: b"\x16\x03\x01\x02\x00\x01" + good,
    ))()  # fmt: skip
