"""Programs traced with the real mlflow: our server keeps, finds and judges their traces as mlflow's own does, and each opens
what the other kept."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import mlflow
from mlflow import MlflowClient
from mlflow.entities import AssessmentSource, Feedback, SpanType

from servers import free_port, mlflow_server, mlops_server

FILTERS = [
    "trace.status = 'ERROR'",
    "tags.env = 'dev'",
    "tags.env IS NULL",
    "metadata.`mlflow.trace.session` = 's-1'",
    "trace.name LIKE 'out%'",
    "trace.timestamp_ms > 0 AND trace.execution_time_ms >= 0",
    "span.name = 'inner' AND span.type = 'TOOL'",
    "span.name = 'inner' AND span.type = 'LLM'",
    "span.attributes.k LIKE '%1%'",
    "trace.text LIKE '%hello%'",
    "trace.client_request_id = 'req-1'",
    "feedback.correct = 'true'",
    "feedback.score > 0.5",
    "feedback.score < 0.5",
    "expectation.answer IS NOT NULL",
    "trace.name RLIKE '^o.t'",
    "trace.status RLIKE 'OK|ERROR'",
    "tags.env RLIKE '^[a-d]ev$'",
    "metadata.`mlflow.trace.session` RLIKE 's-[0-9]'",
    "trace.client_request_id RLIKE '^[0-9]+$'",
    "span.name RLIKE 'in+er'",
    "span.name RLIKE 'INNER'",
    "span.attributes.model RLIKE '^g.t'",
    "span.attributes.model RLIKE 'p.$'",
    "span.attributes.model RLIKE '^t'",
    "feedback.correct RLIKE 'tr?ue'",
    "metadata.`mlflow.trace.tokenUsage` IS NOT NULL",
    "metadata.`mlflow.trace.tokenUsage` = '{\"input_tokens\": 3, \"output_tokens\": 4, \"total_tokens\": 7}'",
    "metadata.`mlflow.trace.tokenUsage` = '{\"output_tokens\": 4, \"input_tokens\": 3, \"total_tokens\": 7}'",
    "metadata.`mlflow.trace.tokenUsage` != '{\"input_tokens\": 3}'",
    "metadata.`mlflow.trace.cost` IS NULL",
]
BAD_FILTERS = [
    "trace.nothing = 'x'", "tags.env IN ('a')", "span.size = 'x'", "foo.x = 'y'", "status =", "trace.text RLIKE 'x'",
    "trace.prompt RLIKE 'x'", "timestamp_ms RLIKE '1'", "metadata.`mlflow.trace.tokenUsage` LIKE '%3%'",
]  # fmt: skip
PAIRS = [
    ("trace.status = 'OK'", "span.name = 'inner'", ""),
    ("trace.status = 'ERROR'", "span.name = 'inner'", ""),
    ("span.type = 'TOOL'", "span.status = 'OK'", "span.name = 'inner'"),
    ("trace.status = 'OK'", "tags.env = 'nothing'", ""),
    ("feedback.score > 0.5", "trace.name LIKE 'out%'", "timestamp_ms > 0"),
]
SPREAD = [{"aggregation_type": kind} for kind in ("AVG", "MIN", "MAX")] + [
    {"aggregation_type": "PERCENTILE", "percentile_value": percent} for percent in (0, 12.5, 50, 99.9, 100)
]
COUNT, SUM = [{"aggregation_type": "COUNT"}], [{"aggregation_type": "SUM"}]
QUESTIONS = [
    ("TRACES", "trace_count", COUNT, ["trace_status"], []),
    ("TRACES", "trace_count", COUNT, ["trace_name", "trace_status"], []),
    ("TRACES", "trace_count", COUNT, [], ["trace.status = 'OK'", "trace.tag.env = 'dev'"]),
    ("TRACES", "trace_count", COUNT, [], ["trace.metadata.`mlflow.trace.session` = 's-1'"]),
    ("TRACES", "trace_count", COUNT, [], ["trace.tag.`mlflow.traceName` = 'nothing'"]),
    ("TRACES", "session_count", COUNT, [], []),
    ("TRACES", "latency", SPREAD, ["trace_name"], []),
    ("TRACES", "input_tokens", SUM + SPREAD, [], []),
    ("TRACES", "total_tokens", SUM, ["trace_name"], ["trace.status = 'ERROR'"]),
    ("SPANS", "span_count", COUNT, ["span_name", "span_type", "span_status"], []),
    ("SPANS", "span_count", COUNT, [], ["span.name = 'inner'", "span.status = 'OK'", "span.type = 'TOOL'"]),
    ("SPANS", "latency", SPREAD, ["span_name"], []),
    ("SPANS", "total_cost", SUM, ["span_model_name"], []),
    ("ASSESSMENTS", "assessment_count", COUNT, ["assessment_name", "assessment_value"], []),
    ("ASSESSMENTS", "assessment_value", SPREAD, ["assessment_name"], ["assessment.type = 'feedback'"]),
    ("ASSESSMENTS", "assessment_value", SPREAD, [], ["assessment.name = 'score'", "trace.status = 'OK'"]),
    ("TRACES", "latency", SUM, [], []),
    ("TRACES", "nothing", COUNT, [], []),
    ("TRACES", "trace_count", COUNT, ["span_name"], []),
    ("TRACES", "trace_count", COUNT, [], ["span.name = 'inner'"]),
    ("SPANS", "span_count", COUNT, [], ["assessment.name = 'inner'"]),
    ("SPANS", "span_count", COUNT, [], ["span.name != 'inner'"]),
    ("SPANS", "span_count", COUNT, [], ["span.name = 'inner' AND span.type = 'TOOL'"]),
]


@mlflow.trace(span_type=SpanType.TOOL, attributes={"k": 1, "model": "gpt", "deep": {"a": [1, 2.5, None, "ü"]}})
def inner(x):
    return {"y": x * 2}


USAGE = '{"input_tokens": 3, "output_tokens": 4, "total_tokens": 7}'


@mlflow.trace
def broken(x):
    raise ValueError("boom %s" % x)


@mlflow.trace
def outer(x, q="hello"):
    mlflow.update_current_trace(
        tags={"env": "dev"},
        metadata={"mlflow.trace.session": "s-1", "mlflow.trace.tokenUsage": USAGE},
        client_request_id="req-%s" % x,
    )
    try:
        broken(x)
    except ValueError:
        pass
    return inner(x)


def trace_some():
    """One good trace and one bad one, judged; gives the id of the good one."""
    mlflow.set_experiment("traced")
    outer(1)
    good = mlflow.get_last_active_trace_id()
    try:
        broken(7)
    except ValueError:
        pass
    mlflow.flush_trace_async_logging()
    mlflow.log_feedback(
        trace_id=good, name="correct", value=True, source=AssessmentSource("HUMAN", "ada"), metadata={"m": "1"}
    )
    mlflow.log_feedback(trace_id=good, name="score", value=0.75)
    mlflow.log_expectation(trace_id=good, name="answer", value={"x": [1]})
    return good


def seen():
    """What a client sees of the traces, without ids and times."""
    experiment = mlflow.get_experiment_by_name("traced").experiment_id
    client = MlflowClient()
    found = {text: len(client.search_traces(locations=[experiment], filter_string=text)) for text in FILTERS}
    for text in BAD_FILTERS:
        try:
            client.search_traces(locations=[experiment], filter_string=text)
            found[text] = "taken"
        except mlflow.exceptions.MlflowException as e:
            found[text] = e.error_code
    traces = client.search_traces(locations=[experiment], order_by=["timestamp_ms ASC"])
    return found, [described(trace) for trace in traces]


def numbers(address):
    """What is counted and measured, of the same traces the same."""
    experiment = mlflow.get_experiment_by_name("traced").experiment_id
    found = []
    for first, second, base in PAIRS:
        body = {"experiment_ids": [experiment], "filter_string1": first, "filter_string2": second}
        found.append(post(address, "calculate-filter-correlation", body | ({"base_filter": base} if base else {})))
    hour = 3_600_000
    now = int(time.time() * 1000) // hour * hour
    for view, metric, aggregations, dimensions, filters in QUESTIONS:
        body = {"experiment_ids": [experiment], "view_type": view, "metric_name": metric, "aggregations": aggregations,
                "dimensions": dimensions, "filters": filters}  # fmt: skip
        found.append([view, metric, post(address, "metrics", body)])
        between = {"start_time_ms": now - hour, "end_time_ms": now + hour}
        found.append([view, metric, post(address, "metrics", body | between | {"time_interval_seconds": 86400})])
    found.append(post(address, "metrics", body | {"time_interval_seconds": 60}))
    traces = MlflowClient().search_traces(locations=[experiment], order_by=["timestamp_ms ASC"])
    files = [address + "/ajax-api/3.0/mlflow/get-trace-artifact?request_id=" + trace.info.trace_id for trace in traces]
    return rounded(found), [json.load(urllib.request.urlopen(file)) for file in files]


def post(address, call, body):
    """The answer, or the status of a refusal."""
    url = address + "/api/3.0/mlflow/traces/" + call
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as e:
        return e.code


def rounded(found):
    if isinstance(found, dict):
        return {key: rounded(value) for key, value in found.items()}
    if isinstance(found, list):
        return [rounded(each) for each in found]
    return round(found, 9) if isinstance(found, float) else found


def described(trace):
    unlike = ("sizeStats", "sizeBytes", "source.", "infoFinalized")
    return {
        "state": str(trace.info.state),
        "request": trace.info.request_preview,
        "response": trace.info.response_preview,
        "client": trace.info.client_request_id,
        "tags": {k: v for k, v in trace.info.tags.items() if "Location" not in k},
        "locations": sorted(k for k in trace.info.tags if "Location" in k),
        "metadata": {k: v for k, v in trace.info.trace_metadata.items() if not any(u in k for u in unlike)},
        "spans": [
            [s.name, s.span_type, str(s.status.status_code), s.inputs, s.outputs, s.parent_id is None]
            + [{k: v for k, v in s.attributes.items() if k != "mlflow.traceRequestId"}]
            + [[(e.name, e.attributes.get("exception.message")) for e in s.events]]
            for s in trace.data.spans
        ],
        "assessments": sorted(
            [a.name, str(a.value), a.source.source_type, a.source.source_id, str(a.metadata), a.valid]
            for a in trace.info.assessments
        ),
    }


class TracesTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.addCleanup(mlflow.set_tracking_uri, None)

    def test_both_servers_show_the_same_and_open_what_the_other_kept(self):
        with mlops_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            trace_some()
            ours, measured = seen(), numbers(address)
        with mlflow_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            self.assertEqual(ours, seen())
            self.assertEqual(numbers(address), measured)
            shutil.move(os.path.join(self.folder, "mlflow.db"), os.path.join(self.folder, "before.db"))
        with mlflow_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            trace_some()
            theirs = seen()
        self.assertEqual(theirs, ours)
        with mlops_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            self.assertEqual(theirs, seen())

    def test_traces_are_tagged_judged_linked_and_deleted(self):
        with mlops_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            trace = trace_some()
            client = MlflowClient()
            client.set_trace_tag(trace, "a", "1")
            self.assertEqual("1", mlflow.get_trace(trace).info.tags["a"])
            client.delete_trace_tag(trace, "a")
            self.assertNotIn("a", mlflow.get_trace(trace).info.tags)
            first = mlflow.log_feedback(trace_id=trace, name="tone", value="kind")
            mlflow.update_assessment(trace, first.assessment_id, Feedback(name="tone", value="harsh"))
            over = mlflow.override_feedback(trace_id=trace, assessment_id=first.assessment_id, value="fair")
            self.assertFalse(mlflow.get_assessment(trace, first.assessment_id).valid)
            mlflow.delete_assessment(trace_id=trace, assessment_id=over.assessment_id)
            self.assertEqual("harsh", mlflow.get_assessment(trace, first.assessment_id).value)
            with mlflow.start_run() as run:
                outer(3)
            client.link_traces_to_run([trace], run.info.run_id)
            mlflow.flush_trace_async_logging()
            self.assertEqual(2, len(mlflow.search_traces(run_id=run.info.run_id, return_type="list")))
            experiment = mlflow.get_experiment_by_name("traced").experiment_id
            self.assertEqual(1, client.delete_traces(experiment, trace_ids=[trace]))
            now = int(time.time() * 1000) + 1000
            self.assertEqual(1, client.delete_traces(experiment, max_timestamp_millis=now, max_traces=1))
            self.assertEqual(1, len(client.search_traces(locations=[experiment])))

    def test_traced_program_ends_well_while_the_server_does_not_answer(self):
        program = "import mlflow\nf = mlflow.trace(lambda x: x + 1)\nprint(sum(f(i) for i in range(3)))\n"
        environment = dict(
            os.environ,
            MLFLOW_TRACKING_URI="http://127.0.0.1:%d" % free_port(),
            MLFLOW_HTTP_REQUEST_MAX_RETRIES="0",
            MLFLOW_ASYNC_TRACE_LOGGING_RETRY_TIMEOUT="1",
        )
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=120
        )
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("6", done.stdout)


if __name__ == "__main__":
    unittest.main()
