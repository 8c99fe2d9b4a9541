"""Starts our servers and a Prometheus that scrapes them, and asks it every expression of rules and dashboards.

Arguments: the root of the repository; a folder with `iris`, a reproduced project, and `textfiles/metrics`.
An expression must return data. An alert's expression returns data only while something is wrong: of those, every series
that they look at must be there. PANELS names a folder for pages with the dashboards, drawn from the answers.
"""

import base64
import contextlib
import functools
import http.server
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import panels
from ports import free_port

ROOT, WORK = (pathlib.Path(arg) for arg in sys.argv[1:3])
KEY = "k" * 32
PASSWORD = "a-long-and-unknown-password"
SETTINGS = {
    "API_KEY": KEY,
    "MLOPS_LIMIT_PREDICT": "off",
    "MLOPS_LIMIT_FAILED_KEYS": "10000/minute",
    "MLOPS_LIMITS_REDIS": "redis://127.0.0.1:1",  # nobody listens there, which is told, too
}
PATIENCE = 90  # seconds
MINUTE = 60
ROW = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}
ROWS = [ROW, {**ROW, "petal_length": 4.7, "petal_width": 1.4}, {**ROW, "petal_length": 6.0, "petal_width": 2.5}]

# Looked at by alerts, and there only when something is wrong or in larger machines.
EMPTY_BY_NATURE = {
    'jvm_memory_pool_collection_used_bytes{pool=~".*(Old|Tenured).*"}': "until the first collection of that pool",
    'jvm_memory_pool_collection_max_bytes{pool=~".*(Old|Tenured).*"}': "until the first collection of that pool",
}


def get(url, data=None, headers=()):
    """The status and the text of an answer, whatever it is."""
    request = urllib.request.Request(url, data=data, headers=dict(headers))
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def post(url, body, headers=()):
    return get(url, json.dumps(body).encode(), [("Content-Type", "application/json"), *headers])


@contextlib.contextmanager
def process(name, command, folder, url, env=None):
    """A program that runs until the block ends; begins when `url` answers."""
    with open(WORK / f"{name}.log", "wb") as log:
        child = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        wait(lambda: answers(url, child), f"{name} to answer at {url}")
        yield child
    except BaseException:
        print((WORK / f"{name}.log").read_text(errors="replace")[-4000:])
        raise
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(30)


def answers(url, child):
    if child.poll() is not None:
        raise SystemExit(f"it ended with {child.returncode} before it answered at {url}")
    try:
        return get(url)[0] == 200
    except OSError:
        return False


def wait(condition, what):
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        if time.monotonic() > end:
            raise SystemExit(f"waited {PATIENCE} seconds for {what}")
        time.sleep(0.25)
    return found


def server(port, name, *args, folder, **env):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW_", "MLOPS_", "API_KEY", "MODEL_DIR"))}
    command = [str(ROOT / "mlops"), *args, "--port", str(port)]
    live = "/health/live" if args[0] == "serve" else "/health"
    return process(name, command, folder, f"http://127.0.0.1:{port}{live}", {**clean, **env})


@contextlib.contextmanager
def textfiles():
    """What node_exporter's textfile collector would expose."""
    handler = functools.partial(QuietFiles, directory=str(WORK / "textfiles"))
    files = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=files.serve_forever, daemon=True).start()
    try:
        yield files.server_address[1]
    finally:
        files.shutdown()


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    def guess_type(self, path):
        return "text/plain; version=0.0.4"

    def log_message(self, format, *args):
        pass


def configuration(targets, token):
    """deploy/prometheus/prometheus.yml, with the places of this machine."""
    text = (ROOT / "deploy/prometheus/prometheus.yml").read_text()
    places = {
        "rules/*.yaml": f"{ROOT}/deploy/prometheus/rules/*.yaml",
        "/run/secrets/tracking-token": str(token),
        "interval: 15s": "interval: 1s",
    }
    for name, ports in targets.items():
        places[json.dumps([name])] = json.dumps([f"127.0.0.1:{port}" for port in ports])
    for there, here in places.items():
        assert there in text, f"prometheus.yml does not have {there}"
        text = text.replace(there, here)
    return text


