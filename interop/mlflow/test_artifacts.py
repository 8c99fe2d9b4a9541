"""The real mlflow stores and loads artifacts through our server: in a folder, in S3 and in Google Cloud Storage.

S3 is moto's server, Cloud Storage is gcp-storage-emulator.
"""

import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
import unittest
from unittest import mock

import boto3
import mlflow
import requests
from gcp_storage_emulator.server import create_server
from mlflow import MlflowClient
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository
from moto.server import ThreadedMotoServer

from servers import free_port, serving

MIB = 1 << 20
logging.getLogger("werkzeug").setLevel(logging.ERROR)  # each request of moto, otherwise
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "somebody",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@contextlib.contextmanager
def s3():
    """Gives the environment in which s3://bucket is there."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    try:
        endpoint = "http://127.0.0.1:%d" % server.get_host_and_port()[1]
        environment = dict(CREDENTIALS, MLFLOW_S3_ENDPOINT_URL=endpoint)
        with mock.patch.dict(os.environ, environment):
            boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="bucket")
            yield endpoint
    finally:
        server.stop()


@contextlib.contextmanager
def gcs():
    """Gives the environment in which gs://bucket is there."""
    port = free_port()
    server = create_server("127.0.0.1", port, in_memory=True, default_bucket="bucket")
    server.start()
    try:
        with mock.patch.dict(os.environ, {"STORAGE_EMULATOR_HOST": "http://127.0.0.1:%d" % port}):
            yield
    finally:
        server.stop()


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class ArtifactsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.addCleanup(mlflow.set_tracking_uri, None)

    @contextlib.contextmanager
    def server(self, *flags):
        with serving(["mlops", "server", *flags], self.folder) as address:
            mlflow.set_tracking_uri(address)
            yield address

    def file(self, name, size):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(os.urandom(size))
        return path

    def tree(self):
        root = os.path.join(self.folder, "tree")
        for number in range(30):
            folder = os.path.join(root, "größe %d" % (number % 3), "in")
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, "f%d+.txt" % number), "w") as file:
                file.write(str(number))
        return root

    def both_ways(self, large):
        """A large file and a folder go in, are listed, come back, and are deleted."""
        path = self.file("large.bin", large)
        tree = self.tree()
        with mlflow.start_run() as run:
            mlflow.log_artifact(path)
            mlflow.log_artifacts(tree, "tree")
            mlflow.log_text("hello", "notes/a.txt")
        client = MlflowClient()
        listed = {f.path: f.file_size for f in client.list_artifacts(run.info.run_id)}
        self.assertEqual({"large.bin": large, "notes": None, "tree": None}, listed)
        inner = client.list_artifacts(run.info.run_id, "tree/größe 1/in")
        self.assertEqual(10, len(inner))
        back = client.download_artifacts(run.info.run_id, "", self.fresh())
        self.assertEqual(digest(path), digest(os.path.join(back, "large.bin")))
        for number in range(30):
            name = "tree/größe %d/in/f%d+.txt" % (number % 3, number)
            with open(os.path.join(back, name)) as file:
                self.assertEqual(str(number), file.read())
        return run

    def fresh(self):
        return tempfile.mkdtemp(dir=self.folder)

    def test_folder(self):
        with self.server():
            self.both_ways(200 * MIB)

    def test_folder_has_no_parts_and_the_client_goes_through_the_server(self):
        parts = {
            "MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD": "true",
            "MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD": "true",
            "MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE": str(5 * MIB),
            "MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE": str(5 * MIB),
        }
        with self.server(), mock.patch.dict(os.environ, parts):
            self.both_ways(12 * MIB)

    def test_bucket_of_s3(self):
        with s3(), self.server("--artifacts-destination", "s3://bucket/some/prefix"):
            run = self.both_ways(40 * MIB)
            keys = self.keys()
            self.assertIn("some/prefix/0/%s/artifacts/notes/a.txt" % run.info.run_id, keys)
            gone = run.info.artifact_uri + "/tree"
            get_artifact_repository(gone).delete_artifacts()
            self.assertFalse([key for key in self.keys() if "/tree/" in key])

    @staticmethod
    def keys():
        client = boto3.client("s3", endpoint_url=os.environ["MLFLOW_S3_ENDPOINT_URL"])
        pages = client.get_paginator("list_objects_v2").paginate(Bucket="bucket")
        return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def test_parts_go_directly_to_s3(self):
        parts = {
            "MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD": "true",
            "MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD": "true",
            "MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE": str(5 * MIB),
            "MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE": str(5 * MIB),
            "MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE": str(5 * MIB),
        }
        with s3() as endpoint, self.server("--artifacts-destination", "s3://bucket"):
            puts = []
            real = requests.put

            def counted(url, *arguments, **named):
                puts.append(url)
                return real(url, *arguments, **named)

            with mock.patch.dict(os.environ, parts), mock.patch("requests.put", counted):
                self.both_ways(12 * MIB)
            self.assertEqual(3, len([url for url in puts if url.startswith(endpoint)]))

    def test_runs_whose_root_is_a_bucket(self):
        with s3(), self.server("--default-artifact-root", "s3://bucket/roots") as address:
            experiment = mlflow.create_experiment("in-a-bucket")
            mlflow.set_experiment(experiment_id=experiment)
            run = self.both_ways(9 * MIB)
            self.assertTrue(run.info.artifact_uri.startswith("s3://bucket/roots/"))
            file = requests.get(
                address + "/get-artifact",
                params={"run_id": run.info.run_id, "path": "notes/a.txt"},
                timeout=30,
            )
            self.assertEqual("hello", file.text)
            signed = requests.post(
                address + "/api/2.0/mlflow/artifacts/presigned-upload-url",
                json={"run_id": run.info.run_id, "path": "direct.txt"},
                timeout=30,
            ).json()
            done = requests.put(
                signed["presigned_url"], data=b"direct", headers=signed["headers"], timeout=30
            )
            self.assertEqual(200, done.status_code)
            names = [f.path for f in MlflowClient().list_artifacts(run.info.run_id)]
            self.assertIn("direct.txt", names)

    def test_bucket_of_cloud_storage(self):
        with gcs(), self.server("--artifacts-destination", "gs://bucket/some/prefix"):
            self.both_ways(20 * MIB)


if __name__ == "__main__":
    unittest.main()
