"""The registry through the real client: models, versions and prompts; and the same calls at both servers."""

import json
import os
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request

import mlflow
from mlflow import MlflowClient

from servers import mlflow_server, mlops_server

RM, MV = "registered-models/", "model-versions/"
PROMPT = [{"key": "mlflow.prompt.is_prompt", "value": "true"}, {"key": "mlflow.prompt.text", "value": "Hi {{x}}"}]
IS_PROMPT = "tags.`mlflow.prompt.is_prompt`"
FILTERS = [
    "", "name = 'A'", "name != 'A'", "name LIKE '%A%'", "name ILIKE 'a'", "name IN ('A','B')", "name NOT IN ('A')",
    "tags.t = '9'", "tag.t != '9'", "tags.`t` LIKE '9%' AND name = 'A'", "tags.none = '1'", "attribute.name = 'A'",
    "name = \"A\"", "name='it''s'", "attributes.name = 'A'", "name > 'A'", "foo = 'A'", "name = A", "name",
    "tags.t > '9'", "params.x = '1'", IS_PROMPT + " = 'true'", IS_PROMPT + " != 'true'", IS_PROMPT + " = 'false'",
    IS_PROMPT + " != 'false'", "name = 'P'", "name = 'P' AND " + IS_PROMPT + " = 'true'", IS_PROMPT + " LIKE 'tr%'"]
OF_VERSIONS = [
    "run_id = 'RUN'", "run_id IN ('RUN', 'x')", "run_id NOT IN ('RUN')", "source_path = 's3://b/m'",
    "source_path LIKE 's3%'", "version_number = 1", "version_number > 1", "version_number >= 2 AND name = 'A'",
    "version_number != 1", "tags.x = '1'", "current_stage = 'None'", "source_path IN ('a')", "run_id > 'a'",
    "version_number LIKE '1'", "name = 3", "creation_timestamp > 1"]
ORDERS = [["name DESC"], ["name"], ["timestamp DESC", "name ASC"], ["last_updated_timestamp"], ["foo"], ["name FOO"]]
SOURCES = [
    "s3://b/m", "s3://b/m/", "gs://b/a b", "dbfs:/x", "s3://b/m?x=..", "s3://b/../x", "s3://b/%2e%2e/x", "s3://b/a/./b",
    "s3://b", "http://h/x", "ftp://h/x", "hdfs://h/x", "mlflow-artifacts://h/x", "mlflow-artifacts:/0/x/artifacts/m",
    "/etc", "../x", "x", "file:///etc", "dummy-source", "runs:/RUN/m", "models:/LM", "models:/A/1", "models:/A/99",
    "models:/A/latest", "models:/A@champion", "models:/A@nobody", "models:/nobody/1", "models:/a/b/c", "models://h/A/1"]


class Server:
    """Plays calls; ids that differ between servers are written as words."""

    def __init__(self, address):
        self.address, self.words, self.played = address, {}, []

    def call(self, method, path, fields):
        url, data = self.address + "/api/2.0/mlflow/" + path, None
        if method == "GET":
            pairs = [(k, v) for k, vs in fields.items() for v in (vs if isinstance(vs, list) else [vs])]
            url += "?" + urllib.parse.urlencode([(k, self.real(v)) for k, v in pairs])
        else:
            data = self.real(json.dumps(fields)).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as e:
            return e.code, json.loads(e.read())

    def real(self, text):
        for word, found in self.words.items():
            text = text.replace(word, found)
        return text

    def named(self, value):
        if isinstance(value, dict):
            return {k: self.named(v) for k, v in value.items()
                    if "timestamp" not in k and k not in ("sqlstate", "error_class", "next_page_token")}
        if isinstance(value, list):
            named = [self.named(v) for v in value]
            return sorted(named, key=str) if named and "value" in str(named[0]) and "key" in named[0] else named
        if isinstance(value, str):
            for word, found in sorted(self.words.items(), key=lambda pair: -len(pair[1])):
                value = value.replace(found, word)
        return value

    def play(self, method, path, **fields):
        status, answer = self.call(method, path, fields)
        self.played.append((method + " " + path + " " + json.dumps(self.named(fields)), status, self.named(answer)))
        return answer


