"""Requests that no well-behaved client sends: every field of every call left out, null, or of another kind."""

import json

from exchange import Request, rpc

API = "/api/2.0/mlflow/"
RUN = "{run}"
WRONG = (None, "", 7, 1.5, True, "text", [], ["a"], {}, {"a": 1})

# Where the real server takes a value of a wrong type, drops it with every field after it, and goes on: ours refuses it.
# Such requests are left out, since from then on the two servers would hold different things.
DROPPED = {
    ("runs/create", "start_time"),
    ("runs/create", "user_id"),
    ("runs/create", "run_name"),
    ("runs/update", "status"),
    ("runs/update", "end_time"),
    ("runs/update", "run_name"),
    ("runs/log-metric", "value"),
    ("runs/log-metric", "timestamp"),
    ("runs/log-metric", "step"),
    ("runs/log-batch", "metrics"),
    ("runs/log-batch", "params"),
    ("runs/log-batch", "tags"),
    ("logged-models", "params"),
    ("logged-models", "tags"),
    ("logged-models", "name"),
    ("logged-models", "model_type"),
}

# A valid body for each call; the marks in braces are ids of things that `prepared` makes.
POSTS = {
    "POST experiments/create": {"name": "raw-new", "tags": [{"key": "a", "value": "b"}]},
    "POST experiments/search": {"max_results": 5, "filter": "name LIKE 'raw%'", "order_by": ["name"], "view_type": "ALL"},
    "POST experiments/update": {"experiment_id": "{experiment}", "new_name": "raw-renamed"},
    "POST experiments/set-experiment-tag": {"experiment_id": "{experiment}", "key": "k", "value": "v"},
    "POST experiments/delete-experiment-tag": {"experiment_id": "{experiment}", "key": "k"},
    "POST runs/create": {"experiment_id": "{other}", "run_name": "r", "start_time": 5, "user_id": "u", "tags": []},
    "POST runs/update": {"run_id": RUN, "status": "FINISHED", "end_time": 9, "run_name": "new"},
    "POST runs/log-metric": {"run_id": RUN, "key": "m", "value": 1.5, "timestamp": 1, "step": 2},
    "POST runs/log-parameter": {"run_id": RUN, "key": "p", "value": "1"},
    "POST runs/set-tag": {"run_id": RUN, "key": "t", "value": "1"},
    "POST runs/delete-tag": {"run_id": RUN, "key": "t"},
    "POST runs/log-batch": {
        "run_id": RUN,
        "metrics": [{"key": "b", "value": 1, "timestamp": 1, "step": 0}],
        "params": [{"key": "bp", "value": "1"}],
        "tags": [{"key": "bt", "value": "1"}],
    },
    "POST runs/search": {"experiment_ids": ["{experiment}"], "max_results": 3, "filter": "", "run_view_type": "ALL", "order_by": []},
    "GET runs/get": {"run_id": RUN},
    "GET experiments/get": {"experiment_id": "{experiment}"},
    "GET experiments/get-by-name": {"experiment_name": "raw"},
    "GET metrics/get-history": {"run_id": RUN, "metric_key": "m", "max_results": "5"},
    "GET artifacts/list": {"run_id": RUN, "path": "sub"},
    "POST registered-models/create": {"name": "RawNew", "description": "d", "tags": []},
    "GET registered-models/get": {"name": "Raw"},
    "GET registered-models/search": {"filter": "name LIKE 'R%'", "max_results": "2"},
    "PATCH registered-models/update": {"name": "Raw", "description": "d"},
    "POST registered-models/set-tag": {"name": "Raw", "key": "k", "value": "v"},
    "DELETE registered-models/delete-tag": {"name": "Raw", "key": "k"},
    "POST registered-models/alias": {"name": "Raw", "alias": "a", "version": "1"},
    "GET registered-models/alias": {"name": "Raw", "alias": "a"},
    "DELETE registered-models/alias": {"name": "Raw", "alias": "other"},
    "POST registered-models/get-latest-versions": {"name": "Raw", "stages": ["None"]},
    "POST model-versions/create": {"name": "Raw", "source": "{artifacts}/m", "run_id": RUN, "description": "d"},
    "GET model-versions/get": {"name": "Raw", "version": "1"},
    "GET model-versions/search": {"filter": "name = 'Raw'", "max_results": "2"},
    "PATCH model-versions/update": {"name": "Raw", "version": "1", "description": "d"},
    "POST model-versions/transition-stage": {"name": "Raw", "version": "1", "stage": "Staging", "archive_existing_versions": False},
    "POST model-versions/set-tag": {"name": "Raw", "version": "1", "key": "k", "value": "v"},
    "DELETE model-versions/delete-tag": {"name": "Raw", "version": "1", "key": "k"},
    "GET model-versions/get-download-uri": {"name": "Raw", "version": "1"},
    "POST logged-models": {"experiment_id": "{other}", "name": "raw", "model_type": "t", "params": [], "tags": []},
    "POST logged-models/search": {"experiment_ids": ["{experiment}"], "filter": "name = 'raw'", "max_results": 2},
    "POST runs/delete": {"run_id": RUN},
    "POST runs/restore": {"run_id": RUN},
}

