"""The differences that are meant, each with its reason."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Allowed:
    """A difference: patterns of the request, the place in the answer, and both sides."""

    why: str
    request: str = ""
    place: str = ""
    real: str = ""
    ours: str = ""

    def covers(self, difference):
        sides = (
            (self.request, difference.request.line()),
            (self.place, difference.place),
            (self.real, str(difference.expected)),
            (self.ours, str(difference.got)),
        )
        return all(re.search(pattern, text, re.DOTALL) for pattern, text in sides)


ALLOWED = (
    Allowed("a token is opaque; ours goes on after an item, not after a number of them", place=r"next_page_token$"),
    Allowed("a caller's mistake is no error of the server", place="status", real="^500", ours="^(400|404|200)"),
    Allowed(
        "a value of a wrong type is refused, where the real server takes the default instead",
        place="status",
        real="^200",
        ours="^400.*(Invalid value|Missing value|Invalid experiment ID)",
    ),
    Allowed(
        "the words are ours: code and status, which clients act on, are the same",
        place=r"^\.message$",
    ),
    Allowed("files of text say their encoding", place="header content-type", real="^text/plain$", ours="charset=utf-8"),
    Allowed("characters that may stay as they are are encoded in a file name", place="header content-disposition", request="%20"),
    Allowed("OR, NOT and parentheses are a superset", request="search", place="status", real="^400.*(OR|\\()", ours="^200"),
    Allowed("the real server compares the status with its number in the database", request="status = 'READY'", place="models"),
    Allowed("there is no gateway here", place="features_enabled"),
    Allowed("no page size means the usual one", request="experiments/search", place="status", real="must be a positive", ours="^200"),
    Allowed("one code for every missing field", request="runs/create", place="error_code", real="BAD_REQUEST"),
    Allowed("a name that is taken is told as taken", request="experiments/update", place="error_c", real="INVALID|BAD_REQUEST"),
    Allowed("quoted keys may hold any character", place="status", request="tags.'a b'|tags.%27a", real="^200", ours="^400"),
    Allowed("a text is quoted in every search, as the real server wants it for runs", request="logged-models/search", place="status", real="^200", ours="quoted string|Expected numeric"),
    Allowed("pages for people have our words", place="^body$", real="<!doctype html>"),
    Allowed("every call is served under both versions", request="/api/3.0/mlflow/runs/get", place="status", real="^404", ours="^200"),
    Allowed("the real server's address lacks a slash", request="search-datasets", place="status", real="^404", ours="^200"),
    Allowed("a backslash is never part of a path", request="%5c", place="status", ours="^400"),
)
