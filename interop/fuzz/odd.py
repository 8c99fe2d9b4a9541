"""Values that no well-behaved client sends, and filters, orders and page tokens by their grammar."""

import base64
import json

RAW = "\ue000"  # stands around a word that goes into the JSON as it is

TEXTS = (
    "", " ", "\0", "a\0b", "\x01\x1f\x7f", "\r\nX: y", "\ud800", "\udfff\ud800", "\U0001f9ea", "e\u0301", "\u202e",
    "\u2028", "\ufeff", "ß", "İ", "%", "%00", "%2e%2e", "%c0%ae", "..", "../..", "/", "//", "\\", "a//b", ".", "~",
    "'", '"', "`", "''", "'; DROP TABLE runs; --", "${jndi:x}", "{{7*7}}", "%s%n", "NaN", "null", "true", "0", "-1",
    "None", "latest", "@", "models:/", "file:///etc/passwd", "s3://", "http://[::1", "dbfs:/x", ":", "a:b", "#", "?",
    "runs:/x/y", "mlflow-artifacts:/x", "mlflow-artifacts:/../x", "1e5", "+5", " 12 ", "1_000", "\u0661\u0662", "0x10",
)
SIZES = (250, 251, 256, 257, 500, 501, 4096, 5001, 6001, 8001, 65536)
WHOLES = (
    0, 1, -1, 2, 1000, 1001, 50000, 50001, 2**31 - 1, 2**31, -(2**31), 2**53, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1,
    2**64, 10**30, 10**400,
)
WORDS = ("1e999", "-1e999", "1e-999", "1E1000000000", "1e+5", "-0", "-0.0", "NaN", "Infinity", "-Infinity", "1.5",
         "9007199254740993.0", "1" * 1200, "0.1" + "0" * 300 + "1", "01", ".5", "undefined", "'a'")  # fmt: skip
TIMES = ("2020-01-01T00:00:00Z", "2020-02-30T00:00:00Z", "99999-01-01T00:00:00Z", "-1", "1e9s", "0.0000000001s", "")
ATTRIBUTES = (
    "run_id", "run_name", "status", "start_time", "end_time", "artifact_uri", "user_id", "name", "experiment_id", "lifecycle_stage",
    "creation_time", "last_update_time", "creation_timestamp", "version_number", "version", "model_id", "source_path", "stage",
    "timestamp_ms", "execution_time_ms", "Created", "`Run ID`", "dataset.name", "dataset.digest", "span.name", "span.status",
    "span.attributes.x", "trace.status", "request_id", "nothing", "prompt", "assessment.x", "feedback.x", "trace.text", "end_time_ms",
)  # fmt: skip
GROUPS = ("metrics", "params", "tags", "attributes", "metric", "param", "tag", "attribute", "datasets", "tags.mlflow", "run", "",
          "request_metadata", "metadata", "feedback", "expectation", "span", "trace")  # fmt: skip
KEYS = ("m", "`a b`", '"a b"', "'q'", "mlflow.runName", "`mlflow.source.name`", "``", "`a", "a/b", "é", "`a.b`", "x-y", "1")
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "LIKE", "ILIKE", "IN", "NOT IN", "IS NULL", "IS NOT NULL", "==", "<>", "RLIKE",
             "BETWEEN", "", "like", "Not  In", "is null", "NOT LIKE")  # fmt: skip
LITERALS = ("'a'", '"a"', "1", "-1.5", "1e3", "1e999", "nan", "0x10", "99999999999999999999", "('a', 'b')", "()", "(1)", "('a',)", "''",
            "'it''s'", "'a\\'b'", "'%'", "'%%%%%%%%%%a'", "'_'", "NULL", "true", "`a`", "'\0'", "'unclosed", "(('a'))", "'é'", "'\\'",
            "'FINISHED'", "'RUNNING'", ".", ",", "-", "- 1", "1.", ".1", "1e", "'1'")  # fmt: skip


def text(r):
    if r.random() < 0.8:
        return r.choice(TEXTS)
    if r.random() < 0.02:
        return "x" * 1_500_000
    return r.choice(("x", "é", "\U0001f9ea", "'", "../", "%", "(")) * r.choice(SIZES)


def whole(r):
    return r.choice(WHOLES) if r.random() < 0.6 else raw(r)


