"""Makes schemas/: JSON schemas of the kinds that deploy/kubernetes uses, for kubeconform, without any network.

    pip install kubernetes-validate==1.37.0 PyYAML
    go mod download github.com/prometheus-operator/prometheus-operator@v0.85.0 github.com/kserve/kserve@v0.15.2
    python3 make-schemas.py

Kubernetes' own come from the Python package kubernetes-validate (Apache-2.0), those of PodMonitor, PrometheusRule
and InferenceService from the custom resource definitions in the Go modules (Apache-2.0). Descriptions are left out; unknown fields are errors.
"""

import json
import pathlib
import subprocess

import kubernetes_validate
import yaml

VERSION = "v1.33.0-local-strict"
KINDS = [
    "configmap-v1", "cronjob-batch-v1", "deployment-apps-v1", "horizontalpodautoscaler-autoscaling-v2",
    "namespace-v1", "networkpolicy-networking-v1", "persistentvolumeclaim-v1",
    "poddisruptionbudget-policy-v1", "service-v1", "serviceaccount-v1",
]  # fmt: skip
CUSTOM = {
    "podmonitor-monitoring-v1": (
        "github.com/prometheus-operator/prometheus-operator@v0.85.0",
        "example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",
    ),
    "prometheusrule-monitoring-v1": (
        "github.com/prometheus-operator/prometheus-operator@v0.85.0",
        "example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml",
    ),
    "inferenceservice-serving-v1beta1": (
        "github.com/kserve/kserve@v0.15.2",
        "config/crd/full/serving.kserve.io_inferenceservices.yaml",
    ),
}
HERE = pathlib.Path(__file__).parent / "schemas"
PREFIX = "/api/_definitions.json#/$defs/"
DROPPED = {"description", "default", "examples", "example"}


def lean(node, in_properties=False):
    """Without prose and extensions; references point into the same file."""
    if isinstance(node, list):
        return [lean(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {}
    for key, value in node.items():
        if not in_properties and (key in DROPPED or key.startswith("x-kubernetes")):
            continue
        if key == "$ref" and isinstance(value, str):
            kept[key] = value.replace(PREFIX, "#/$defs/")
        else:
            kept[key] = lean(value, key in ("properties", "$defs") and not in_properties)
    return kept


def references(node):
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].removeprefix("#/$defs/")
        for value in node.values():
            yield from references(value)


def kubernetes(kind):
    folder = pathlib.Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema" / VERSION
    definitions = json.loads((folder / "_definitions.json").read_text())["$defs"]
    schema = lean(json.loads((folder / f"{kind}.json").read_text()))
    needed, open_names = {}, list(references(schema))
    while open_names:
        name = open_names.pop()
        if name not in needed:
            needed[name] = lean(definitions[name])
            open_names += references(needed[name])
    return {**schema, "$defs": dict(sorted(needed.items()))}


def strict(node):
    if isinstance(node, list):
        return [strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: strict(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict) and not node.get("x-kubernetes-preserve-unknown-fields"):
        result.setdefault("additionalProperties", False)
    if node.get("x-kubernetes-int-or-string"):
        result.pop("type", None)
        result["anyOf"] = [{"type": "integer"}, {"type": "string"}]
    return result


def custom(module, path):
    folder = json.loads(subprocess.check_output(["go", "mod", "download", "-json", module], cwd="/"))["Dir"]
    definition = yaml.safe_load((pathlib.Path(folder) / path).read_text())
    schema = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    schema["properties"]["metadata"] = {"type": "object"}
    return lean(strict(schema))


def write(name, schema):
    (HERE / f"{name}.json").write_text(json.dumps(schema, separators=(",", ":"), sort_keys=True) + "\n")


for kind in KINDS:
    write(kind, kubernetes(kind))
for name, source in CUSTOM.items():
    write(name, custom(*source))
