"""An OpenAPI 3 document of what a tracking server answers, from the descriptors of the installed mlflow.

    python openapi.py > openapi.json
"""

import json
import re

from google.protobuf.descriptor import FieldDescriptor as Field
from mlflow.protos import databricks_pb2, mlflow_artifacts_pb2, model_registry_pb2, service_pb2, webhooks_pb2

FILES = (service_pb2, model_registry_pb2, mlflow_artifacts_pb2, webhooks_pb2)
WHOLE = {"type": "integer", "format": "int64"}
TEXT = {"type": "string"}
SIMPLE = {
    Field.CPPTYPE_BOOL: {"type": "boolean"},
    Field.CPPTYPE_DOUBLE: {"type": "number"},
    Field.CPPTYPE_FLOAT: {"type": "number"},
    Field.CPPTYPE_STRING: TEXT,
}
# Messages that JSON has words of its own for.
KNOWN = {
    "google.protobuf.Struct": {"type": "object"},
    "google.protobuf.Value": {},
    "google.protobuf.ListValue": {"type": "array", "items": {}},
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.Duration": {"type": "string", "format": "duration"},
}
OTLP = {
    "type": "object",
    "properties": {
        "resourceSpans": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "resource": {"type": "object"},
                    "scopeSpans": {"type": "array", "items": {"$ref": "#/components/schemas/otlp.ScopeSpans"}},
                },
            },
        }
    },
}
OTLP_SCOPE = {
    "type": "object",
    "properties": {
        "scope": {"type": "object"},
        "spans": {"type": "array", "items": {"$ref": "#/components/schemas/otlp.Span"}},
    },
}
OTLP_SPAN = {
    "type": "object",
    "properties": {
        "traceId": TEXT,
        "spanId": TEXT,
        "parentSpanId": TEXT,
        "name": TEXT,
        "kind": WHOLE,
        "startTimeUnixNano": WHOLE,
        "endTimeUnixNano": WHOLE,
        "attributes": {"type": "array", "items": {"$ref": "#/components/schemas/otlp.Attribute"}},
        "status": {"type": "object", "properties": {"code": WHOLE, "message": TEXT}},
    },
}
OTLP_ATTRIBUTE = {"type": "object", "properties": {"key": TEXT, "value": {"type": "object"}}}


def document(users=False):
    """:param users: whether the calls about users are asked too"""
    schemas = {"otlp.ScopeSpans": OTLP_SCOPE, "otlp.Span": OTLP_SPAN, "otlp.Attribute": OTLP_ATTRIBUTE}
    paths = {}
    for method, path, message in calls():
        if message.full_name not in schemas:
            add(message, schemas)
        put(paths, method, path, operation(method, path, message, schemas))
    for method, path, fields in by_hand():
        put(paths, method, path, {"parameters": query(fields) + in_path(path)})
    put(paths, "POST", "/v1/traces", {"requestBody": body(OTLP)})
    for method, path, fields in about_users() if users else ():
        schema = {"type": "object", "properties": dict.fromkeys(fields, TEXT)}
        put(paths, method, path, {"parameters": query(schema["properties"])} if method == "GET" else {"requestBody": body(schema)})
    info = {"title": "mlops server", "version": "1"}
    return {"openapi": "3.0.3", "info": info, "paths": paths, "components": {"schemas": schemas}}


def calls():
    for file in FILES:
        for service in file.DESCRIPTOR.services_by_name.values():
            for rpc in service.methods:
                for endpoint in rpc.GetOptions().Extensions[databricks_pb2.rpc].endpoints:
                    path = re.sub(r"<path:(\w+)>", r"{\1}", endpoint.path)
                    yield endpoint.method, "/api/%d.0/%s" % (endpoint.since.major, path.lstrip("/")), rpc.input_type