FILTERS = (
    "a",
    "a = ",
    "metrics.m > 1 OR metrics.m < 0",
    "(metrics.m > 1)",
    "metrics.m >> 1",
    "metrics.m > 1 AND",
    "metrics.m > 1 metrics.m < 3",
    "params.p = 1",
    "params.p > '1'",
    "metrics.m = '1'",
    "tags.`a b` = 'c'",
    "tags.'a b' = 'c'",
    'params."p" = "1"',
    "params.p LIKE 1",
    "attributes.nothing = 'a'",
    "attributes.start_time = 'a'",
    "status IN ('RUNNING')",
    "run_id IN ('a', 'b')",
    "run_id IN ()",
    "run_id NOT IN ('a')",
    "dataset.name IN ('a', 'b')",
    "dataset.nothing = 'a'",
    "nonsense.x = 'a'",
    "metrics.m",
    "= 1",
    "'a' = params.p",
    "params.p = 'unclosed",
    "params.p = 'it''s'",
    "metrics.m = 1e3",
    "metrics.m = -1.5",
    "metrics.m = 0x10",
    "metrics.m != nan",
    "PARAMS.p = '1'",
    "params.p = '1' and tags.t = '1'",
    "params.p = '1' AnD tags.t = '1'",
    "params.p IS NULL",
    "metrics.m IS NULL",
    "params.p IS NOT 'a'",
    "params.p NOT LIKE 'a'",
    "  ",
    ";",
    "params.p = '1'; DROP TABLE runs",
    "params.p = '1' -- comment",
)


def prepared(ask):
    """Makes what the calls are about; `ask` gives the JSON of the answer."""
    experiment = ask(rpc("POST", API + "experiments/create", {"name": "raw"}))["experiment_id"]
    other = ask(rpc("POST", API + "experiments/create", {"name": "raw-other"}))["experiment_id"]
    run = ask(rpc("POST", API + "runs/create", {"experiment_id": experiment, "run_name": "raw", "start_time": 1}))["run"]["info"]
    ask(rpc("POST", API + "registered-models/create", {"name": "Raw"}))
    source = {"name": "Raw", "source": run["artifact_uri"] + "/m", "run_id": run["run_id"]}
    ask(rpc("POST", API + "model-versions/create", source))
    return {"{experiment}": experiment, "{other}": other, "{run}": run["run_id"], "{artifacts}": run["artifact_uri"]}


def requests(ids):
    for call, body in POSTS.items():
        method, path = call.split()
        valid = json.loads(filled(json.dumps(body), ids))
        yield sent(method, path, valid)
        for field in valid:
            yield sent(method, path, {key: value for key, value in valid.items() if key != field})
            for value in WRONG if (path, field) not in DROPPED else ():
                yield sent(method, path, valid | {field: value})
        yield sent(method, path, valid | {"unknown_field": 1})
        if method != "GET":
            yield Request(method, API + path, {"Content-Type": "application/json"}, b"{not json")
            yield Request(method, API + path, {"Content-Type": "text/plain"}, json.dumps(valid).encode())
    for text in FILTERS:
        for path, more in (
            ("runs/search", {"experiment_ids": [ids["{experiment}"]]}),
            ("experiments/search", {"max_results": 3}),
            ("logged-models/search", {"experiment_ids": [ids["{experiment}"]]}),
        ):
            yield sent("POST", path, more | {"filter": text})
        for path in ("registered-models/search", "model-versions/search"):
            yield sent("GET", path, {"filter": text})
    yield from odd(ids)


