// Draws the params and metrics of several runs against each other.
import { scatter, parallel } from "./plot.js";

const MOST_AXES = 10;

document.querySelectorAll("[data-compare]").forEach((section) => {
  const values = JSON.parse(section.dataset.compare);
  const fields = [
    ...Object.entries(values.params).map(([name, list]) => ({ key: "params." + name, name, group: "Params", list })),
    ...Object.entries(values.metrics).map(([name, list]) => ({ key: "metrics." + name, name, group: "Metrics", list })),
  ];
  const metrics = fields.filter((field) => field.group === "Metrics");
  if (values.runs.length < 2 || metrics.length === 0) {
    return;
  }
  const kind = section.querySelector("[data-kind]");
  const across = section.querySelector("[data-across]");
  const up = section.querySelector("[data-up]");
  const figure = section.querySelector("[data-drawing]");
  section.hidden = false;
  fill(across, fields);
  fill(up, fields);
  const differing = fields.filter(differs);
  across.value = (differing.find((field) => field.group === "Params") || fields[0]).key;
  up.value = (differing.find((field) => field.group === "Metrics") || metrics[0]).key;
  section.addEventListener("input", draw);
  let width = 0;
  new ResizeObserver(() => {
    if (section.clientWidth !== width) {
      width = section.clientWidth;
      draw();
    }
  }).observe(section);

  function fill(select, list) {
    for (const label of ["Params", "Metrics"]) {
      const group = document.createElement("optgroup");
      group.label = label;
      list.filter((field) => field.group === label).forEach((field) => group.append(new Option(field.name, field.key)));
      if (group.children.length > 0) {
        select.append(group);
      }
    }
  }
  function differs(field) {
    return new Set(field.list).size > 1;
  }
  function draw() {
    const side = kind.value === "parallel";
    section.querySelectorAll("[data-axis]").forEach((label) => { label.hidden = side; });
    if (side) {
      const chosen = differing.filter((field) => field.group === "Params").slice(0, MOST_AXES - 4);
      const results = differing.filter((field) => field.group === "Metrics").slice(0, MOST_AXES - chosen.length);
      const shown = [...chosen, ...results];
      parallel(figure, values.runs, (shown.length > 1 ? shown : fields.slice(0, MOST_AXES)).map((field) => ({ name: field.name, values: field.list })));
      return;
    }
    const x = fields.find((field) => field.key === across.value);
    const y = fields.find((field) => field.key === up.value);
    scatter(figure, values.runs, x.list, y.list, { across: x.name, up: y.name });
  }
});
