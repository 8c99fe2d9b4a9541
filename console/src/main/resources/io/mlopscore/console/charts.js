// Draws the metrics of one run, or of several over each other. Points are asked for when a chart comes into
// sight, at most so many of each run however many there are, and again when the server tells of new ones.
import { lines, number, duration, clock } from "./plot.js";

const MOST_POINTS = 1000;
const PAUSE = 1500; // milliseconds between two readings of points, however many are logged

document.querySelectorAll("[data-charts]").forEach(charts);

function charts(section) {
  const runs = JSON.parse(section.dataset.runs);
  const tools = section.querySelector("[data-tools]");
  const figures = Array.from(section.querySelectorAll("[data-metric]"));
  const kept = new Map(); // points by metric
  const seen = new Set();
  const together = document.createElement("figure");
  together.className = "plot card wide together";
  together.hidden = true;
  section.querySelector(".plots").prepend(together);
  tools.hidden = false;
  restore();

  const sight = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (entry.isIntersecting) {
      seen.add(entry.target);
      draw(entry.target);
    }
  }), { rootMargin: "200px" });
  figures.forEach((figure) => sight.observe(figure));
  let width = section.clientWidth;
  new ResizeObserver(() => {
    if (section.clientWidth !== width) {
      width = section.clientWidth;
      redraw();
    }
  }).observe(section);
  tools.addEventListener("input", () => {
    remember();
    redraw();
  });
  let due;
  document.addEventListener("mlops:changed", () => {
    due = due || setTimeout(() => {
      due = undefined;
      kept.clear();
      redraw();
    }, PAUSE);
  });
  redraw();

  function setting(name) {
    return tools.querySelector(`[data-${name}]`);
  }
  function options(label) {
    const along = setting("x").value;
    return {
      label: label + (along === "step" ? " by step" : " by time"),
      log: setting("log").checked,
      smooth: Number(setting("smooth").value),
      across: along === "step" ? number : along === "time" ? duration : clock,
      acrossName: along === "step" ? "step" : "time",
    };
  }
  // What was chosen holds for the next run that is looked at too.
  function remember() {
    const chosen = { x: setting("x").value, log: setting("log").checked, smooth: setting("smooth").value };
    try { sessionStorage.setItem("mlops.charts", JSON.stringify(chosen)); } catch (_) { /* without memory it works as well */ }
  }
  function restore() {
    try {
      const chosen = JSON.parse(sessionStorage.getItem("mlops.charts") || "{}");
      setting("x").value = chosen.x || "step";
      setting("log").checked = Boolean(chosen.log);
      setting("smooth").value = chosen.smooth || "0";
    } catch (_) { /* the usual settings */ }
  }
  function wanted() {
    const part = (setting("find")?.value || "").toLowerCase();
    return figures.filter((figure) => figure.dataset.metric.toLowerCase().includes(part));
  }
  function redraw() {
    setting("smoothed").value = setting("smooth").value;
    const shown = new Set(wanted());
    const one = Boolean(setting("together")?.checked);
    together.hidden = !one;
    figures.forEach((figure) => { figure.hidden = one || !shown.has(figure); });
    if (one) {
      drawTogether(Array.from(shown).slice(0, 10));
    } else {
      figures.filter((figure) => !figure.hidden && seen.has(figure)).forEach(draw);
    }
  }
  async function draw(figure) {
    const metric = figure.dataset.metric;
    try {
      const points = await histories(metric);
      const series = runs.map((run, i) => ({ name: run.name, colour: i, points: along(points.get(run.id) || []) })).filter((one) => one.points.length > 0);
      lines(figure, series, options(metric));
      figure.dataset.drawn = "yes";
    } catch (problem) {
      say(figure, problem);
    }
  }
  async function drawTogether(chosen) {
    try {
      const all = await Promise.all(chosen.map((figure) => histories(figure.dataset.metric)));
      const series = chosen.flatMap((figure, m) => runs.map((run, r) => ({
        name: runs.length > 1 ? `${figure.dataset.metric} of ${run.name}` : figure.dataset.metric,
        colour: runs.length > 1 ? m * runs.length + r : m,
        points: along(all[m].get(run.id) || []),
      }))).filter((one) => one.points.length > 0);
      lines(together, series, { ...options("Metrics"), height: 360 });
    } catch (problem) {
      say(together, problem);
    }
  }
  function say(figure, problem) {
    const text = figure.querySelector(".failed") || document.createElement("p");
    text.className = "failed empty";
    text.textContent = "The points could not be read (" + problem.message + ").";
    figure.append(text);
  }
  function histories(metric) {
    if (!kept.has(metric)) {
      kept.set(metric, ask(metric));
    }
    return kept.get(metric);
  }
  async function ask(metric) {
    const query = new URLSearchParams();
    runs.forEach((run) => query.append("run_ids", run.id));
    query.set("metric_key", metric);
    query.set("max_results", MOST_POINTS);
    const answer = await fetch(section.dataset.points + "?" + query, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error("status " + answer.status);
    }
    const points = new Map(runs.map((run) => [run.id, []]));
    for (const point of (await answer.json()).metrics || []) {
      points.get(point.run_id)?.push({ step: Number(point.step || 0), time: Number(point.timestamp), y: Number(point.value) });
    }
    return points;
  }
  function along(points) {
    const kind = setting("x").value;
    if (kind === "step") {
      return points.map((point) => ({ x: point.step, y: point.y }));
    }
    const begin = kind === "time" ? Math.min(...points.map((point) => point.time)) : 0;
    return points.map((point) => ({ x: point.time - begin, y: point.y })).sort((a, b) => a.x - b.x);
  }
}