def raw(r):
    return RAW + r.choice(WORDS) + RAW


def anything(r, depth=0):
    kind = r.randrange(9 if depth < 3 else 6)
    if kind < 2:
        return text(r)
    if kind < 4:
        return whole(r)
    if kind == 4:
        return r.choice((True, False, None))
    if kind == 5:
        return r.choice((1.5, -0.0, 1e308, 5e-324))
    if kind == 6:
        return nested(r)
    if kind == 7:
        return [anything(r, depth + 1) for _ in range(r.randrange(4))]
    return {text(r)[:300]: anything(r, depth + 1) for _ in range(r.randrange(4))}


def nested(r):
    depth = r.choice((5, 200, 999, 1001, 3000))
    return RAW + r.choice((("[", "]"), ('{"a":', "}")))[0] * depth + RAW if r.random() < 0.1 else deep(r, depth)


def deep(r, depth):
    first, last = r.choice((("[", "]"), ('{"a":', "}"), ('[{"key":', "}]")))
    return RAW + first * depth + "1" + last * depth + RAW


def identifier(r):
    if r.random() < 0.45:
        return r.choice(ATTRIBUTES)
    return r.choice(GROUPS) + "." + r.choice(KEYS)


def clause(r):
    return " ".join((identifier(r), r.choice(OPERATORS), r.choice(LITERALS)))


def expression(r, depth=0):
    pick = r.random()
    if depth > 4 or pick < 0.55:
        return clause(r)
    if pick < 0.8:
        return expression(r, depth + 1) + r.choice((" AND ", " and ", " OR ", "  AnD\t", " , ", " AND AND ")) + expression(r, depth + 1)
    return r.choice(("(%s)", "NOT %s", "NOT (%s)", "((%s)", "%s)")) % expression(r, depth + 1)


def filter_text(r):
    pick = r.random()
    if pick < 0.03:
        return r.choice((" AND ", " OR ")).join([clause(r)] * r.choice((2, 60, 201, 2000)))
    if pick < 0.06:
        return r.choice(("(", "NOT ", "((", "NOT (")) * r.choice((49, 51, 1000, 20000)) + clause(r)
    if pick < 0.08:
        return "(" * 60 + clause(r) + ")" * 60
    if pick < 0.12:
        return text(r)
    return mutated(r, expression(r)) if pick < 0.4 else expression(r)


def order(r):
    if r.random() < 0.1:
        return text(r)
    words = identifier(r) + r.choice(("", " ASC", " DESC", " asc", " desc", " ASC NULLS LAST", " up", ", name", " DESC DESC"))
    return mutated(r, words) if r.random() < 0.2 else words


def token(r, tokens):
    pick = r.random()
    if pick < 0.3 and tokens:
        return mutated(r, r.choice(tokens)) if r.random() < 0.7 else r.choice(tokens)
    if pick < 0.5 and tokens:
        return inside(r, r.choice(tokens))
    if pick < 0.8:
        return encoded({"offset": r.choice((*WHOLES, "1", None, 1.5, [], {}))})
    if pick < 0.9:
        return encoded(r.choice(([], {}, 1, "a", None, {"offset": 1, "search_columns": []}, {"exp_ids": 1, "order_by": 1})))
    return text(r)


def inside(r, known):
    """A token whose content was changed and encoded again."""
    try:
        return base64.urlsafe_b64encode(mutated_bytes(r, base64.urlsafe_b64decode(known + "=="))).decode()
    except ValueError:
        return mutated(r, known)


def encoded(value):
    return base64.b64encode(json.dumps(value).encode()).decode()


def mutated(r, words):
    for _ in range(r.randrange(1, 4)):
        at = r.randrange(len(words) + 1)
        cut = at + r.choice((0, 0, 1, 2))
        words = words[:at] + r.choice(("", "'", "`", '"', "(", ")", ",", ".", " ", "\0", "%", "\\", "é", "-", "=")) + words[cut:]
    return words


def mutated_bytes(r, content):
    content = bytearray(content)
    for _ in range(r.randrange(1, 4)):
        at = r.randrange(len(content) + 1)
        content[at : at + r.choice((0, 1, 1, 4))] = r.choice((b"", b"\0", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b'"', b"9" * 30, b"-", b"{", b"null"))
    return bytes(content)
