"""Databases as older releases of MLflow leave them, made by its own migrations, with rows in the tables that later ones change.

    python older.py URI REVISION

prints what makes it again; `tracking/src/test/resources/io/mlopscore/tracking/mlflow-postgresql-<version>.sql` are such.
"""

import re
import sqlite3
import subprocess
import sys

import sqlalchemy
from alembic import command
from alembic.script import ScriptDirectory
from mlflow.store.db.utils import _get_alembic_config, _upgrade_db, create_sqlalchemy_engine
from mlflow.store.tracking.dbmodels.initial_models import Base

from rows import plain as plain_value

OLDEST = "acf3f17fdcc7"
RUN, TRACE, SPAN = "a" * 32, "tr-1", "b7ad6b7169203331"
# What a row holds beyond the columns that must have a value.
ROWS = (
    ("experiments", {"experiment_id": 0, "name": "Default", "artifact_location": "x:/0", "lifecycle_stage": "active"}),
    ("experiments", {"experiment_id": 1, "name": "wine", "artifact_location": "x:/1", "lifecycle_stage": "active"}),
    ("experiment_tags", {"key": "team", "value": "red", "experiment_id": 1}),
    ("runs", {"run_uuid": RUN, "name": "old", "status": "FINISHED", "lifecycle_stage": "active", "experiment_id": 1, "source_type": "UNKNOWN", "start_time": 1, "artifact_uri": "x:/1/a"}),
    ("params", {"key": "depth", "value": "3", "run_uuid": RUN}),
    ("tags", {"key": "note", "value": "kept", "run_uuid": RUN}),
    ("metrics", {"key": "loss", "value": 0.5, "timestamp": 10, "run_uuid": RUN, "step": 1, "is_nan": False}),
    ("metrics", {"key": "loss", "value": 0.25, "timestamp": 20, "run_uuid": RUN, "step": 2, "is_nan": False}),
    ("metrics", {"key": "odd", "value": 0, "timestamp": 20, "run_uuid": RUN, "step": 0, "is_nan": True}),
    ("latest_metrics", {"key": "loss", "value": 0.25, "timestamp": 20, "run_uuid": RUN, "step": 2, "is_nan": False}),
    ("latest_metrics", {"key": "odd", "value": 0, "timestamp": 20, "run_uuid": RUN, "step": 0, "is_nan": True}),
    ("datasets", {"dataset_uuid": "d1", "experiment_id": 1, "name": "d", "digest": "1", "dataset_source_type": "local", "dataset_source": "{}"}),
    ("inputs", {"input_uuid": "i1", "source_type": "DATASET", "source_id": "d1", "destination_type": "RUN", "destination_id": RUN}),
    ("registered_models", {"name": "wine", "creation_time": 1, "last_updated_time": 2, "description": "red"}),
    ("registered_model_tags", {"key": "a", "value": "b", "name": "wine"}),
    ("model_versions", {"name": "wine", "version": 1, "current_stage": "None", "source": "x:/1", "run_id": RUN, "status": "READY"}),
    ("model_version_tags", {"key": "c", "value": "d", "name": "wine", "version": 1}),
    ("registered_model_aliases", {"alias": "champion", "version": 1, "name": "wine"}),
    ("trace_info", {"request_id": TRACE, "experiment_id": 1, "timestamp_ms": 5, "execution_time_ms": 7, "status": "OK"}),
    ("trace_info", {"request_id": "tr-2", "experiment_id": 1, "timestamp_ms": 6, "execution_time_ms": 7, "status": "OK"}),
    ("trace_tags", {"key": "mlflow.traceName", "value": "é" * 300, "request_id": TRACE}),
    ("trace_tags", {"key": "team", "value": "red", "request_id": TRACE}),
    ("trace_request_metadata", {"key": "mlflow.trace.session", "value": "s" * 300, "request_id": TRACE}),
    ("trace_request_metadata", {"key": "mlflow.trace.tokenUsage", "value": '{"input_tokens": 3, "output_tokens": 4.0, "total_tokens": 1.5}', "request_id": TRACE}),
    ("trace_request_metadata", {"key": "mlflow.trace.cost", "value": '{"input_cost": 0.25, "total_cost": "x"}', "request_id": TRACE}),
    ("trace_request_metadata", {"key": "mlflow.trace.tokenUsage", "value": "no json", "request_id": "tr-2"}),
    ("trace_request_metadata", {"key": "mlflow.gateway.endpointId", "value": "e", "request_id": "tr-2"}),
    ("trace_request_metadata", {"key": "kept", "value": "v", "request_id": "tr-2"}),
    ("trace_metrics", {"request_id": TRACE, "key": "input_tokens", "value": 30}),
    ("trace_metrics", {"request_id": TRACE, "key": "own", "value": 1.5}),
    ("spans", {"trace_id": TRACE, "experiment_id": 1, "span_id": SPAN, "name": "t", "status": "OK", "start_time_unix_nano": 1, "end_time_unix_nano": 5, "content": "{}", "dimension_attributes": {"mlflow.llm.model": "gpt", "mlflow.llm.provider": None}}),
    ("spans", {"trace_id": "tr-2", "experiment_id": 1, "span_id": SPAN, "status": "OK", "start_time_unix_nano": 1, "content": "{}"}),
    ("span_metrics", {"trace_id": "tr-2", "span_id": SPAN, "key": "total_cost", "value": 0.75}),
    ("span_metrics", {"trace_id": "tr-2", "span_id": SPAN, "key": "own", "value": 2}),
    *(("assessments", {"assessment_id": "a-%d" % n, "trace_id": TRACE, "name": "n", "assessment_type": "feedback", "value": value, "created_timestamp": 1, "last_updated_timestamp": 1, "source_type": "HUMAN", "valid": True})
      for n, value in enumerate(('"yes"', '" NO "', "true", "2.5", '"x"', "null", "NaN", "[1]"))),
    ("jobs", {"id": "j1", "creation_time": 1, "function_fullname": "a.b", "job_name": "a.b", "params": "{}", "status": 1, "retry_count": 0, "last_update_time": 1}),
    ("jobs", {"id": "j2", "creation_time": 1, "function_fullname": "a.b", "job_name": "a.b", "params": "{}", "status": 3, "retry_count": 0, "last_update_time": 1}),
    ("webhooks", {"webhook_id": "w1", "name": "w", "url": "https://x", "status": "ACTIVE"}),
)  # fmt: skip


