"""The same runs, experiments and models in both servers: each filter and order finds the same, in the same order."""

import itertools
import json
import random
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import test_registry as registry
from servers import mlflow_server, mlops_server, thorough

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reliability"))
import places  # noqa: E402 - the folder must be on the path first

METRICS = ["metrics.a %s %s" % pair for pair in itertools.product(
    [">", ">=", "!=", "=", "<", "<="], ["0", "0.5", "-1", ".25", "1e3"])]
TEXTS = ["%s %s %s" % triple for triple in itertools.product(
    ["params.p", "param.`odd key/1`", "tags.t", "tag.\"t\"", "run_name", "attributes.status", "user_id"],
    ["=", "!=", "LIKE", "ilike"], ["'x'", "'X%'", "'%_%'", "\"RUNNING\"", "''"])]
OTHERS = [
    "tags.t IS NULL", "params.p is not null", "start_time > 1003", "end_time != 5",
    "Created <= 1004", "`Run name` = 'run-1'", "datasets.name = 'd1'", "dataset.context != 'train'",
    "datasets.digest IN ('1','2')", "datasets.name LIKE 'd%'", "run_id IN ('nobody')",
    "run_id NOT IN ('nobody')", "metrics.nan != 0", "metrics.nan = 0", "metrics.absent > 0",
    "start_time > 1003.5", "metrics.a > 0 metrics.a < 1", "AND metrics.a > 0 AND"]
MALFORMED = [
    "metrics.a", "metrics.a >", "metrics.a > 'x'", "params.p = 1", "params.p > 'x'", "foo = 'x'",
    "foo.x = 'y'", "params.p = x", "params.p = 'x", "run_id IN ()", "run_id IN (1)", "status IN ('a')",
    "metrics.a IS NULL", "metrics.a == 1", "metrics.a <> 1", "metrics.a = +1", "params.a-b = 'x'",
    "params.a/b = 'x'", "'x' = params.p", "metrics.a > 1;", "metrics.a > 1; metrics.a > 2", "   ",
    "dataset.size = 'x'", "metrics.a between 1 and 2", "params.p RLIKE 'x'", "params.p not like 'x'",
    "lifecycle_stage = 'active'", "params.p = 'x' -- y", "params.p = `x`", "params.p = NULL", "(", "''"]
ORDERS = [
    "metrics.a", "metrics.a DESC", "metrics.nan asc", "metrics.absent DESC", "params.p", "tags.t desc",
    "start_time", "attributes.start_time DESC", "end_time", "end_time DESC", "run_name", "status DESC",
    "`metrics`.a", "created DESC", "run_id", "artifact_uri DESC", "user_id"]
BAD_ORDERS = ["foo", "metrics.a up", "", "start_time, run_id", "metrics.a DESC DESC", "lifecycle_stage", "1"]


def call(server, path, body):
    """The status and answer of a POST."""
    return answered(server, "/api/2.0/mlflow/" + path, body)


