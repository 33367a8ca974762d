// The night as a relay: a lane for each account with its utilization over time, a
// bar under whoever is live, an arrow for each swap, hatching where nothing was
// left; and, after now, the plan. Each lane is named, so no colour has to be
// learnt; the slider reads out any moment.

import { h, svg } from "./dom.js";
import { thresholdOf, time } from "./parts.js";
import { at, count, hourOf, now, onDay, percent, shortNames } from "./words.js";

export const ranges = {
  "12 h": { hours: 12, ahead: 6 }, "24 h": { hours: 24, ahead: 8 },
  "7 d": { hours: 168, ahead: 0 }, "30 d": { hours: 720, ahead: 0 },
};
const windows = { five_hour: "5 h", seven_day: "7 d" };

/** What is chosen to be shown. */
export const choice = { range: "12 h", window: "five_hour", moment: null, all: false };

/** Above so many, only those where something happened have a lane. */
const mostLanes = 12;

export const rangeMilliseconds = () => ranges[choice.range].hours * 3600e3;

export const readingsPath = () => {
  const since = new Date(now() - rangeMilliseconds());
  // To the minute, so that polls within it are the same question.
  since.setUTCSeconds(0, 0);
  return `/readings?since=${since.toISOString()}&window=${choice.window}&points=360`;
};

const radios = (name, legend, options, chosen) => h("fieldset", { class: "segments" },
  h("legend", { class: "hidden" }, legend),
  Object.entries(options).map(([value, label]) => h("label", {},
    h("input", { type: "radio", name, value, checked: value === chosen }),
    h("span", {}, label))));

export const choices = () => h("form", { class: "row" },
  radios("window", "Which window", windows, choice.window),
  radios("range", "How far back", Object.fromEntries(Object.keys(ranges).map((one) => [one, one])),
    choice.range));

/** Those that carried the work, will, or whose window moved. */
const lanesOf = ({ accounts, history, plan, readings }) => {
  const all = accounts.accounts;
  if (choice.all || all.length <= mostLanes) return all;
  const busy = new Set(plan?.segments.map((one) => one.email));
  for (const { at, from, to } of history.rotations)
    if (Date.parse(at) > Date.parse(readings.since)) busy.add(from).add(to);
  for (const { email, utilization } of readings.accounts)
    if (Math.max(...utilization) - Math.min(...utilization) >= 1) busy.add(email);
  return all.filter((one) => one.live || busy.has(one.email));
};

/** Where things are, in pixels. */
const layout = (values, width) => {
  const { readings } = values;
  const lanes = lanesOf(values);
  // Everything grows with the letters.
  const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 15;
  const [axis, top] = [22 * unit, 16 * unit];
  const isNarrow = width < 560;
  const label = isNarrow ? 0 : Math.min(170 * unit, width * 0.2);
  const height = (lanes.length <= 4 ? 76 : lanes.length <= 10 ? 52 : 30) * unit;
  const from = Date.parse(readings.since);
  const to = now();
  const end = to + Math.min(ranges[choice.range].ahead * 3600e3, (to - from) / 2);
  const plot = width - label - 1;
  return {
    lanes, isNarrow, unit, axis, top, label, height, from, to, end, width, plot,
    step: readings.stepSeconds * 1000,
    total: top + lanes.length * height + axis,
    x: (instant) => label + Math.max(0, Math.min(1, (instant - from) / (end - from))) * plot,
    laneTop: (index) => top + index * height,
    y: (index, utilization) => top + index * height + 6
      + (height - 14) * (1 - Math.min(100, utilization) / 100),
    base: (index) => top + (index + 1) * height - 8,
  };
};

/** A lane's readings as stretches: broken where nothing was told, and where the
 *  window reset before the next reading. Held until the reset, or until now.
 *  Of steps longer than half an hour it is the highest that are joined. */