def traffic(serve, without_model, tracking):
    """Requests of every kind that a series exists for."""
    login = [("Authorization", "Basic " + base64.b64encode(f"admin:{PASSWORD}".encode()).decode())]
    key = [("X-API-Key", KEY)]
    for row in ROWS:
        assert post(f"{serve}/predict", row, key)[0] == 200
    assert post(f"{serve}/predict", ROW)[0] == 401
    assert post(f"{serve}/predict", ROW, [("X-API-Key", "wrong")])[0] == 403
    assert post(f"{without_model}/predict", ROW)[0] == 503
    for call in ("experiments/search", "registered-models/search"):
        assert get(f"{tracking}/api/2.0/mlflow/{call}?max_results=10", headers=login)[0] == 200
    run = json.loads(post(f"{tracking}/api/2.0/mlflow/runs/create", {"experiment_id": "0"}, login)[1])
    run_id = run["run"]["info"]["run_id"]
    metric = {"run_id": run_id, "key": "loss", "value": 0.5, "timestamp": int(time.time() * 1000)}
    assert post(f"{tracking}/api/2.0/mlflow/runs/log-metric", metric, login)[0] == 200


class Prometheus:
    def __init__(self, address):
        self.address = address

    def ask(self, path, **parameters):
        status, text = get(f"{self.address}/api/v1/{path}?{urllib.parse.urlencode(parameters)}")
        if status != 200:
            raise SystemExit(f"Prometheus refused {parameters}: {text}")
        return json.loads(text)["data"]

    def data(self, expression):
        return self.ask("query", query=expression)["result"]

    def rules(self):
        return [rule for group in self.ask("rules")["groups"] for rule in group["rules"]]


def boards():
    """The dashboards by their files."""
    for file in sorted((ROOT / "deploy/grafana/dashboards").glob("*.json")):
        yield file, json.loads(file.read_text())


def dashboards():
    """Every expression of every dashboard, as Grafana would send it with all variables at "All"."""
    for file, dashboard in boards():
        for variable in dashboard["templating"]["list"]:
            labels = re.fullmatch(r"label_values\((.*), *(\w+)\)", variable["query"]["query"])
            yield f"{file.name}, variable {variable['name']}", filled(f"count by ({labels[2]}) ({labels[1]})")
        for panel in dashboard["panels"]:
            for target in panel.get("targets", []):
                yield f"{file.name}, panel '{panel['title']}'", filled(target["expr"])


def filled(expression):
    """An expression of a dashboard with all variables at "All"."""
    expression = expression.replace("$__rate_interval", "1m")
    expression = re.sub(r"\$(instance|namespace|pipeline)\b", ".*", expression)
    assert "$" not in expression, expression
    return expression


def draw(prometheus, more_traffic, folder):
    """The dashboards as pages to look at, after a minute of requests."""
    folder.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + MINUTE
    while time.monotonic() < end:
        more_traffic()
        time.sleep(0.2)
    for file, dashboard in boards():
        page = folder / f"{file.stem}.html"
        page.write_text(panels.page(dashboard, prometheus, filled, MINUTE))
        print(f"drawn: {page}")


def check_legends(prometheus):
    """Every label that a legend names is one that the series have."""
    for _, dashboard in boards():
        for panel in dashboard["panels"]:
            for target in panel.get("targets", []):
                for series in prometheus.data(filled(target["expr"])):
                    panels.legend(target, series["metric"])


WORDS = {"and", "or", "unless", "by", "on", "without", "ignoring", "group_left", "group_right", "bool", "offset"}


def selectors(expression):
    """The series that an expression looks at."""
    bare = re.sub(r"\b(by|on|without|ignoring|group_left|group_right) *\([^)]*\)", " ", expression)
    for name, matchers in re.findall(r"(?<![\w:.\[])([a-zA-Z_:][\w:]*)(\{[^}]*\})?(?!\w| *\()", bare):
        if name not in WORDS and not re.search(rf'[{{,] *{name} *(=|!)', bare):
            yield name + matchers


def questions(prometheus):
    """Where it stands, and what must return data."""
    for rule in prometheus.rules():
        if rule["type"] == "recording":
            yield f"recording rule {rule['name']}", rule["query"]
        else:
            found = list(selectors(rule["query"]))
            assert found, rule["query"]
            for selector in found:
                yield f"alert {rule['name']}", selector
    yield from dashboards()


def check(prometheus, more_traffic):
    open_questions = list(dict.fromkeys(questions(prometheus)))
    asked, seen_empty = len(open_questions), set()
    end = time.monotonic() + PATIENCE
    while open_questions and time.monotonic() < end:
        more_traffic()
        time.sleep(1)
        empty = [q for q in open_questions if not prometheus.data(q[1])]
        seen_empty = {q for q in empty if q[1] in EMPTY_BY_NATURE}
        open_questions = [q for q in empty if q not in seen_empty]
    for where, expression in open_questions:
        print(f"no data: {where}: {expression}")
    for where, expression in sorted(seen_empty):
        print(f"empty by nature: {where}: {expression}: {EMPTY_BY_NATURE[expression]}")
    return asked, len(open_questions)