def by_hand():
    """What mlflow has no descriptor for, and what is ours."""
    text = dict.fromkeys
    yield "GET", "/health", {}
    yield "GET", "/version", {}
    yield "GET", "/metrics", {}
    yield "GET", "/get-artifact", text(("run_id", "path"), TEXT)
    yield "GET", "/model-versions/get-artifact", text(("name", "version", "path"), TEXT)
    yield "GET", "/api/3.0/mlflow/server-info", {}
    yield "POST", "/ajax-api/2.0/mlflow/upload-artifact", text(("run_uuid", "path"), TEXT)
    yield "GET", "/ajax-api/2.0/mlflow/logged-models/{model_id}/artifacts/files", text(("artifact_file_path",), TEXT)
    history = {"run_id": {"type": "array", "items": TEXT}, "metric_key": TEXT, "max_results": WHOLE}
    yield "GET", "/ajax-api/2.0/mlflow/metrics/get-history-bulk", history
    yield "GET", "/ajax-api/2.0/mlflow/get-trace-artifact", text(("request_id", "path"), TEXT)
    yield "HEAD", "/api/2.0/mlflow-artifacts/artifacts/{artifact_path}", {}
    yield "GET", "/api/mlops/v1/events", text(("run_id", "experiment_id", "registry"), TEXT)


def about_users():
    two, three = "/api/2.0/mlflow/users/", "/api/3.0/mlflow/"
    granted = ("username", "resource_type", "resource_id", "permission")
    yield "GET", two + "get", ("username",)
    yield "GET", two + "current", ()
    yield "GET", two + "list", ()
    yield "POST", two + "create", ("username", "password")
    yield "PATCH", two + "update-password", ("username", "password", "current_password")
    yield "PATCH", two + "update-admin", ("username", "is_admin")
    yield "DELETE", two + "delete", ("username",)
    for call, method in (("get", "GET"), ("list", "GET"), ("grant", "POST"), ("revoke", "POST")):
        yield method, three + "users/permissions/" + call, granted
    yield "GET", three + "users/current/permissions", ()
    yield "GET", three + "users/roles/list", ("username",)
    for call, method in (("create", "POST"), ("get", "GET"), ("list", "GET"), ("update", "PATCH"), ("delete", "DELETE"), ("assign", "POST"),
                         ("unassign", "DELETE"), ("users/list", "GET"), ("permissions/add", "POST"), ("permissions/remove", "DELETE"),
                         ("permissions/list", "GET"), ("permissions/update", "PATCH")):  # fmt: skip
        yield method, three + "roles/" + call, ("role_id", "name", "workspace", "username", "resource_type", "resource_pattern", "permission")


def operation(method, path, message, schemas):
    if method == "GET":
        names = re.findall(r"{([^}]+)}", path)
        fields = {f.name: field(f, schemas) for f in message.fields if f.name not in names}
        return {"operationId": message.name, "parameters": query(fields) + in_path(path)}
    reference = {"$ref": "#/components/schemas/" + message.full_name}
    return {"operationId": message.name, "parameters": in_path(path), "requestBody": body(reference)}


def put(paths, method, path, found):
    paths.setdefault(path, {})[method.lower()] = found | {"responses": {"default": {"description": "any"}}}


def body(schema):
    return {"content": {"application/json": {"schema": schema}}}


def query(fields):
    return [{"name": name, "in": "query", "schema": schema} for name, schema in fields.items()]


def in_path(path):
    return [{"name": n, "in": "path", "required": True, "schema": TEXT} for n in re.findall(r"{([^}]+)}", path)]


def add(message, schemas):
    schemas[message.full_name] = found = {"type": "object", "properties": {}}
    for f in message.fields:
        found["properties"][f.name] = field(f, schemas)


def field(f, schemas):
    if f.message_type and f.message_type.GetOptions().map_entry:
        return {"type": "object", "additionalProperties": single(f.message_type.fields_by_name["value"], schemas)}
    schema = single(f, schemas)
    return {"type": "array", "items": schema} if f.is_repeated else schema


def single(f, schemas):
    if f.enum_type:
        return {"type": "string", "enum": [value.name for value in f.enum_type.values]}
    if not f.message_type:
        return SIMPLE.get(f.cpp_type, WHOLE)
    name = f.message_type.full_name
    if name in KNOWN:
        return KNOWN[name]
    if name not in schemas:
        add(f.message_type, schemas)
    return {"$ref": "#/components/schemas/" + name}


if __name__ == "__main__":
    print(json.dumps(document(), indent=1))