const stretches = (series, place) => {
  const all = [];
  let open = null;
  const { seconds, utilization, resetSeconds } = series;
  for (let i = 0; i < seconds.length; i += 1) {
    const instant = place.from + seconds[i] * 1000;
    if (utilization[i] === null) { open = null; continue; }
    if (!open) all.push(open = []);
    open.push([instant, utilization[i]]);
    const next = i + 1 < seconds.length ? place.from + seconds[i + 1] * 1000 : place.to;
    const isJoined = place.step > 1800e3 && next - instant <= 2 * place.step;
    const isTold = !isJoined && resetSeconds[i] !== null;
    const reset = isTold ? place.from + resetSeconds[i] * 1000 : Infinity;
    if (reset <= next || i + 1 === seconds.length) {
      open.push([Math.max(instant, Math.min(reset, next)), utilization[i]]);
      open = null;
    }
  }
  return all;
};

const curve = (index, series, place) => {
  let line = "";
  let area = "";
  for (const points of stretches(series, place)) {
    const drawn = points.map(([instant, used]) =>
      `${place.x(instant).toFixed(1)} ${place.y(index, used).toFixed(1)}`).join("L");
    line += `M${drawn}`;
    area += `M${place.x(points[0][0]).toFixed(1)} ${place.base(index)}L${drawn}`
      + `L${place.x(points.at(-1)[0]).toFixed(1)} ${place.base(index)}Z`;
  }
  return [svg("path", { class: "area", d: area }), svg("path", { class: "line", d: line })];
};

/** Who was live when: [email, from, to], oldest first. */
const carriers = (values, place) => {
  const swaps = values.history.rotations.filter((one) => Date.parse(one.at) > place.from).reverse();
  const spans = [];
  let who = swaps.length ? swaps[0].from : values.accounts.live;
  // Before the first reading nobody looked.
  const read = values.readings.accounts.map((one) => place.from + one.seconds[0] * 1000);
  let since = Math.min(place.to, ...read, ...swaps.slice(0, 1).map((one) => Date.parse(one.at)));
  for (const swap of swaps) {
    spans.push([who, since, Date.parse(swap.at)]);
    [who, since] = [swap.to, Date.parse(swap.at)];
  }
  spans.push([who, since, place.to]);
  return spans.filter(([email]) => email !== null);
};

const laneOf = (place, email) => place.lanes.findIndex((one) => one.email === email);

const liveBars = (values, place) => carriers(values, place).map(([email, from, to]) => {
  const index = laneOf(place, email);
  if (index < 0) return null;
  const [left, right] = [place.x(from), place.x(to)];
  return [
    svg("rect", { class: "carried", x: left, y: place.laneTop(index),
      width: Math.max(1, right - left),
      height: place.height }),
    svg("rect", { class: "bar", x: left, y: place.base(index), width: Math.max(1.5, right - left),
      height: 5 * place.unit,
      rx: 1.5 }),
  ];
});

const planned = (plan, place) => (place.end > place.to ? plan?.segments ?? [] : []).map((one) => {
  const [from, to] = [Math.max(place.to, Date.parse(one.from)),
    Math.min(place.end, Date.parse(one.to))];
  if (to <= from) return null;
  const [left, width] = [place.x(from), place.x(to) - place.x(from)];
  if (one.email === null) return svg("rect", { class: "stall planned", x: left, y: place.top, width,
    height: place.total - place.top - place.axis },
      svg("title", {}, `Expected: every account at its threshold from ${at(from)}`));
  const index = laneOf(place, one.email);
  return index >= 0 && svg("rect", { class: "bar planned", x: left, y: place.base(index), width,
    height: 5 * place.unit,
    rx: 1.5 }, svg("title", {}, `Expected: ${one.email} from ${at(from)} to ${at(to)}`));
});