def story(server):
    def must(path, **fields):
        status, answer = server.call("POST", path, fields)
        assert status == 200, answer
        return answer

    play = server.play
    experiment = must("experiments/create", name="registry")["experiment_id"]
    run = must("runs/create", experiment_id=experiment, start_time=1)["run"]["info"]
    model = must("logged-models", experiment_id=experiment, name="m", source_run_id=run["run_id"])["model"]["info"]
    server.words = {"RUN": run["run_id"], "LM": model["model_id"]}
    for name, tags in (("A", [{"key": "t", "value": "1"}]), ("B", []), ("P", PROMPT[:1]), ("A", []), ("A", PROMPT[:1]),
                       ("P", []), ("", []), (" ", []), ("a/b", []), ("..", []), ("C", [{"key": "a?", "value": "1"}]),
                       ("C", [{"key": "a//b", "value": "1"}]), ("C", [{"key": "k" * 251, "value": "1"}])):
        play("POST", RM + "create", name=name, tags=tags, description="d")
    play("PATCH", RM + "update", name="A", description="new")
    play("PATCH", RM + "update", name="nobody", description="new")
    for key in ("t", "u", "../x", ""):
        play("POST", RM + "set-tag", name="A", key=key, value="9")
    play("DELETE", RM + "delete-tag", name="A", key="u")
    play("DELETE", RM + "delete-tag", name="nobody", key="u")
    play("POST", MV + "create", name="A", source=run["artifact_uri"] + "/m", run_id="RUN", description="first",
         run_link="http://x", tags=[{"key": "x", "value": "1"}])
    play("POST", MV + "create", name="A", source="models:/LM", model_id="LM")
    play("POST", RM + "alias", name="A", alias="champion", version="1")
    for source in SOURCES:
        play("POST", MV + "create", name="B", source=source)
    play("POST", MV + "create", name="P", source="dummy-source", tags=PROMPT)
    play("POST", MV + "create", name="P", source="s3://b/m", tags=PROMPT)
    for alias in ("v1", "latest", "a b", "x" * 256, "", "é", "b-1_c"):
        play("POST", RM + "alias", name="A", alias=alias, version="2")
    play("POST", RM + "alias", name="A", alias="q", version="99")
    for alias in ("champion", "latest", "nobody", "a b"):
        play("GET", RM + "alias", name="A", alias=alias)
    play("DELETE", RM + "alias", name="A", alias="é")
    for version in ("1", "2", "99", "x", "1.0", " 1", "01", "-1", "99999999999"):
        play("GET", MV + "get", name="A", version=version)
        play("GET", MV + "get-download-uri", name="A", version=version)
    play("PATCH", MV + "update", name="A", version="1", description="second")
    play("PATCH", MV + "update", name="A", version="2")
    play("POST", MV + "set-tag", name="A", version="1", key="k", value="v")
    play("POST", MV + "set-tag", name="A", version="99", key="k", value="v")
    play("DELETE", MV + "delete-tag", name="A", version="1", key="k")
    play("POST", MV + "transition-stage", name="A", version="1", stage="production")
    play("POST", MV + "transition-stage", name="A", version="2", stage="Production", archive_existing_versions=True)
    play("POST", MV + "transition-stage", name="A", version="2", stage="Nowhere")
    for stages in ([], ["Production"], ["archived"], ["Nowhere"]):
        play("POST", RM + "get-latest-versions", name="A", stages=stages)
    for text in FILTERS:
        play("GET", RM + "search", filter=text)
        play("GET", MV + "search", filter=text, order_by=["name", "version_number"])
    for text in OF_VERSIONS:
        play("GET", MV + "search", filter=text, order_by=["name", "version_number"])
    for order in ORDERS:
        play("GET", RM + "search", order_by=order, max_results="2")
    for order in (["version_number DESC", "name"], ["creation_timestamp", "name", "version_number"], ["foo"]):
        play("GET", MV + "search", order_by=order)
    play("DELETE", MV + "delete", name="A", version="1")
    play("DELETE", MV + "delete", name="A", version="1")
    play("POST", MV + "create", name="A", source="s3://b/next")
    play("POST", RM + "rename", name="A", new_name="A2")
    play("POST", RM + "rename", name="A2", new_name="a:b")
    for name in ("A", "A2", "B", "P"):
        play("GET", RM + "get", name=name)
    play("DELETE", RM + "delete", name="A2")
    play("DELETE", RM + "delete", name="A2")
    _, logged = server.call("GET", "logged-models/" + model["model_id"], {})
    server.played.append(("tags of the logged model", 200, logged["model"]["info"]["tags"]))
    return server.played


