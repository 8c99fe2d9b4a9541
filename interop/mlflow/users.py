"""Users, what they are granted, and everything that somebody may be allowed or refused."""

import base64
import contextlib
import json
import os
import urllib.error
import urllib.parse
import urllib.request

from mlflow.server import get_app_client

ADMIN, PASSWORD = "root", "root-has-this-one"
NAMES = ("ada", "bob", "eve", "kim", "lee")
MLFLOW = "/api/2.0/mlflow/"
TRACES = "/api/3.0/mlflow/traces/"


def password(name):
    return PASSWORD if name == ADMIN else name * 6


def environment(folder, everybody):
    """What both servers take: the same file, and the same first admin."""
    file = os.path.join(folder, "basic_auth.ini")
    with open(file, "w") as text:
        text.write("[mlflow]\ndefault_permission = %s\n" % everybody)
        text.write("database_uri = sqlite:///basic_auth.db\nadmin_username = %s\n" % ADMIN)
        text.write("admin_password = the-first-password\n")
        text.write("auth_cache_ttl_seconds = 600\n")  # so that not every call of the real one hashes a password
    return {"MLFLOW_AUTH_CONFIG_PATH": file, "MLFLOW_FLASK_SERVER_SECRET_KEY": "for tests"}


def call(server, who, method, path, body=None, word=None):
    """The status and answer; of nobody if the name is empty."""
    headers = {"Content-Type": "application/json"}
    if who:
        pair = "%s:%s" % (who, word or password(who))
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    if body is not None and method == "GET":
        path += "?" + urllib.parse.urlencode(body, doseq=True)
    content = json.dumps(body).encode() if method != "GET" else None
    try:
        request = urllib.request.Request(server + path, content, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text.startswith(b"{") else text.decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def must(server, who, method, path, body):
    status, answer = call(server, who, method, MLFLOW + path, body)
    assert status == 200, (who, path, body, status, answer)
    return answer


@contextlib.contextmanager
def administering(server):
    """MLflow's own client for users, as the admin."""
    os.environ.update(MLFLOW_TRACKING_USERNAME=ADMIN, MLFLOW_TRACKING_PASSWORD=PASSWORD)
    try:
        yield get_app_client("basic-auth", server)
    finally:
        del os.environ["MLFLOW_TRACKING_USERNAME"], os.environ["MLFLOW_TRACKING_PASSWORD"]


def fill(server):
    """Experiments and models of an admin and of ada, and users of every kind; gives the ids that calls need."""
    status, answer = call(
        server, ADMIN, "PATCH", MLFLOW + "users/update-password",
        {"username": ADMIN, "password": PASSWORD, "current_password": "the-first-password"}, "the-first-password",
    )  # fmt: skip
    assert status == 200, answer
    with administering(server) as client:
        for name in NAMES + ("gone",):
            client.create_user(name, "before" + password(name))
            client.update_user_password(name, password(name))
        client.delete_user("gone")
        client.update_user_admin("kim", True)
        ids = things(server)
        grants(client, ids)
    for method, path, body in probes(ids):  # so that later ones change nothing
        call(server, ADMIN, method, path, body)
    return ids


def things(server):
    ids = {}
    for number, owner in enumerate((ADMIN, "ada", ADMIN, ADMIN)):
        name = "e%d" % number
        ids[name] = must(server, owner, "POST", "experiments/create", {"name": name})["experiment_id"]
        started = {"experiment_id": ids[name], "run_name": name, "start_time": number}
        run = must(server, owner, "POST", "runs/create", started)["run"]["info"]["run_id"]
        ids["run of " + name] = run
        must(server, owner, "POST", "runs/log-metric", {"run_id": run, "key": "m", "value": 1, "timestamp": 1})
        model = must(server, owner, "POST", "logged-models", {"experiment_id": ids[name], "name": name})
        ids["model of " + name] = model["model"]["info"]["model_id"]
    for number, owner in enumerate((ADMIN, "ada", ADMIN)):
        name = "m%d" % number
        must(server, owner, "POST", "registered-models/create", {"name": name})
        must(server, owner, "POST", "model-versions/create", {"name": name, "source": "s3://b/" + name})
    prompt = {"name": "p0", "tags": [{"key": "mlflow.prompt.is_prompt", "value": "true"}]}
    must(server, ADMIN, "POST", "registered-models/create", prompt)
    return ids


def grants(client, ids):
    """Bob is granted a little of each, lee by roles, eve nothing."""
    client.grant_user_permission("bob", "experiment", ids["e0"], "EDIT")
    client.grant_user_permission("bob", "experiment", ids["e2"], "READ")
    client.grant_user_permission("bob", "experiment", ids["e3"], "DENY")
    client.grant_user_permission("bob", "registered_model", "m0", "EDIT")
    client.grant_user_permission("bob", "registered_model", "m1", "DENY")
    client.grant_user_permission("bob", "prompt", "p0", "READ")
    readers = client.create_role("default", "readers", "of everything but runs")
    client.add_role_permission(readers.id, "experiment", "*", "READ")
    client.add_role_permission(readers.id, "run", "*", "DENY")
    client.add_role_permission(readers.id, "registered_model", "*", "USE")
    client.add_role_permission(readers.id, "registered_model_version", "*", "MANAGE")
    client.assign_role("lee", readers.id)


def more(server, ids):
    """Changes everything about users that can be changed."""
    with administering(server) as client:
        client.create_user("new", password("new"))
        client.grant_user_permission("new", "experiment", ids["e2"], "MANAGE")
        client.revoke_user_permission("bob", "experiment", ids["e2"])
        client.grant_user_permission("bob", "experiment", ids["e2"], "USE")
        client.revoke_user_permission("bob", "experiment", ids["e3"])
        client.grant_user_permission("bob", "registered_model", "m2", "MANAGE")
        client.update_user_password("eve", password("eve") + "!")
        client.update_user_admin("kim", False)
        client.delete_user("ada")
        (readers,) = [role for role in client.list_roles("default") if role.name == "readers"]
        client.update_role(readers.id, "watchers", "of runs too")
        (veto,) = [p for p in client.list_role_permissions(readers.id) if p.resource_type == "run"]
        client.update_role_permission(veto.id, "READ")
        writers = client.create_role("default", "writers")
        client.add_role_permission(writers.id, "experiment", "*", "EDIT")
        client.assign_role("eve", writers.id)


def probes(ids):
    """Every call changes nothing, or what it changed already."""
    for name in ("e0", "e1", "e2", "e3"):
        experiment, run, model = ids[name], ids["run of " + name], ids["model of " + name]
        files = "/api/2.0/mlflow-artifacts/artifacts"
        yield "GET", MLFLOW + "experiments/get", {"experiment_id": experiment}
        yield "GET", MLFLOW + "experiments/get-by-name", {"experiment_name": name}
        yield "POST", MLFLOW + "experiments/set-experiment-tag", {"experiment_id": experiment, "key": "k", "value": "v"}
        yield "POST", MLFLOW + "experiments/restore", {"experiment_id": experiment}
        yield "GET", MLFLOW + "runs/get", {"run_id": run}
        yield "POST", MLFLOW + "runs/set-tag", {"run_id": run, "key": "k", "value": "v"}
        yield "POST", MLFLOW + "runs/log-parameter", {"run_id": run, "key": "p", "value": "v"}
        yield "POST", MLFLOW + "runs/restore", {"run_id": run}
        yield "GET", MLFLOW + "metrics/get-history", {"run_id": run, "metric_key": "m"}
        yield "GET", MLFLOW + "metrics/get-history-bulk-interval", {"run_ids": [run], "metric_key": "m"}
        yield "GET", MLFLOW + "artifacts/list", {"run_id": run}
        yield "GET", files, {"path": "%s/%s/artifacts" % (experiment, run)}
        yield "GET", files + "/%s/%s/artifacts/none.txt" % (experiment, run), None
        yield "GET", MLFLOW + "logged-models/" + model, None
        yield "PATCH", MLFLOW + "logged-models/%s/tags" % model, {"tags": [{"key": "k", "value": "v"}]}
        yield "DELETE", MLFLOW + "logged-models/%s/tags/none" % model, {}
        yield "POST", TRACES + "search", {"locations": [{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment}}]}
        yield "POST", MLFLOW + "traces/delete-traces", {"experiment_id": experiment, "request_ids": ["tr-none"]}
    everything = [ids[name] for name in ("e0", "e1", "e2", "e3")]
    yield "POST", MLFLOW + "experiments/search", {"max_results": 100, "order_by": ["experiment_id"]}
    yield "POST", MLFLOW + "runs/search", {"experiment_ids": everything, "order_by": ["start_time"]}
    yield "POST", MLFLOW + "logged-models/search", {"experiment_ids": everything, "order_by": [{"field_name": "name"}]}
    yield "POST", "/ajax-api/2.0/mlflow/experiments/search-datasets", {"experiment_ids": everything[:1]}
    for name in ("m0", "m1", "m2", "p0"):
        yield "GET", MLFLOW + "registered-models/get", {"name": name}
        yield "POST", MLFLOW + "registered-models/set-tag", {"name": name, "key": "k", "value": "v"}
        yield "DELETE", MLFLOW + "registered-models/delete-tag", {"name": name, "key": "none"}
        yield "PATCH", MLFLOW + "registered-models/update", {"name": name, "description": "d"}
        yield "POST", MLFLOW + "registered-models/get-latest-versions", {"name": name}
        yield "GET", MLFLOW + "model-versions/get", {"name": name, "version": "1"}
        yield "GET", MLFLOW + "model-versions/get-download-uri", {"name": name, "version": "1"}
        yield "POST", MLFLOW + "model-versions/set-tag", {"name": name, "version": "1", "key": "k", "value": "v"}
        yield "DELETE", MLFLOW + "model-versions/delete", {"name": name, "version": "77"}
        yield "DELETE", MLFLOW + "registered-models/alias", {"name": name, "alias": "none"}
    for text in ("", "name LIKE 'm%'", "tags.`mlflow.prompt.is_prompt` = 'true'"):
        yield "GET", MLFLOW + "registered-models/search", {"filter": text, "max_results": 100}
        yield "GET", MLFLOW + "model-versions/search", {"filter": text, "max_results": 100}
    yield "GET", MLFLOW + "users/current", None
    yield "GET", MLFLOW + "users/list", None
    for name in ("ada", "bob", "lee", "nobody"):
        yield "GET", MLFLOW + "users/get", {"username": name}
        yield "GET", "/api/3.0/mlflow/users/permissions/list", {"username": name}
        yield "GET", "/api/3.0/mlflow/users/roles/list", {"username": name}
        for kind, which in (("experiment", ids["e0"]), ("registered_model", "m0"), ("run", "*")):
            asked = {"username": name, "resource_type": kind, "resource_id": which}
            yield "GET", "/api/3.0/mlflow/users/permissions/get", asked
    yield "GET", "/api/3.0/mlflow/users/current/permissions", None
    yield "GET", "/api/3.0/mlflow/roles/list", {"workspace": "default"}
    yield "GET", MLFLOW + "webhooks", None
    yield "GET", "/version", None


def decided(server, ids, people=NAMES, asked=lambda path: True):
    """What each of them gets, one line for each call; of a refusal only that it is one.

    :param people: who is asked for all; strangers get two calls, since ours locks out who tries many passwords
    :param asked: which paths
    """
    found = {}
    every = list(filter(lambda probe: asked(probe[1]), probes(ids)))
    for who in ("", ADMIN, *NAMES, "new", "gone", "nobody"):
        for method, path, body in every if who in people else every[::9] if who in ("", ADMIN) else every[:2]:
            status, answer = call(server, who, method, path, body)
            line = "%s %s %s %s" % (who or "-", method, path, json.dumps(body))
            found[line] = status, answer if status == 200 and path != "/version" else ""
    for who in (ADMIN, "bob"):
        found[who + " with a wrong password"] = call(server, who, "GET", MLFLOW + "users/current", None, "no" * 8)[0]
    return found