const swapMarks = (values, place) => {
  const swaps = values.history.rotations.filter((one) => Date.parse(one.at) > place.from);
  const isCrowded = swaps.length > 120;
  return swaps.map((swap) => {
    const [from, to] = [laneOf(place, swap.from), laneOf(place, swap.to)];
    if (to < 0) return null;
    const x = place.x(Date.parse(swap.at)).toFixed(1);
    const [start, tip] = [place.base(from < 0 ? to : from) + 2.5, place.base(to) + 2.5];
    const point = tip >= start ? -6 : 6;
    return svg("g", { class: isCrowded ? "swap-mark crowd" : "swap-mark" },
      svg("title", {}, `${at(swap.at)}: ${swap.sentence}`),
      svg("path", { d: `M${x} ${start}V${tip}` }),
      !isCrowded && svg("path", { class: "tip", d: `M${x} ${tip}l-4 ${point}h8z` }));
  });
};

const stalls = (readings, place) => readings.stalls.map((one) => {
  const [from, to] = [Date.parse(one.from), one.to ? Date.parse(one.to) : place.to];
  const left = place.x(from);
  return svg("rect", { class: "stall", x: left, y: place.top,
    width: Math.max(2, place.x(to) - left), height: place.total - place.top - place.axis },
  svg("title", {}, `Stalled: nothing left from ${at(from)} to ${at(to)}`));
});

const steps = [1, 2, 3, 6, 12, 24, 48, 120, 168].map((hours) => hours * 3600e3);

const ticks = (place) => {
  const room = place.plot / (74 * place.unit);
  const step = steps.find((one) => (place.end - place.from) / one <= room) ?? steps.at(-1);
  const zone = new Date(place.from).getTimezoneOffset() * 60e3;
  const marks = [];
  const first = Math.ceil((place.from - zone) / step) * step + zone;
  for (let instant = first; instant < place.end; instant += step) {
    const x = place.x(instant);
    if (x > place.width - 26 * place.unit || x < place.label + 14 * place.unit) continue;
    marks.push(svg("path",
      { class: "grid", d: `M${x.toFixed(1)} ${place.top}V${place.total - place.axis}` }),
      svg("text", { class: "tick", x, y: place.total - 6 * place.unit },
        step >= 24 * 3600e3 ? onDay(instant) : hourOf(instant)));
  }
  return marks;
};

const lane = (account, index, place, values, short) => {
  const series = values.readings.accounts.find((one) => one.id === account.id);
  const y = place.y(index, thresholdOf(account, values.optIn)).toFixed(1);
  const middle = place.laneTop(index) + (place.isNarrow ? 14 * place.unit : place.height / 2 + 4);
  return [
    svg("path", { class: "rule", d: `M0 ${place.laneTop(index)}H${place.width}` }),
    svg("path", { class: "threshold", d: `M${place.label} ${y}H${place.width}` }),
    series && curve(index, series, place),
    svg("text", { class: account.live ? "name live" : "name", x: place.isNarrow ? 4 : 0,
      y: middle },
      `${account.live ? "● " : ""}${short(account.email)}`),
  ];
};

const summary = (values, place) => {
  const swaps = values.history.rotations.filter((one) => Date.parse(one.at) > place.from).length;
  const stalled = values.readings.stalls.length;
  return `Utilization of the ${windows[choice.window]} window of ${count(place.lanes.length, "account")} over the last `
    + `${choice.range}: ${count(swaps, "swap")}, ${stalled ? count(stalled, "stall") : "no stall"}. `
    + "The slider below reads out any moment; the swaps are listed after it.";
};

/** What each account was at at a moment. */
const readOut = (values, place, moment) => {
  const short = shortNames(place.lanes.map((one) => one.email));
  const live = carriers(values, place).find(([, from, to]) => moment >= from && moment <= to)?.[0];
  const levels = values.readings.accounts.map((series) => {
    const span = stretches(series, place)
      .find((points) => points[0][0] <= moment && points.at(-1)[0] >= moment);
    const point = span?.findLast(([instant]) => instant <= moment);
    return { email: series.email, used: point?.[1] };
  });
  const shown = levels.length <= 6 ? levels : levels.filter((one) => one.email === live);
  return shown.map(({ email, used }) =>
    `${email === live ? "● " : ""}${short(email)} ${used === undefined ? "unknown" : percent(used)}`).join(" · ")
    || "nothing read";
};