def users(folder):
    """Settings of a tracking server where everybody must log in."""
    (folder / "auth.ini").write_text(
        "[mlflow]\ndefault_permission = READ\ndatabase_uri = sqlite:///basic_auth.db\n"
        f"admin_username = admin\nadmin_password = {PASSWORD}\n"
    )
    return {"MLFLOW_AUTH_CONFIG_PATH": str(folder / "auth.ini")}


def check_token(oracle, folder, settings, token):
    """Prometheus is kept out, until the file that its configuration names holds a token that may only read."""
    wait(lambda: oracle.data('up{job="mlops-tracking"} == 0'), "Prometheus to be kept out of the tracking server")
    create = ["server", "tokens", "create", "--user=admin", "--scope=read", "--json"]
    made = subprocess.run(
        [str(ROOT / "mlops"), *create], cwd=folder, env={**os.environ, **settings}, stdout=subprocess.PIPE, check=True
    )
    token.write_text(json.loads(made.stdout)["token"])
    wait(lambda: oracle.data('up{job="mlops-tracking"} == 1'), "Prometheus to scrape the tracking server by its token")


def check_rules(prometheus):
    """Evaluated without error; and an alert is on its way for the instance that has no model."""
    wait(lambda: all(r["health"] == "ok" for r in prometheus.rules()), "all rules to be evaluated")
    wait(lambda: prometheus.data('ALERTS{alertname="NoModel"}'), "the alert NoModel")
    down = prometheus.data("up == 0")
    assert not down, f"targets that are not scraped: {down}"


def slo_check(address, port):
    """What `mlops monitor slo-check` finds of one server, by name; times are left to the machine."""
    command = ["monitor", "slo-check", "--json", "--prometheus", address, "--slo", str(ROOT / "deploy/slo.yaml")]
    where = ["--where", f'instance="127.0.0.1:{port}"', "--window", "5m", "--min-requests", "1"]
    told = subprocess.run([str(ROOT / "mlops"), *command, *where], stdout=subprocess.PIPE, text=True)
    assert told.returncode in (0, 3), told
    return {check["name"]: check["state"] for check in json.loads(told.stdout)}


def check_slo_check(address, good, bad, more_traffic):
    """A counter that grew in the window is needed, hence more traffic until there is one."""
    def judged():
        more_traffic()
        found = [slo_check(address, port) for port in (good, bad)]
        return all("availability" in states for states in found) and found

    found = wait(judged, "requests of both servers in the window")
    assert [states["availability"] for states in found] == ["PASSED", "FAILED"], found
    print("slo-check tells the server that answers from the one without a model")


def main():
    ports = [free_port() for _ in range(4)]
    serve, without_model, tracking, prometheus = (f"http://127.0.0.1:{port}" for port in ports)
    iris, nothing = WORK / "iris", WORK / "nothing"
    nothing.mkdir()
    with contextlib.ExitStack() as running:
        files = running.enter_context(textfiles())
        enter = running.enter_context
        enter(server(ports[0], "serve", "serve", "--model-dir", "models", folder=iris, **SETTINGS))
        enter(server(ports[1], "without-model", "serve", "--model-dir", "none", folder=nothing))
        closed = users(nothing)
        enter(server(ports[2], "server", "server", "--app-name=basic-auth", folder=nothing, **closed))
        assert get(f"{tracking}/metrics")[0] == 401
        targets = {
            "serve:8000": ports[:2],
            "server:5000": ports[2:3],
            "node-exporter:9100": [files],
            "localhost:9090": ports[3:],
        }
        token = WORK / "tracking-token"
        token.touch()
        (WORK / "prometheus.yml").write_text(configuration(targets, token))
        command = [
            "prometheus",
            f"--config.file={WORK}/prometheus.yml",
            f"--storage.tsdb.path={WORK}/tsdb",
            f"--web.listen-address=127.0.0.1:{ports[3]}",
        ]
        enter(process("prometheus", command, WORK, f"{prometheus}/-/ready"))
        oracle = Prometheus(prometheus)
        ask = functools.partial(traffic, serve, without_model, tracking)
        check_token(oracle, nothing, closed, token)
        ask()
        wait(lambda: oracle.data("sum(http_requests_total) > 3"), "the first scrapes")
        asked, unanswered = check(oracle, ask)
        check_rules(oracle)
        check_legends(oracle)
        check_slo_check(prometheus, ports[0], ports[1], ask)
        if "PANELS" in os.environ:
            draw(oracle, ask, pathlib.Path(os.environ["PANELS"]))
    print(f"{asked - unanswered} passed, {unanswered} failed")
    sys.exit(1 if unanswered else 0)


main()
