// Draws plots as SVG. What is drawn is text and numbers; colours come from the style sheet by class.
const SVG = "http://www.w3.org/2000/svg";
const LEFT = 62, RIGHT = 14, TOP = 10, BOTTOM = 34;
export const COLOURS = 10;

function node(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

export function number(value) {
  if (!Number.isFinite(value)) {
    return String(value);
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    return value.toExponential(3).replace(/\.?0+e/, "e");
  }
  return String(Number(value.toPrecision(6)));
}

export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 1) {
    return number(milliseconds) + " ms";
  }
  if (seconds < 120) {
    return number(Number(seconds.toPrecision(3))) + " s";
  }
  const minutes = seconds / 60;
  return minutes < 120 ? number(Number(minutes.toPrecision(3))) + " min" : number(Number((minutes / 60).toPrecision(3))) + " h";
}

export function clock(milliseconds) {
  return new Date(milliseconds).toISOString().replace("T", " ").slice(5, 19);
}

// MLflow keeps the infinities as the largest doubles, beside which nothing else would be seen.
const INFINITE = Number.MAX_VALUE / 4;

function finite(value) {
  return Math.abs(value) < INFINITE;
}

// Words have places too.
function placed(text) {
  return text !== null && text !== "NaN" && !(Math.abs(Number(text)) >= INFINITE);
}

// The range of values, never empty.
function range(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (value < low) { low = value; }
    if (value > high) { high = value; }
  }
  if (low > high) {
    return [0, 1];
  }
  if (low === high) {
    const room = Math.abs(low) / 2 || 0.5;
    return [low - room, high + room];
  }
  return [low, high];
}

// About so many round numbers between two.
function round(low, high, wanted) {
  const rough = (high - low) / wanted;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough) || power;
  const ticks = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9; tick += step) {
    ticks.push(Math.abs(tick) < step * 1e-9 ? 0 : tick);
  }
  return ticks;
}

function powers(low, high) {
  const first = Math.floor(Math.log10(low)), last = Math.ceil(Math.log10(high));
  const every = Math.max(1, Math.ceil((last - first) / 6));
  const ticks = [];
  for (let power = first; power <= last; power += every) {
    ticks.push(Math.pow(10, power));
  }
  const inside = ticks.filter((tick) => tick >= low && tick <= high);
  return inside.length > 1 ? inside : round(low, high, 4).filter((tick) => tick > 0);
}

// From values to places between two pixels.
function linear(values, from, to, wanted, format) {
  const [low, high] = range(values);
  const place = (value) => from + (to - from) * (value - low) / (high - low);
  return { place, low, high, ticks: round(low, high, wanted).map((value) => ({ value, text: format(value) })) };
}

function logarithmic(values, from, to) {
  const [low, high] = range(values.map(Math.log10)).map((power) => Math.pow(10, power));
  const first = Math.log10(low), last = Math.log10(high);
  const place = (value) => from + (to - from) * (Math.log10(value) - first) / (last - first);
  return { place, low, high, ticks: powers(low, high).map((value) => ({ value, text: number(value) })) };
}

// Words side by side; all numbers are a linear scale.
function categories(words, from, to) {
  const known = Array.from(new Set(words)).sort();
  const gap = (to - from) / (known.length + 1);
  const place = (word) => from + gap * (known.indexOf(word) + 1);
  const shown = Math.ceil(known.length / 12);
  return { place, ticks: known.filter((_, i) => i % shown === 0).map((word) => ({ value: word, text: cut(word, 16) })) };
}

function cut(text, most) {
  return text.length > most ? text.slice(0, most - 1) + "…" : text;
}

export function scaleOf(texts, from, to, wanted) {
  const present = texts.filter(placed);
  const numbers = present.map(Number);
  if (present.length > 0 && numbers.every(Number.isFinite)) {
    // learning rates and the like: 0.001 and 0.01 are as far apart as 0.01 and 0.1
    const wide = Math.min(...numbers) > 0 && Math.max(...numbers) / Math.min(...numbers) >= 100;
    const scale = wide ? logarithmic(numbers, from, to) : linear(numbers, from, to, wanted, number);
    return { ticks: scale.ticks, place: (text) => scale.place(Number(text)) };
  }
  return categories(present, from, to);
}