def make(uri, revision):
    engine = create_sqlalchemy_engine(uri)
    Base.metadata.create_all(engine)
    config = _get_alembic_config(uri)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    with engine.begin() as connection:
        fill(connection)
    engine.dispose()


def fill(connection):
    metadata = sqlalchemy.MetaData()
    metadata.reflect(connection)
    for name, row in ROWS:
        if name in metadata.tables:
            table = metadata.tables[name]
            connection.execute(table.insert().values({k: v for k, v in row.items() if k in table.c}))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT setval('experiments_experiment_id_seq', 1)")


def upgrade(uri):
    engine = create_sqlalchemy_engine(uri)
    _upgrade_db(engine)
    engine.dispose()


def revisions():
    """From the oldest that is supported to the last before the newest, in order."""
    script = ScriptDirectory.from_config(_get_alembic_config("sqlite://"))
    known = [r.revision for r in script.walk_revisions()][::-1]
    return known[known.index(OLDEST) : -1]


def dump(uri, *options):
    plain = re.sub(r"\+\w+", "", uri)
    text = subprocess.run(["pg_dump", "--no-owner", "--no-privileges", *options, plain], check=True, capture_output=True, text=True).stdout
    return [line for line in text.split("\n") if not line.startswith("\\")]


def described(uri):
    """Every column, constraint, index and trigger, wherever it stands in its table."""
    engine = create_sqlalchemy_engine(uri)
    queries = (
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,"
        " generation_expression, is_identity FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        "SELECT sequencename, data_type::text FROM pg_sequences",
    )
    with engine.connect() as db:
        found = [plain(repr(row)) for query in queries for row in db.exec_driver_sql(query)]
    engine.dispose()
    return found


def plain(row):
    """PostgreSQL writes the casts of a check elsewhere once it was dumped and read again."""
    return re.sub(r"::character varying|::text|\[\]|[()]", "", row) if "CHECK" in row else row


def rows(uri, but):
    engine = create_sqlalchemy_engine(uri)
    metadata = sqlalchemy.MetaData()
    with engine.connect() as db:
        metadata.reflect(db)
        found = {
            name: sorted(
                repr([(c.name, row[c.name]) for c in sorted(table.c, key=lambda c: c.name) if (name, c.name) != but])
                for row in db.execute(table.select()).mappings()
            )
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return found


def plain_rows(uri, known):
    """The same without made-up ids and times.

    :param known: what an id is to be called, by that name
    """
    found = rows(uri, ())
    return {name: sorted(plain_value(row, known) for row in every) for name, every in found.items()}


if __name__ == "__main__":
    make(*sys.argv[1:])
    if sys.argv[1].startswith("sqlite:///"):
        print("\n".join(sqlite3.connect(sys.argv[1].removeprefix("sqlite:///")).iterdump()))
    else:
        kept = [line for line in dump(sys.argv[1], "--inserts") if not re.match(r"--|SET |SELECT pg_catalog.set_config", line)]
        print(re.sub(r"\n\n+", "\n\n", "\n".join(kept)).replace("public.", "").strip())
