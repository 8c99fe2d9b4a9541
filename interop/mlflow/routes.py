"""Prints every method and path of the installed mlflow's server; `tracking/.../http/mlflow-routes.txt` is made by it.

    python routes.py > ../../tracking/src/main/resources/io/mlopscore/tracking/http/mlflow-routes.txt

A path under /api that is under /ajax-api too is printed once. `{name}` is one segment, `{+name}` one or more.
"""

import re

import mlflow
from mlflow.server import app as flask_app
from mlflow.server.fastapi_app import app
from mlflow.server.mcp_server_api import get_mcp_server_api_route_prefixes, mcp_server_router


def flask_routes():
    for rule in flask_app.url_map.iter_rules():
        path = re.sub(r"<path:(\w+)>", r"{+\1}", rule.rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            yield method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)


def fastapi_routes():
    for included in app.routes:
        router = getattr(included, "original_router", None)
        prefixes = get_mcp_server_api_route_prefixes() if router is mcp_server_router else [""]
        for route in router.routes if router else []:
            for method in route.methods:
                for prefix in prefixes:
                    yield method, prefix + re.sub(r"{(\w+):path}", r"{+\1}", route.path)


def routes():
    every = set(flask_routes()) | set(fastapi_routes())
    return {(m, p) for m, p in every if (m, p.replace("/ajax-api/", "/api/", 1)) == (m, p) or
            (m, p.replace("/ajax-api/", "/api/", 1)) not in every}


def lines():
    return ["%s %s" % (method, path) for path, method in sorted((p, m) for m, p in routes())]


if __name__ == "__main__":
    print("# mlflow %s, printed by interop/mlflow/routes.py; what is under /api is under /ajax-api too" % mlflow.__version__)
    print("\n".join(lines()))