function canvas(figure, height, label) {
  figure.querySelectorAll("svg, .readout").forEach((old) => old.remove());
  const width = Math.max(220, Math.floor(figure.clientWidth));
  const svg = node("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label, tabindex: "0" });
  figure.append(svg);
  const readout = document.createElement("div");
  readout.className = "readout";
  readout.hidden = true;
  readout.setAttribute("aria-live", "polite");
  figure.append(readout);
  return { svg, readout, width, height };
}

function axes(svg, width, height, across, up, labels) {
  const bottom = height - BOTTOM;
  up.ticks.forEach((tick) => {
    const y = up.place(tick.value);
    svg.append(node("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y, y2: y }));
    svg.append(node("text", { class: "tick", x: LEFT - 7, y: y + 4, "text-anchor": "end" }, cut(tick.text, 10)));
  });
  across.ticks.forEach((tick) => {
    const x = across.place(tick.value);
    svg.append(node("line", { class: "grid", x1: x, x2: x, y1: TOP, y2: bottom }));
    svg.append(node("text", { class: "tick", x, y: bottom + 15, "text-anchor": "middle" }, tick.text));
  });
  svg.append(node("line", { class: "axis", x1: LEFT, x2: width - RIGHT, y1: bottom, y2: bottom }));
  if (labels && labels.across) {
    svg.append(node("text", { class: "tick name", x: (LEFT + width - RIGHT) / 2, y: height - 3, "text-anchor": "middle" }, labels.across));
  }
}

// A path with a gap wherever there is no value.
function path(points, across, up) {
  let text = "", pen = "M";
  for (const point of points) {
    if (point.y === null) {
      pen = "M";
      continue;
    }
    text += pen + across.place(point.x).toFixed(1) + " " + up.place(point.y).toFixed(1);
    pen = "L";
  }
  return text;
}

function visible(points, log) {
  return points.map((point) => ({ ...point, y: finite(point.y) && (!log || point.y > 0) ? point.y : null }));
}

// An exponential mean that begins at the first value, not at zero.
export function smooth(points, weight) {
  let sum = 0, counted = 0;
  return points.map((point) => {
    if (!finite(point.y)) {
      return point;
    }
    sum = sum * weight + (1 - weight) * point.y;
    counted = counted * weight + (1 - weight);
    return { ...point, y: sum / counted };
  });
}

// series: [{name, colour, points: [{x, y}]}], points by x
export function lines(figure, series, options) {
  const { svg, readout, width, height } = canvas(figure, options.height || 210, options.label);
  const drawn = series.map((one) => {
    const raw = visible(one.points, options.log);
    return { ...one, raw, shown: options.smooth > 0 ? visible(smooth(one.points, options.smooth), options.log) : raw };
  });
  const all = drawn.flatMap((one) => one.raw.filter((point) => point.y !== null));
  const values = drawn.flatMap((one) => (options.smooth > 0 && drawn.length > 3 ? one.shown : one.raw).filter((point) => point.y !== null).map((point) => point.y));
  const across = linear(all.map((point) => point.x), LEFT, width - RIGHT, Math.max(2, Math.floor(width / 110)), options.across);
  const up = (options.log ? logarithmic : linear)(values, height - BOTTOM, TOP, 4, number);
  axes(svg, width, height, across, up, { across: options.acrossName });
  drawn.forEach((one) => {
    const colour = "line s" + (one.colour % COLOURS);
    if (options.smooth > 0) {
      svg.append(node("path", { class: colour + " raw", d: path(one.raw, across, up) }));
    }
    svg.append(node("path", { class: colour, d: path(one.shown, across, up) }));
    if (one.raw.filter((point) => point.y !== null).length === 1) {
      const only = one.shown.find((point) => point.y !== null);
      svg.append(node("circle", { class: "dot s" + (one.colour % COLOURS), cx: across.place(only.x), cy: up.place(only.y), r: 3.5 }));
    }
  });
  hover(svg, readout, width, height, across, up, drawn, options);
}

function nearest(points, x) {
  let low = 0, high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle].x <= x) { low = middle; } else { high = middle; }
  }
  return points.length === 0 ? undefined : x - points[low].x <= points[high].x - x ? points[low] : points[high];
}

