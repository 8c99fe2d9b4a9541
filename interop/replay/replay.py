"""Sends recorded requests to another server and says where its answers differ.

Ids that a server makes up differ between two servers: a recorded one is replaced by the one that the other server gave
at the same place of the same answer. Times of the server only have to be times.
"""

import json
import re
from dataclasses import dataclass

from exchange import COMPARED_HEADERS, Request, send

# A quote before it may be encoded, and then looks like the beginning of an id.
ID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|(?:(?<=%2[27])|(?<![0-9a-f]))[0-9a-f]{32}(?![0-9a-f])"
)
HEX = r"[0-9a-f]{32}"
NAME = re.compile(r"[a-z]+-[a-z]+-\d+")
TIMES = {
    "creation_time",
    "last_update_time",
    "creation_timestamp",
    "last_updated_timestamp",
    "creation_timestamp_ms",
    "last_updated_timestamp_ms",
}


@dataclass(frozen=True)
class Difference:
    request: Request
    place: str
    expected: object
    got: object

    def call(self):
        """The method and path, without what tells one thing from another."""
        path = re.sub(r"(?<=/artifacts/)(?!directories|files|list).+", "{path}", self.request.path.partition("?")[0])
        return f"{self.request.method} {re.sub('(m-|tr-)?' + HEX, '{id}', path)}"

    def where(self):
        """The place, whichever item of a list it is in; of a status both of them."""
        if self.place == "status":
            return f"{self.expected[:3]} -> {self.got[:3]}"
        return re.sub(r"\[\d+\]", "[]", self.place)

    def text(self):
        return f"{self.call()} | {self.where()}\n  {self.detail()}"

    def detail(self):
        return f"{self.request.line()}\n    {self.place}\n      real: {self.expected!r:.900}\n      ours: {self.got!r:.900}"


class Replay:
    def __init__(self, port):
        self.port = port
        self.ids = {}
        self.differences = []

    def all(self, exchanges):
        for request, answer in exchanges:
            self.one(request, answer)
        return self.differences

    def one(self, recorded, expected):
        request = Request(
            recorded.method,
            self.ours(recorded.path),
            recorded.headers,
            self.ours(recorded.body.decode("latin-1")).encode("latin-1"),
        )
        got = send(self.port, request)

        def differ(place, real, ours):
            self.differences.append(Difference(request, place, real, ours))

        if expected.status != got.status:
            differ("status", f"{expected.status} {expected.body[:700]}", f"{got.status} {got.body[:700]}")
            return
        for name in COMPARED_HEADERS:
            real, ours = (_header(answer, name) for answer in (expected, got))
            if self.ours(real) != ours:
                differ("header " + name, real, ours)
        real, ours = expected.json(), got.json()
        if real is None or ours is None:
            if self.ours(expected.body.decode("latin-1")) != got.body.decode("latin-1"):
                differ("body", expected.body, got.body)
            return
        self.learn(real, ours)
        compare(json.loads(self.ours(json.dumps(real))), ours, "", differ)

    def ours(self, text):
        return ID.sub(lambda found: self.ids.get(found[0], found[0]), text)

    def learn(self, real, ours):
        """Pairs the ids at the same places of two answers."""
        if isinstance(real, dict) and isinstance(ours, dict):
            for key in real.keys() & ours.keys():
                self.learn(real[key], ours[key])
        elif isinstance(real, list) and isinstance(ours, list):
            for one, other in zip(real, ours):
                self.learn(one, other)
        elif isinstance(real, str) and isinstance(ours, str):
            mine, other = ID.findall(real), ID.findall(ours)
            if len(mine) == len(other):
                for known, new in zip(mine, other):
                    self.ids.setdefault(known, new)


def compare(real, ours, place, differ):
    if isinstance(real, dict) and isinstance(ours, dict):
        for key in sorted(real.keys() | ours.keys()):
            if key not in real or key not in ours:
                differ(f"{place}.{key}", real.get(key, "(absent)"), ours.get(key, "(absent)"))
            elif key in TIMES:
                if type(real[key]) is not type(ours[key]):
                    differ(f"{place}.{key}", real[key], ours[key])
            else:
                compare(real[key], ours[key], f"{place}.{key}", differ)
    elif isinstance(real, list) and isinstance(ours, list):
        real, ours = in_order(real), in_order(ours)
        if len(real) != len(ours):
            differ(place + "[]", real, ours)
        else:
            for number, (one, other) in enumerate(zip(real, ours)):
                compare(one, other, f"{place}[{number}]", differ)
    elif real != ours and not made_up(real, ours):
        differ(place, real, ours)


def in_order(items):
    """Lists of tags, params and latest metrics have no order that anybody promised."""
    keyed = all(isinstance(item, dict) and "key" in item and "step" not in item for item in items)
    latest = all(isinstance(item, dict) and "key" in item for item in items)
    unique = latest and len({item["key"] for item in items}) == len(items)
    return sorted(items, key=lambda item: item["key"]) if items and (keyed or unique) else items


def made_up(real, ours):
    """Names that a server gives to what has none."""
    return all(isinstance(text, str) and NAME.fullmatch(text) for text in (real, ours))


def _header(answer, name):
    """The methods that are allowed come in another order in each process of the real server."""
    value = answer.headers.get(name, "").replace(" ", "").lower()
    return ",".join(sorted(value.split(","))) if name == "allow" else value
