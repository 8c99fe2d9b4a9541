"""What the calls of a case are about: made anew now and then, as cases delete it."""

import json

from wire import exchange

API = "/api/2.0/mlflow/"


class Fixtures:
    """Ids by the names that fields have, and page tokens that the server gave.

    :param login: headers of who makes them
    :param mark: a word in all that may only be read with a permission
    """

    def __init__(self, port, name, login=(), mark=""):
        self.port = port
        self.login = list(login)
        self.mark = mark
        self.values = {}
        self.tokens = []
        self.make(name)

    def make(self, name):
        experiment = self.ask("POST", "experiments/create", {"name": name})["experiment_id"]
        other = self.ask("POST", "experiments/create", {"name": name + "-other"})["experiment_id"]
        runs = [self.run(experiment, number) for number in range(3)]
        self.ask("POST", "experiments/set-experiment-tag", {"experiment_id": experiment, "key": "t", "value": self.mark + "v"})
        logged = {"experiment_id": experiment, "name": self.mark + "lm", "params": [{"key": "p", "value": self.mark + "v"}]}
        model = self.ask("POST", "logged-models", logged)["model"]["info"]["model_id"]
        self.registered(name, runs[-1])
        trace = self.trace(experiment)
        self.collect(experiment)
        for path in ("a.txt", "sub/b.txt"):
            # Only admins write outside of experiments, where there are users.
            for root in ["%s/%s/artifacts" % (experiment, runs[0])] + ([name] if self.mark or not self.login else []):
                self.ask("PUT", "artifacts/%s/%s" % (root, path), {"said": self.mark}, "/api/2.0/mlflow-artifacts/")
        of_run = "%s/%s/artifacts" % (experiment, runs[0])
        self.values = {
            "experiment_id": [experiment, other, "0"],
            "experiment_ids": [experiment, other, "0"],
            "run_id": runs,
            "run_uuid": runs,
            "run_ids": runs,
            "source_run_id": runs,
            "model_id": [model],
            "model_ids": [model],
            "name": [name, name + "-m"],
            "model_name": [name + "-m"],
            "version": ["1", "2"],
            "trace_id": [trace],
            "request_id": [trace],
            "trace_ids": [trace],
            "request_ids": [trace],
            "experiment_name": [name],
            "new_name": [name + "-new"],
            "metric_key": ["m"],
            "key": ["m", "p", "t", "mlflow.note.content"],
            "tag_key": ["t"],
            "alias": ["champion", "a"],
            "stage": ["None", "Staging", "Production", "Archived"],
            "stages": ["None", "Production"],
            "path": ["", "sub", "a.txt", "sub/b.txt"],
            "artifact_path": [of_run, of_run + "/a.txt", experiment, name, name + "/a.txt", name + "/sub", name + "/sub/b.txt", "a.txt"],
            "source": [self.artifacts, "mlflow-artifacts:/x", "runs:/%s/x" % runs[0], "models:/" + model],
            "events": [{"entity": "REGISTERED_MODEL", "action": "CREATED"}],
            "url": ["https://127.0.0.1:9/hook"],
            "value": ["1", "v"],
            "traceId": ["0af7651916cd43dd8448eb211c80319c"],
            "spanId": ["b7ad6b7169203331"],
            "username": ["root", "bob", "eve"],
            "resource_type": ["experiment", "registered_model", "run", "workspace"],
            "resource_id": [experiment, name + "-m", "*"],
            "resource_pattern": [experiment, name + "-m", "*"],
            "permission": ["READ", "MANAGE"],
            "role_id": ["1", "2"],
            "workspace": ["default"],
        }

    def joined(self, others):
        """Those of others too, asked for as this one."""
        for name, known in others.values.items():
            self.values[name] = known + self.values[name]
        self.tokens += others.tokens
        return self

    def run(self, experiment, number):
        run = self.ask("POST", "runs/create", {"experiment_id": experiment, "run_name": self.mark + "r%d" % number})["run"]["info"]
        run, self.artifacts = run["run_id"], run["artifact_uri"]
        points = [{"key": "m", "value": n / 3, "timestamp": n, "step": n} for n in range(20)]
        words = [{"key": "p", "value": self.mark + "1"}], [{"key": "t", "value": self.mark + "v"}]
        self.ask("POST", "runs/log-batch", {"run_id": run, "metrics": points, "params": words[0], "tags": words[1]})
        return run

    def registered(self, name, run):
        self.ask("POST", "registered-models/create", {"name": name + "-m", "description": self.mark, "tags": [{"key": "t", "value": "v"}]})
        for _ in range(2):
            version = {"name": name + "-m", "source": self.artifacts + "/m", "run_id": run, "description": self.mark}
            self.ask("POST", "model-versions/create", version)
        self.ask("POST", "registered-models/alias", {"name": name + "-m", "alias": "champion", "version": "1"})

    def trace(self, experiment):
        trace = "tr-0af7651916cd43dd8448eb211c80319" + ("d" if self.mark else "c")
        location = {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment}}
        info = {"trace_id": trace, "trace_location": location, "request_time": "2026-01-01T00:00:00Z", "state": "OK",
                "request_preview": self.mark, "tags": {"t": self.mark}, "trace_metadata": {"k": self.mark}}  # fmt: skip
        self.ask("POST", "traces", {"trace": {"trace_info": info}}, "/api/3.0/mlflow/", least=409)
        return trace

    def collect(self, experiment):
        ids = {"experiment_ids": [experiment], "max_results": 1}
        for call, body in (("runs/search", ids | {"order_by": ["metrics.m DESC"]}), ("runs/search", ids), ("logged-models/search", ids),
                           ("experiments/search", {"max_results": 1})):  # fmt: skip
            self.remember(self.ask("POST", call, body))
        for path in ("registered-models/search?max_results=1", "model-versions/search?max_results=1"):
            self.remember(self.ask("GET", path, None))

    def remember(self, answer):
        self.tokens += filter(None, [answer.get("next_page_token")])

    def ask(self, method, call, body, api=API, least=300):
        content = b"" if body is None else json.dumps(body).encode()
        head = "%s %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
        login = "".join("%s: %s\r\n" % pair for pair in self.login)
        answer = exchange(self.port, (head % (method, api, call, login, len(content))).encode() + content, method)
        if answer.status >= least and answer.status != 409:
            raise RuntimeError("%s: %d %r" % (call, answer.status, answer.body[:300]))
        return json.loads(answer.body or b"{}")