function hover(svg, readout, width, height, across, up, drawn, options) {
  const cross = node("line", { class: "cross", y1: TOP, y2: height - BOTTOM, x1: 0, x2: 0, visibility: "hidden" });
  const dots = drawn.map((one) => node("circle", { class: "dot s" + (one.colour % COLOURS), r: 3.5, visibility: "hidden" }));
  svg.append(cross, ...dots);
  const xs = Array.from(new Set(drawn.flatMap((one) => one.shown.map((point) => point.x)))).sort((a, b) => a - b);
  let at = -1;

  function show(index) {
    at = Math.max(0, Math.min(xs.length - 1, index));
    const x = xs[at];
    const place = across.place(x);
    cross.setAttribute("x1", place);
    cross.setAttribute("x2", place);
    cross.setAttribute("visibility", "visible");
    readout.replaceChildren();
    const head = document.createElement("b");
    head.textContent = options.acrossName + " " + options.across(x);
    readout.append(head);
    const rows = drawn.map((one, i) => ({ one, i, point: nearest(one.shown, x) })).filter((row) => row.point);
    rows.sort((a, b) => (b.point.y ?? -Infinity) - (a.point.y ?? -Infinity));
    dots.forEach((dot) => dot.setAttribute("visibility", "hidden"));
    rows.forEach(({ one, i, point }, place) => {
      if (point.y !== null) {
        dots[i].setAttribute("cx", across.place(point.x));
        dots[i].setAttribute("cy", up.place(point.y));
        dots[i].setAttribute("visibility", "visible");
      }
      if (place < 12) {
        const row = document.createElement("div");
        const key = document.createElement("span");
        key.className = "key s" + (one.colour % COLOURS);
        const name = document.createElement("span");
        name.className = "who-is";
        name.textContent = one.name;
        const value = document.createElement("span");
        value.className = "value";
        value.textContent = point.y === null ? "no number" : number(point.y);
        row.append(key, name, value);
        readout.append(row);
      }
    });
    readout.hidden = false;
    readout.classList.toggle("at-left", place > width / 2);
  }

  function hide() {
    readout.hidden = true;
    cross.setAttribute("visibility", "hidden");
    dots.forEach((dot) => dot.setAttribute("visibility", "hidden"));
  }

  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const share = ((event.clientX - box.left) * width / box.width - LEFT) / (width - RIGHT - LEFT);
    const x = across.low + share * (across.high - across.low);
    const found = nearest(xs.map((each) => ({ x: each })), x);
    if (found) {
      show(xs.indexOf(found.x));
    }
  });
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("blur", hide);
  svg.addEventListener("keydown", (event) => {
    const last = xs.length - 1;
    const from = at < 0 ? xs.length : at;
    const to = { ArrowLeft: from - 1, ArrowRight: at + 1, PageUp: from - 10, PageDown: at + 10, Home: 0, End: last }[event.key];
    if (to !== undefined && last >= 0) {
      event.preventDefault();
      show(to);
    } else if (event.key === "Escape") {
      hide();
    }
  });
}

// runs: [{name, href, colour}], xs and ys: a text or null for each
export function scatter(figure, runs, xs, ys, labels) {
  const { svg, readout, width, height } = canvas(figure, 320, labels.up + " against " + labels.across);
  const across = scaleOf(xs, LEFT, width - RIGHT, Math.max(2, Math.floor(width / 110)));
  const up = scaleOf(ys, height - BOTTOM, TOP, 5);
  axes(svg, width, height, across, up, labels);
  runs.forEach((run, i) => {
    if (!placed(xs[i]) || !placed(ys[i])) {
      return;
    }
    const link = node("a", { href: run.href, "aria-label": `${run.name}: ${labels.across} ${xs[i]}, ${labels.up} ${ys[i]}` });
    const dot = node("circle", { class: "dot s" + (i % COLOURS), cx: across.place(xs[i]), cy: up.place(ys[i]), r: 5.5 });
    const tell = () => {
      readout.textContent = `${run.name} · ${labels.across} ${xs[i]} · ${labels.up} ${ys[i]}`;
      readout.hidden = false;
    };
    link.addEventListener("pointerenter", tell);
    link.addEventListener("focus", tell);
    link.addEventListener("pointerleave", () => { readout.hidden = true; });
    link.append(dot);
    svg.append(link);
  });
}

// columns: [{name, values}], one upright axis each
export function parallel(figure, runs, columns) {
  const { svg, readout, width, height } = canvas(figure, 340, "Params and metrics of all runs");
  const gap = (width - 2 * LEFT) / Math.max(1, columns.length - 1);
  const scales = columns.map((column) => scaleOf(column.values, height - BOTTOM, TOP + 14, 5));
  columns.forEach((column, i) => {
    const x = LEFT + gap * i;
    svg.append(node("line", { class: "axis", x1: x, x2: x, y1: TOP + 14, y2: height - BOTTOM }));
    svg.append(node("text", { class: "tick name", x, y: height - 10, "text-anchor": i === 0 ? "start" : i === columns.length - 1 ? "end" : "middle" }, cut(column.name, Math.max(6, Math.floor(gap / 7)))));
    scales[i].ticks.forEach((tick) => svg.append(node("text", { class: "tick", x: x - 5, y: scales[i].place(tick.value) + 4, "text-anchor": "end" }, cut(tick.text, 9))));
  });
  runs.forEach((run, r) => {
    const places = columns.map((column, i) => {
      const value = column.values[r];
      return { x: i, y: placed(value) ? scales[i].place(value) : null };
    });
    const drawn = node("path", { class: "line across s" + (r % COLOURS), d: path(places, { place: (i) => LEFT + gap * i }, { place: (y) => y }) });
    drawn.addEventListener("pointerenter", () => {
      readout.textContent = run.name;
      readout.hidden = false;
      drawn.classList.add("hot");
    });
    drawn.addEventListener("pointerleave", () => {
      readout.hidden = true;
      drawn.classList.remove("hot");
    });
    svg.append(drawn);
  });
}
