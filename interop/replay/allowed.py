"""The differences that are meant, each with its reason."""

import re

# (request, place, the real server's side, why)
ALLOWED = ()


def is_allowed(difference):
    line = difference.request.line()
    return any(
        re.search(request, line) and re.search(place, difference.place) and re.search(real, str(difference.expected))
        for request, place, real, _ in ALLOWED
    )
