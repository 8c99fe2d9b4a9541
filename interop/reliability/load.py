"""What others do to a tracking server while runs are logged, and what must be left of it."""

import hashlib
import json

from victim import Client


def selected(cursor, columns, table, values):
    """Rows by the first of the columns, which has one of the values."""
    key = columns.split(",")[0]
    names = ", ".join(f"'{value}'" for value in values) or "''"
    cursor.execute(f"SELECT {columns} FROM {table} WHERE {key} IN ({names})")
    return {row[0]: row[1:] for row in cursor.fetchall()}


class Runs(Client):
    """Creates runs; ends one in three, deletes one in three."""

    def __init__(self, port, first):
        super().__init__(port, first)
        self.ended, self.deleted = [], []

    def work(self, number):
        answer = self.post("runs/create", {"experiment_id": "0", "run_name": f"r{number}"})
        if answer is None:
            return
        run = json.loads(answer)["run"]["info"]["run_id"]
        self.acknowledged.append(run)
        if number % 3 == 0 and self.post("runs/delete", {"run_id": run}) is not None:
            self.deleted.append(run)
        if number % 3 == 1:
            end = {"run_id": run, "status": "FINISHED", "end_time": number}
            if self.post("runs/update", end) is not None:
                self.ended.append((run, number))

    def check(self, test, cursor, _):
        rows = selected(cursor, "run_uuid, lifecycle_stage, status, end_time", "runs", self.acknowledged)
        test.assertEqual(set(self.acknowledged), set(rows), "a run is lost")
        test.assertEqual({"deleted"}, {rows[run][0] for run in self.deleted} | {"deleted"})
        for run, number in self.ended:
            test.assertEqual(("active", "FINISHED", number), rows[run])


class Models(Client):
    """Registers models, each with a version, an alias and a tag."""

    def __init__(self, port, first, run):
        super().__init__(port, first)
        self.source = {"source": run["artifact_uri"] + "/model", "run_id": run["run_id"]}

    def work(self, number):
        name = {"name": f"M{number}"}
        for call, body in (
            ("registered-models/create", {}),
            ("model-versions/create", self.source),
            ("registered-models/alias", {"alias": "champion", "version": "1"}),
            ("registered-models/set-tag", {"key": "k", "value": str(number)}),
        ):
            if self.post(call, name | body) is None:
                return
            self.acknowledged.append((call, name["name"]))

    def check(self, test, cursor, _):
        def names(call):
            return {name for done, name in self.acknowledged if done == call}

        for call, columns, table, facts in (
            ("registered-models/create", "name", "registered_models", ()),
            ("model-versions/create", "name, version", "model_versions", (1,)),
            ("registered-models/alias", "name, alias, version", "registered_model_aliases", ("champion", 1)),
        ):
            rows = selected(cursor, columns, table, names(call))
            test.assertEqual({name: facts for name in names(call)}, rows, f"{table} lacks something")
        tags = selected(cursor, "name, value", "registered_model_tags", names("registered-models/set-tag"))
        test.assertEqual({name: (name[1:],) for name in names("registered-models/set-tag")}, tags)


class Uploads(Client):
    """Uploads files, each of bytes that follow from its name."""

    FOLDER = "0/uploads/artifacts"

    def work(self, number):
        path = f"/api/2.0/mlflow-artifacts/artifacts/{self.FOLDER}/{number}"
        if self.send("PUT", path, content(number), "application/octet-stream") is not None:
            self.acknowledged.append(number)

    def check(self, test, _, artifacts):
        files = [f for f in (artifacts / self.FOLDER).glob("*") if not f.name.startswith(".")]
        for file in files:
            test.assertEqual(content(int(file.name)), file.read_bytes(), f"{file} is not what was sent")
        test.assertLessEqual(set(self.acknowledged), {int(file.name) for file in files}, "a file is lost")


def content(number):
    return hashlib.sha256(str(number).encode()).digest() * 5_000
