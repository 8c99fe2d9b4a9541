"""The real client's webhook functions on our server, and the real store on our rows and the other way round."""

import base64
import contextlib
import http.server
import json
import os
import queue
import shutil
import tempfile
import threading
import unittest

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
os.environ["MLFLOW_WEBHOOK_ALLOWED_SCHEMES"] = "http,https"
os.environ["MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS"] = "true"
os.environ["MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY"] = KEY  # as in `run`; read when mlflow is imported

from mlflow import MlflowClient
from mlflow.entities.webhook import WebhookEvent
from mlflow.exceptions import MlflowException
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore
from mlflow.webhooks.delivery import _generate_hmac_signature
from mlflow.webhooks.types import get_example_payload_for_event, get_payload_class_for_event

from servers import mlops_server

MODEL_EVENTS = [
    "registered_model.created",
    "model_version.created",
    "model_version_tag.set",
    "model_version_tag.deleted",
    "model_version_alias.created",
    "model_version_alias.deleted",
]
PROMPT_EVENTS = [
    "prompt.created",
    "prompt_version.created",
    "prompt_tag.set",
    "prompt_tag.deleted",
    "prompt_version_tag.set",
    "prompt_version_tag.deleted",
    "prompt_alias.created",
    "prompt_alias.deleted",
]


@contextlib.contextmanager
def receiver():
    """Listens on a free port; gives its address and the queue of what it received."""
    received = queue.Queue()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            received.put((dict(self.headers), body))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"heard")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield "http://127.0.0.1:%d/hook" % server.server_port, received
    finally:
        server.shutdown()
        server.server_close()


class WebhookTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def take(self, received, secret):
        """The next message, if its signature is right."""
        headers, body = received.get(timeout=30)
        headers = {name.lower(): value for name, value in headers.items()}
        expected = _generate_hmac_signature(
            secret, headers["x-mlflow-delivery-id"], headers["x-mlflow-timestamp"], body
        )
        self.assertEqual(expected, headers["x-mlflow-signature"])
        self.assertEqual("application/json", headers["content-type"])
        return json.loads(body)

    def take_all(self, received, secret, events):
        """The first message of each event, in any order, with the fields of MLflow's payload; the client may cause more."""
        payloads = {}
        while set(payloads) < set(events):
            message = self.take(received, secret)
            event = "%s.%s" % (message["entity"], message["action"])
            fields = get_payload_class_for_event(WebhookEvent.from_str(event)).__annotations__
            self.assertEqual(set(fields), set(message["data"]), event)
            payloads.setdefault(event, message["data"])
        self.assertEqual(set(events), set(payloads))
        return payloads

    def test_client_manages_webhooks(self):
        with mlops_server(self.folder) as address, receiver() as (url, received):
            client = MlflowClient(address, address)
            hook = client.create_webhook(
                "hook", url, ["registered_model.created"], description="mine", secret="s"
            )
            self.assertEqual("mine", hook.description)
            self.assertEqual(hook.webhook_id, client.get_webhook(hook.webhook_id).webhook_id)
            self.assertEqual([hook.name], [each.name for each in client.list_webhooks()])
            changed = client.update_webhook(
                hook.webhook_id, status="DISABLED", events=["model_version.created"]
            )
            self.assertEqual("DISABLED", str(changed.status))
            self.assertEqual(["model_version.created"], [str(each) for each in changed.events])
            result = client.test_webhook(hook.webhook_id)
            self.assertEqual((True, 200, "heard"), tuple(vars(result).values())[:3])
            message = self.take(received, "s")
            event = WebhookEvent.from_str("model_version.created")
            self.assertEqual(get_example_payload_for_event(event), message["data"])
            for event in MODEL_EVENTS + PROMPT_EVENTS + ["budget_policy.exceeded"]:
                self.assertTrue(client.test_webhook(hook.webhook_id, event).success)
                example = get_example_payload_for_event(WebhookEvent.from_str(event))
                self.assertEqual(example, self.take(received, "s")["data"], event)
            client.delete_webhook(hook.webhook_id)
            self.assertEqual([], list(client.list_webhooks()))
            with self.assertRaises(MlflowException) as refused:
                client.get_webhook(hook.webhook_id)
            self.assertEqual("RESOURCE_DOES_NOT_EXIST", refused.exception.error_code)

    def test_wrong_webhooks_are_refused(self):
        with mlops_server(self.folder) as address:
            client = MlflowClient(address, address)
            for name, url in (("-", "http://x"), ("a", "ftp://x"), ("a", "http://"), ("", "http://x")):
                with self.assertRaises(MlflowException) as refused:
                    client.create_webhook(name, url, ["prompt.created"])
                self.assertEqual("INVALID_PARAMETER_VALUE", refused.exception.error_code)

    def test_what_happens_to_models_is_told(self):
        with mlops_server(self.folder) as address, receiver() as (url, received):
            client = MlflowClient(address, address)
            client.create_webhook("models", url, MODEL_EVENTS + PROMPT_EVENTS, secret="s")
            client.create_registered_model("Iris", {"a": "b"}, "flowers")
            client.create_model_version("Iris", "models:/x", tags={"c": "d"})
            client.set_model_version_tag("Iris", "1", "k", "v")
            client.set_registered_model_alias("Iris", "champion", "1")
            client.delete_model_version_tag("Iris", "1", "k")
            client.delete_registered_model_alias("Iris", "champion")
            told = self.take_all(received, "s", MODEL_EVENTS)
            self.assertEqual(
                {"name": "Iris", "tags": {"a": "b"}, "description": "flowers"},
                told["registered_model.created"],
            )
            self.assertEqual("1", told["model_version_alias.created"]["version"])

    def test_what_happens_to_prompts_is_told(self):
        with mlops_server(self.folder) as address, receiver() as (url, received):
            client = MlflowClient(address, address)
            client.create_webhook("prompts", url, MODEL_EVENTS + PROMPT_EVENTS, secret="s")
            client.register_prompt("ask", "Hello {{name}}!")
            client.set_prompt_tag("ask", "k", "v")
            client.delete_prompt_tag("ask", "k")
            client.set_prompt_version_tag("ask", "1", "k", "v")
            client.delete_prompt_version_tag("ask", "1", "k")
            client.set_prompt_alias("ask", "live", 1)
            client.delete_prompt_alias("ask", "live")
            told = self.take_all(received, "s", PROMPT_EVENTS)
            self.assertEqual("Hello {{name}}!", told["prompt_version.created"]["template"])
            self.assertEqual({}, told["prompt.created"]["tags"])

    def test_secrets_are_read_by_both(self):
        database = "sqlite:///" + os.path.join(self.folder, "mlflow.db")
        with mlops_server(self.folder) as address, receiver() as (url, received):
            client = MlflowClient(address, address)
            ours = client.create_webhook("ours", "http://127.0.0.1:1/", ["prompt.created"], secret="größe")
            store = SqlAlchemyStore(database)
            self.assertEqual("größe", store.get_webhook(ours.webhook_id).secret)
            event = WebhookEvent.from_str("registered_model.created")
            store.create_webhook("theirs", url, [event], secret="their secret")
            client.create_registered_model("Iris")
            self.assertEqual("Iris", self.take(received, "their secret")["data"]["name"])


if __name__ == "__main__":
    unittest.main()