def odd(ids):
    run = ids["{run}"]
    yield sent("POST", "runs/log-batch", {"run_id": run, "metrics": [{"key": "x", "value": 1, "timestamp": 1}] * 1001})
    yield sent("POST", "runs/log-batch", {"run_id": run, "params": [{"key": f"x{n}", "value": "1"} for n in range(101)]})
    yield sent("POST", "runs/log-batch", {"run_id": run, "params": [{"key": "d", "value": "1"}] * 2})
    yield sent("POST", "runs/log-parameter", {"run_id": run, "key": "k" * 251, "value": "1"})
    yield sent("POST", "runs/log-parameter", {"run_id": run, "key": "long", "value": "v" * 9000})
    yield sent("POST", "runs/set-tag", {"run_id": run, "key": "long", "value": "v" * 9000})
    yield sent("POST", "experiments/set-experiment-tag", {"experiment_id": ids["{experiment}"], "key": "l", "value": "v" * 30000})
    yield sent("GET", "runs/get", {"run_id": run})
    for value in ("NaN", "Infinity", "-Infinity", "abc"):
        yield sent("POST", "runs/log-metric", {"run_id": run, "key": "odd", "value": value, "timestamp": 1})
    for step in (-5, 2**62, -(2**63), "12", "x"):
        yield sent("POST", "runs/log-metric", {"run_id": run, "key": "steps", "value": 1, "timestamp": 1, "step": step})
    yield sent("GET", "metrics/get-history", {"run_id": run, "metric_key": "steps", "max_results": 100})
    for key in ("a//b", "../a", "/a", "a/", "a b", "ä", "a:b", "a,b", "a\tb", ".", "a/./b"):
        yield sent("POST", "runs/log-metric", {"run_id": run, "key": key, "value": 1, "timestamp": 1})
    for path in ("nothing", "runs/nothing", "runs/get/more", "preview/mlflow/runs/get"):
        yield rpc("GET", API + path)
    yield rpc("POST", API + "runs/get", {"run_id": run})
    yield rpc("GET", API + "runs/create")
    yield rpc("GET", "/api/3.0/mlflow/server-info")
    yield rpc("GET", "/ajax-api/2.0/mlflow/runs/get?run_uuid=" + run)
    yield rpc("GET", "/api/3.0/mlflow/runs/get?run_id=" + run)
    yield rpc("GET", "/health")
    for query in (f"run_ids={run}&metric_key=steps", f"run_ids={run}&metric_key=m&max_results=0", "metric_key=m"):
        yield rpc("GET", API + "metrics/get-history-bulk-interval?" + query)
    for query in (f"run_id={run}&metric_key=m", f"run_id={run}", "metric_key=m"):
        yield rpc("GET", "/ajax-api/2.0/mlflow/metrics/get-history-bulk?" + query)
    yield sent("POST", "experiments/search-datasets", {"experiment_ids": [ids["{experiment}"]]})
    files = "/api/2.0/mlflow-artifacts/artifacts"
    yield Request("PUT", f"{files}/raw/a.txt", {}, b"hello")
    for path in ("raw/a.txt", "raw/none.txt", "raw/../a", "raw/%2e%2e/a", "raw/%252e%252e/a", "/etc/passwd", "raw/..%5ca"):
        yield rpc("GET", f"{files}/{path}")
    for path in ("", "?path=raw", "?path=..", "?path=none", "?path=raw/a.txt", "?path=/etc"):
        yield rpc("GET", files + path)
    yield rpc("DELETE", f"{files}/raw/a.txt")
    yield rpc("DELETE", f"{files}/raw/a.txt")
    yield rpc("POST", "/api/2.0/mlflow-artifacts/mpu/create/raw/big", {"path": "big", "num_parts": 2})


def sent(method, path, fields):
    if method != "GET":
        return rpc(method, API + path, fields)
    from urllib.parse import urlencode

    pairs = [(key, value) for key, value in fields.items() if value is not None and not isinstance(value, dict)]
    return rpc("GET", f"{API}{path}?{urlencode(pairs, doseq=True)}")


def filled(text, ids):
    for mark, identity in ids.items():
        text = text.replace(mark, identity)
    return text
