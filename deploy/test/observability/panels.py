"""Draws the dashboards with what a Prometheus answers, a page each: to look at them where there is no Grafana.

Places, kinds, units and legends are those of the dashboards; colours and looks are not Grafana's.
"""

import html
import itertools
import math
import re
import time

COLOURS = ("#3274d9", "#e0752d", "#37872d", "#c4162a", "#8f3bb8", "#e0b400", "#1f9e9e", "#6e6e6e")
COLUMN, LINE, PLOT_SHARE = 60, 32, 0.62  # pixels of Grafana's grid; a legend takes what the plot leaves
AUTOMATIC, EVERYWHERE = "__auto", ("__name__", "instance", "job")
PAGE = """<!doctype html><meta charset=utf-8><title>{title}</title><style>
body{{font:12px sans-serif;background:#f4f5f5;margin:8px}} main{{position:relative}}
section{{position:absolute;background:#fff;border:1px solid #ddd;box-sizing:border-box;padding:6px;overflow:hidden}}
section.row{{background:none;border:0;font-weight:bold}} b.value{{font-size:28px}} h4{{margin:0 0 4px}}
i{{display:inline-block;width:10px;height:3px;margin:0 4px 3px 0}} .none{{color:#c4162a}} td{{padding-right:12px}}
</style><h2>{title}</h2><p>{description}</p><main style="height:{height}px">{panels}</main>"""


def page(dashboard, oracle, expression, seconds):
    """The page of one dashboard over the last seconds; `expression` fills in a dashboard's variables."""
    panels = dashboard["panels"]
    bottom = max(p["gridPos"]["y"] + p["gridPos"]["h"] for p in panels)
    drawn = "".join(_panel(panel, oracle, expression, seconds) for panel in panels)
    return PAGE.format(
        title=html.escape(dashboard["title"]), description=html.escape(dashboard["description"]), height=bottom * LINE, panels=drawn
    )


def _panel(panel, oracle, expression, seconds):
    place = panel["gridPos"]
    box = (
        f'left:{place["x"] * COLUMN}px;top:{place["y"] * LINE}px;'
        f'width:{place["w"] * COLUMN - 6}px;height:{place["h"] * LINE - 6}px'
    )
    title = html.escape(panel["title"])
    if panel["type"] == "row":
        return f'<section class=row style="{box}">{title}</section>'
    series = [found for target in panel["targets"] for found in _series(target, oracle, expression, seconds)]
    unit = panel["fieldConfig"]["defaults"].get("unit", "short")
    body = {"timeseries": _lines, "stat": _values, "bargauge": _values, "table": _values}[panel["type"]](series, unit, place)
    return f'<section style="{box}"><h4>{title}</h4>{body or "<p class=none>no data</p>"}</section>'


def _series(target, oracle, expression, seconds):
    now = time.time()
    asked = {"query": expression(target["expr"]), "start": now - seconds, "end": now, "step": max(1, seconds // 60)}
    for found in oracle.ask("query_range", **asked)["result"]:
        points = [(at, float(value)) for at, value in found["values"]]
        yield legend(target, found["metric"]), [(at, value) for at, value in points if math.isfinite(value)]


def legend(target, labels):
    """As Grafana fills `{{label}}`; a label that a series lacks is a fault of the dashboard."""
    text = target.get("legendFormat", AUTOMATIC)
    if text == AUTOMATIC:
        return ", ".join(f"{name}={value}" for name, value in labels.items() if name not in EVERYWHERE)
    missing = [name for name in re.findall(r"{{ *(\w+) *}}", text) if name not in labels]
    if missing:
        raise SystemExit(f"the legend '{text}' names {missing}, which {labels} does not have")
    return re.sub(r"{{ *(\w+) *}}", lambda found: labels[found[1]], text)


def _lines(series, unit, place):
    values = [value for _, points in series for _, value in points]
    if not values:
        return ""
    low, high = min([0, *values]), max(values)
    first, last = (edge(at for _, points in series for at, _ in points) for edge in (min, max))
    width, height = place["w"] * COLUMN - 90, place["h"] * LINE * PLOT_SHARE - 30
    drawn, names = "", ""
    for (name, points), colour in zip(series, itertools.cycle(COLOURS)):
        placed = " ".join(
            f"{width * (at - first) / (last - first or 1):.1f},{height - height * (value - low) / (high - low or 1):.1f}"
            for at, value in points
        )
        drawn += f'<polyline points="{placed}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
        shown = _number(points[-1][1], unit) if points else "no number"
        names += f'<div><i style="background:{colour}"></i>{html.escape(name)}: {shown}</div>'
    return (
        f'<div style="display:flex"><svg width="{width}" height="{height}" style="border:1px solid #eee">{drawn}</svg>'
        f'<div style="height:{height}px;padding-left:4px;position:relative"><div>{_number(high, unit)}</div>'
        f'<div style="position:absolute;bottom:0">{_number(low, unit)}</div></div></div>{names}'
    )


def _values(series, unit, _):
    last = [(name, points[-1][1]) for name, points in series if points]
    if len(last) == 1:
        return f'<b class=value>{_number(last[0][1], unit)}</b> {html.escape(last[0][0])}'
    return "<table>" + "".join(f"<tr><td>{html.escape(n)}<td>{_number(v, unit)}" for n, v in last) + "</table>" if last else ""


def _number(value, unit):
    if unit == "percentunit":
        return f"{100 * value:.3g} %"
    if unit == "bytes":
        return f"{value / 2**20:,.1f} MiB"
    if unit in ("s", "ms"):
        return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
    return f"{value:.4g}" + {"reqps": " /s", "ops": " /s"}.get(unit, "")
