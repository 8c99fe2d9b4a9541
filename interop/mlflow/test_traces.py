"""Programs traced with the real mlflow: our server keeps, finds and judges their traces as mlflow's own does, and each opens
what the other kept."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

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
]
BAD_FILTERS = ["trace.nothing = 'x'", "tags.env IN ('a')", "span.size = 'x'", "foo.x = 'y'", "status ="]


@mlflow.trace(span_type=SpanType.TOOL, attributes={"k": 1, "deep": {"a": [1, 2.5, None, "ü"]}})
def inner(x):
    return {"y": x * 2}


@mlflow.trace
def broken(x):
    raise ValueError("boom %s" % x)


@mlflow.trace
def outer(x, q="hello"):
    mlflow.update_current_trace(
        tags={"env": "dev"},
        metadata={"mlflow.trace.session": "s-1"},
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
            ours = seen()
        with mlflow_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            self.assertEqual(ours, seen())
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