def alike(real, ours):
    """The same status and answer; of a refused search the words may differ."""
    if "/search" in real[0] and real[1] == 400:
        return ours[1] == 400
    return real == ours


def assert_alike(test, real, ours):
    for one, other in zip(real, ours, strict=True):
        with test.subTest(one[0][:120]):
            if one[1] == 500:  # a mistake of the caller, which MLflow takes for its own
                test.assertLess(other[1], 500)
            elif not alike(one, other):
                test.assertEqual(one, other)  # shows where


class RegistryTest(unittest.TestCase):
    maxDiff = None

    def test_the_same_calls_get_the_same_answers_and_our_commands_work_on_both(self):
        with tempfile.TemporaryDirectory() as folder, mlflow_server(folder) as address:
            real = story(Server(address))
            self.commands(address)
        with tempfile.TemporaryDirectory() as folder, mlops_server(folder) as address:
            ours = story(Server(address))
            self.commands(address)
        assert_alike(self, real, ours)

    def test_the_client_does_everything_with_models(self):
        with tempfile.TemporaryDirectory() as folder, mlops_server(folder) as address:
            client = MlflowClient(address, address)
            client.create_registered_model("Wine", tags={"team": "red"}, description="which wine")
            for i in range(3):
                client.create_model_version("Wine", "s3://bucket/%d" % i, description="number %d" % i)
            client.update_registered_model("Wine", "another")
            client.set_registered_model_tag("Wine", "k", "v")
            client.delete_registered_model_tag("Wine", "team")
            client.update_model_version("Wine", "1", "changed")
            client.set_model_version_tag("Wine", "1", "approved", "yes")
            client.set_registered_model_alias("Wine", "champion", "2")
            client.transition_model_version_stage("Wine", "1", "Production")
            client.transition_model_version_stage("Wine", "3", "Production", archive_existing_versions=True)
            client.rename_registered_model("Wine", "Vine")
            renamed = client.get_registered_model("Vine")
            self.assertEqual(("Vine", "another", {"k": "v"}), (renamed.name, renamed.description, renamed.tags))
            self.assertEqual({"champion": "2"}, renamed.aliases)
            first = client.get_model_version("Vine", "1")
            self.assertEqual(("Archived", "changed", {"approved": "yes"}),
                             (first.current_stage, first.description, first.tags))
            self.assertEqual("2", client.get_model_version_by_alias("Vine", "champion").version)
            self.assertEqual(["3"], [v.version for v in client.get_latest_versions("Vine", ["Production"])])
            found = client.search_model_versions("name = 'Vine' AND tags.approved = 'yes'")
            self.assertEqual(["1"], [v.version for v in found])
            copied = client.copy_model_version("models:/Vine@champion", "Copy")
            self.assertEqual("models:/Vine/2", copied.source)
            self.assertEqual("s3://bucket/1", client.get_model_version_download_uri("Copy", "1"))
            self.assertEqual(["Copy", "Vine"], [m.name for m in client.search_registered_models()])
            client.delete_registered_model_alias("Vine", "champion")
            client.delete_model_version_tag("Vine", "1", "approved")
            client.delete_model_version("Vine", "1")
            client.delete_registered_model("Vine")
            self.assertEqual(["Copy"], [m.name for m in client.search_registered_models()])

    def test_prompts(self):
        self.addCleanup(mlflow.set_tracking_uri, None)
        with tempfile.TemporaryDirectory() as folder, mlops_server(folder) as address:
            mlflow.set_tracking_uri(address)
            mlflow.genai.register_prompt("greet", "Hello {{name}}", commit_message="first", tags={"a": "1"})
            chat = [{"role": "user", "content": "Hi {{name}}"}]
            second = mlflow.genai.register_prompt("greet", chat, commit_message="second")
            self.assertEqual(2, second.version)
            mlflow.genai.set_prompt_alias("greet", "production", 1)
            loaded = mlflow.genai.load_prompt("prompts:/greet@production")
            self.assertEqual("Hello Ada", loaded.format(name="Ada"))
            self.assertEqual("first", loaded.commit_message)
            self.assertEqual("Hi Ada", mlflow.genai.load_prompt("greet", version=2).format(name="Ada")[0]["content"])
            self.assertEqual(2, mlflow.genai.load_prompt("prompts:/greet@latest").version)
            self.assertEqual(["greet"], [p.name for p in mlflow.genai.search_prompts()])
            self.assertEqual(["greet"], [p.name for p in mlflow.genai.search_prompts("name LIKE 'gr%'")])
            mlflow.genai.set_prompt_tag("greet", "team", "red")
            mlflow.genai.set_prompt_version_tag("greet", 1, "checked", "yes")
            self.assertEqual("yes", mlflow.genai.load_prompt("greet", version=1).tags["checked"])
            self.assertEqual("red", mlflow.genai.get_prompt_tags("greet")["team"])
            mlflow.genai.delete_prompt_alias("greet", "production")
            with self.assertRaises(mlflow.exceptions.MlflowException):
                mlflow.genai.load_prompt("prompts:/greet@production")
            client = MlflowClient()
            self.assertEqual([], list(client.search_registered_models()))
            self.assertEqual([2, 1], [int(v.version) for v in client.search_prompt_versions("greet")])
            with self.assertRaisesRegex(mlflow.exceptions.MlflowException, "already"):
                client.create_registered_model("greet")

    def mlops(self, address, *arguments):
        environment = dict(os.environ, MLFLOW_TRACKING_URI=address)
        done = subprocess.run(("mlops", "models") + arguments, env=environment, capture_output=True, text=True)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done.stdout

    def commands(self, address):
        client = MlflowClient(address, address)
        client.create_registered_model("Iris", tags={"team": "red"})
        client.create_registered_model("Wine")
        experiment = client.create_experiment("compared")
        for trees in ("10", "20"):
            run = client.create_run(experiment)
            client.log_param(run.info.run_id, "trees", trees)
            client.log_text(run.info.run_id, "weights " + trees, "model/weights")
            client.create_model_version("Iris", "runs:/%s/model" % run.info.run_id, run.info.run_id)
        self.assertIn("Wine", self.mlops(address))
        self.assertNotIn("Wine", self.mlops(address, "list", "--filter", "tags.team = 'red'"))
        self.assertEqual("Iris@champion is version 1\n", self.mlops(address, "promote", "Iris", "1"))
        self.assertEqual("Iris@champion is version 2; it was version 1\n", self.mlops(address, "promote", "Iris"))
        self.assertIn("@champion", self.mlops(address, "show", "Iris"))
        diff = json.loads(self.mlops(address, "diff", "Iris", "1", "@champion", "--json"))
        self.assertIn({"kind": "param", "name": "trees", "left": "10", "right": "20"}, diff)
        self.assertIn("weights", [each["name"] for each in diff])
        self.mlops(address, "promote", "Iris", "previous")
        self.assertEqual("1", client.get_model_version_by_alias("Iris", "champion").version)
        self.mlops(address, "delete", "Iris", "1")
        self.mlops(address, "delete", "Wine", "--all")
        names = [model.name for model in client.search_registered_models()]
        self.assertEqual((True, False), ("Iris" in names, "Wine" in names))


if __name__ == "__main__":
    unittest.main()