def answered(server, path, body):
    request = urllib.request.Request(
        server + path,
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def must(server, path, body):
    status, answer = call(server, path, body)
    assert status == 200, (path, body, answer)
    return answer


def fill(server):
    """Runs whose names tell them apart in both servers."""
    random.seed(1)
    experiment = must(server, "experiments/create", {"name": "searched"})["experiment_id"]
    for i in range(24):
        start = {"experiment_id": experiment, "run_name": "run-%d" % i, "start_time": 1000 + i,
                 "user_id": random.choice(["x", "X1"])}
        run = must(server, "runs/create", start)["run"]["info"]["run_id"]
        metrics, params, tags = [], [], []
        if i % 5:
            metrics.append(("a", random.choice([-1.0, 0.0, 0.25, 0.5, 1000.0])))
        if i % 3 == 0:
            metrics.append(("nan", random.choice(["NaN", 0.0, 1.0])))
        if i % 4:
            params += [("p", random.choice(["x", "X", "Xy", "a_b"])), ("odd key/1", random.choice("xX"))]
        if i % 2:
            tags.append(("t", random.choice(["x", "X2", "", "_"])))
        must(server, "runs/log-batch", {
            "run_id": run,
            "metrics": [{"key": k, "value": v, "timestamp": 1, "step": 0} for k, v in metrics],
            "params": [{"key": k, "value": v} for k, v in params],
            "tags": [{"key": k, "value": v} for k, v in tags]})
        if i % 6 == 0:
            must(server, "runs/log-inputs", {"run_id": run, "datasets": [{
                "tags": [{"key": "mlflow.data.context", "value": random.choice(["train", "test"])}],
                "dataset": {"name": "d%d" % (i % 4), "digest": str(i % 3), "source_type": "local",
                            "source": "{}"}}]})
        if i % 4 == 1:
            must(server, "runs/update", {"run_id": run, "status": "FINISHED", "end_time": 2000 - i})
        if i % 11 == 10:
            must(server, "runs/delete", {"run_id": run})
    for i, name in enumerate(["apple", "Apricot", "banana"]):
        must(server, "experiments/create", {"name": name, "tags": [{"key": "k", "value": str(i)}]})
    return experiment


def found(server, experiment, body):
    status, answer = call(server, "runs/search", {"experiment_ids": [experiment], **body})
    if status != 200:
        return status
    return [run["info"]["run_name"] for run in answer.get("runs", [])]


def pages(server, experiment, body):
    names, token = [], ""
    while True:
        answer = must(server, "runs/search",
                      {"experiment_ids": [experiment], "max_results": 4, "page_token": token, **body})
        names += [run["info"]["run_name"] for run in answer.get("runs", [])]
        token = answer.get("next_page_token", "")
        if not token:
            return names


def experiments(server, body):
    status, answer = call(server, "experiments/search", body)
    if status != 200:
        return status
    return [e["name"] for e in answer.get("experiments", [])]


class SearchTest(unittest.TestCase):
    """One pair of servers for all questions: the real one takes half a minute to start."""

    every = 1

    @classmethod
    def setUpClass(cls):
        cls.begin("sqlite:///mlflow.db", "sqlite:///mlflow.db")

    @classmethod
    def begin(cls, ours, real):
        cls.ours = cls.enterClassContext(mlops_server(cls.enterClassContext(tempfile.TemporaryDirectory()), uri=ours))
        cls.real = cls.enterClassContext(mlflow_server(cls.enterClassContext(tempfile.TemporaryDirectory()), uri=real))
        cls.experiments = {server: fill(server) for server in (cls.ours, cls.real)}

    def some(self, questions):
        """Of those that differ little, as many as there is time for."""
        return random.Random(len(questions)).sample(questions, len(questions) // self.every)

    def assert_same(self, ask, body):
        with self.subTest(body=body):
            self.assertEqual(ask(self.real, body), ask(self.ours, body))

    def ask(self, server, body):
        return found(server, self.experiments[server], body)

    def test_filters(self):
        for filter in self.some(METRICS) + self.some(TEXTS) + OTHERS + self.some(MALFORMED):
            self.assert_same(self.ask, {"filter": filter})

    def test_filters_together(self):
        random.seed(2)
        for _ in range(150 // self.every):
            some = random.sample(METRICS + TEXTS + OTHERS[:-2], random.randint(2, 4))
            order = [random.choice(ORDERS[:10])]
            self.assert_same(self.ask, {"filter": " and ".join(some), "order_by": order})

    def test_orders(self):
        # ids and the folders named by them differ between the servers
        for order in [o for o in ORDERS if "run_id" not in o and "artifact" not in o] + BAD_ORDERS:
            for view in ("ACTIVE_ONLY", "DELETED_ONLY", "ALL"):
                self.assert_same(self.ask, {"order_by": [order, "start_time"] if "start" not in order
                                            and "reated" not in order else [order],
                                            "run_view_type": view})

    def test_pages(self):
        for order in self.some(ORDERS[:10]):
            whole = lambda server, body: pages(server, self.experiments[server], body)
            self.assert_same(whole, {"order_by": [order], "run_view_type": "ALL"})

    def test_tokens_and_sizes(self):
        for body in ({"page_token": "eyJvZmZzZXQiOiAzfQ=="}, {"page_token": "bm90IGpzb24="},
                     {"max_results": 0}, {"max_results": 50001}, {"max_results": 2}):
            self.assert_same(self.ask, body)

    def test_experiments(self):
        for filter in ("", "name = 'apple'", "name LIKE 'a%'", "name ILIKE 'a%'", "tags.k = '1'",
                       "tag.k != '1'", "tags.k IS NULL", "attribute.name != 'apple'", "name > 'a'",
                       "experiment_id = 'x'", "experiment_id IN ('1', '2')", "creation_time > 5",
                       "creation_time > 5.5", "foo = 'x'", "metrics.a > 1", "name IN ('apple')"):
            for order in ([], ["name"], ["name DESC"], ["experiment_id"], ["last_update_time DESC"],
                          ["foo"]):
                self.assert_same(experiments, {"filter": filter, "order_by": order, "max_results": 100})


@thorough
@unittest.skipUnless(places.has_postgresql(), "no PostgreSQL on this machine")
class PostgresSearchTest(SearchTest):
    """Some of it on PostgreSQL, with the registry and the traces of both."""

    every = 4

    @classmethod
    def setUpClass(cls):
        server = cls.enterClassContext(places.postgres_server())
        cls.begin(server.create("ours"), server.create("theirs"))

    def test_registry(self):
        registry.assert_alike(self, registry.story(registry.Server(self.real)), registry.story(registry.Server(self.ours)))

    def test_traces(self):
        self.assertEqual(*(traced(server, self.experiments[server]) for server in (self.real, self.ours)))


TRACE_FILTERS = [
    "", "status = 'OK'", "name LIKE 'n%'", "name ILIKE 'N1%'", "name RLIKE '^n[0-2]$'", "tags.odd IS NULL", "tags.odd RLIKE 'y|z'",
    "tags.odd != 'y'", "timestamp_ms > 1767225602000", "execution_time_ms <= 3", "metadata.k = '3'", "metadata.k IN ('3')",
    "metadata.`mlflow.trace.session` RLIKE '[02]$'", "metadata.`mlflow.trace.tokenUsage` IS NOT NULL", "end_time_ms >= 1767225603003",
    "metadata.`mlflow.trace.cost` = '{\"total_cost\": 0.00025}'", "request_id IN ('tr-1', 'tr-4')", "client_request_id LIKE 'c%'",
    "status NOT IN ('OK')", "name RLIKE '('",
]  # fmt: skip
KINDS = [[kind] for kind in ("COUNT", "SUM", "AVG", "MIN", "MAX")] + [["PERCENTILE", percent] for percent in (0, 30, 50, 99.9)]


def traced(server, experiment):
    """What is found, counted and measured of the same traces."""
    post = lambda call, body: answered(server, "/api/3.0/mlflow/traces" + call, body)  # noqa: E731
    place = {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment}}
    for i in range(8):
        info = {
            "trace_id": "tr-%d" % i, "client_request_id": "c%d" % i, "trace_location": place,
            "request_time": "2026-01-01T00:00:%02d.00%dZ" % (i, i), "execution_duration": "0.00%ds" % (i + 1), "state": "ERROR" if i % 3 == 2 else "OK",
            "trace_metadata": {"mlflow.trace.session": "s-%d" % (i % 3), "k": str(i)}
            | ({"mlflow.trace.tokenUsage": json.dumps({"input_tokens": i, "total_tokens": 2 * i})} if i % 2 else {})
            | ({"mlflow.trace.cost": json.dumps({"total_cost": 0.00025 * (i - 3)})} if i > 3 else {}),
            "tags": {"mlflow.traceName": "n%d" % (i % 4)} | ({"odd": "xyz"[i % 3]} if i % 2 else {}),
        }  # fmt: skip
        assert post("", {"trace": {"trace_info": info}})[0] == 200
    found = []
    for text in TRACE_FILTERS:
        for order in ([], ["execution_time_ms DESC"], ["name", "timestamp_ms ASC"], ["metadata.k DESC"]):
            status, answer = post("/search", {"locations": [place], "filter": text, "order_by": order})
            found.append((text, order, status == 200 and [trace["trace_id"] for trace in answer.get("traces", [])]))
    for one, other in itertools.combinations(TRACE_FILTERS[1:9], 2):
        body = {"experiment_ids": [experiment], "filter_string1": one, "filter_string2": other}
        _, answer = post("/calculate-filter-correlation", body)
        found.append((one, other, [value if isinstance(value, str) else round(value, 9) for _, value in sorted(answer.items())]))
    for metric, kind in itertools.product(("trace_count", "session_count", "latency", "input_tokens", "total_tokens"), KINDS):
        for more in ({}, {"dimensions": ["trace_name"]}, {"time_interval_seconds": 3, "start_time_ms": 1767225600000, "end_time_ms": 1767225606000}):
            aggregation = {"aggregation_type": kind[0]} | ({"percentile_value": kind[1]} if kind[1:] else {})
            body = {"experiment_ids": [experiment], "view_type": "TRACES", "metric_name": metric, "aggregations": [aggregation], **more}
            status, answer = post("/metrics", body)
            points = [(sorted(p.get("dimensions", {}).items()), {k: round(v, 9) for k, v in p["values"].items()}) for p in answer.get("data_points", [])] if status == 200 else []
            found.append((metric, kind, sorted(more), status, points))
    return found


if __name__ == "__main__":
    unittest.main()