export const momentText = (values, width) => textAt(values, layout(values, width));

const textAt = (values, place) => {
  const moment = choice.moment ?? place.to;
  return `${at(moment)}: ${readOut(values, place, moment)}`;
};

export const momentAt = (values, width, x) => {
  const place = layout(values, width);
  const share = (x - place.label) / place.plot;
  return Math.min(place.to, Math.max(place.from, place.from + share * (place.end - place.from)));
};

const hatch = svg("defs", {},
  svg("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse",
  patternTransform: "rotate(45)" }, svg("path", { d: "M0 0V7" })));

export const timeline = (values, width) => {
  const place = layout(values, width);
  const short = shortNames(place.lanes.map((one) => one.email));
  const swaps = values.history.rotations.filter((one) => Date.parse(one.at) > place.from);
  const moment = choice.moment ?? place.to;
  const nowX = place.x(place.to);
  const cursor = place.x(moment).toFixed(1);
  const spoken = textAt(values, place);
  return [
    h("figure", {},
      svg("svg", { class: "night", role: "img", "aria-label": summary(values, place), width,
        height: place.total, viewBox: `0 0 ${width} ${place.total}` },
      hatch.cloneNode(true), ticks(place), liveBars(values, place), stalls(values.readings, place),
        planned(values.plan, place),
      place.lanes.map((one, index) => lane(one, index, place, values, short)),
        swapMarks(values, place),
      place.end > place.to && [
        svg("path", { class: "now",
          d: `M${nowX.toFixed(1)} ${place.top - 4}V${place.total - place.axis}` }),
        svg("text", { class: "ahead", x: nowX + 4, y: 11 * place.unit }, "expected →")],
      choice.moment
        && svg("path", { class: "cursor", d: `M${cursor} ${place.top}V${place.total - place.axis}` })),
      h("div", { class: "scrub", style: { "padding-left": `${place.label}px`,
        "padding-right": `${Math.max(0, place.width - nowX)}px` } },
      h("input", { id: "moment", type: "range", "aria-label": "Moment",
        min: Math.round(place.from / 60e3), max: Math.round(place.to / 60e3),
        step: Math.max(1, Math.round((place.to - place.from) / 60e3 / 240)),
        "aria-valuetext": spoken })),
      h("figcaption", { class: "soft", id: "moment-text" }, spoken)),
    h("ul", { class: "plain legend soft", "aria-label": "Legend" },
      h("li", {}, h("span", { class: "key bar" }), "live"),
        h("li", {}, h("span", { class: "key dash" }), "threshold"),
      h("li", {}, h("span", { class: "key arrow" }, "▼"), "swap"),
      h("li", {}, h("span", { class: "key hatch" }), "stall: nothing left"),
      place.end > place.to && h("li", {}, h("span", { class: "key bar planned" }), "expected")),
    values.accounts.accounts.length > mostLanes && h("p", { class: "row soft" },
      choice.all ? ""
        : `${count(values.accounts.accounts.length - place.lanes.length, "account")} at rest not shown. `,
      h("button", { class: "swap", "data-do": "all-lanes" },
        choice.all ? "Only those at work" : "Show every account")),
    swaps.length > 0 && h("details", { class: "swaps" },
      h("summary", {}, `${count(swaps.length, "swap")} in this time`),
      h("ol", { class: "plain" }, swaps.slice(0, 50).map((swap) => h("li", { "data-key": swap.id },
        h("span", { class: "when" }, time(swap.at)),
        h("span", {}, h("strong", {}, `${swap.from ? short(swap.from) : "?"} → ${short(swap.to)}`),
          ` ${swap.sentence}`)))),
      swaps.length > 50
        && h("p", { class: "soft" }, `and ${swaps.length - 50} before; GET /history has all.`)),
  ];
};
