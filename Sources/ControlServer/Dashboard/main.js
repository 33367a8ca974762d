// The page: draws what is known whenever that changes, and keeps countdowns true
// in between. Every view is a function of what the service said.

import { controls, wire } from "./actions.js";
import { accountCards } from "./accounts.js";
import { decisionList, takeDecisions } from "./decisions.js";
import { byId, h, show } from "./dom.js";
import { glance, loginList, nudgeList } from "./glance.js";
import { known, refresh, start } from "./service.js";
import { choice, choices, momentAt, momentText, rangeMilliseconds, readingsPath,
  timeline } from "./timeline.js";
import { ago, duration, until } from "./words.js";

const { values, problems } = known;

const trouble = (...names) => names.filter((name) => problems[name]).map((name) =>
  h("p", { class: "notice warn" }, `▲ /${name} could not be read: ${problems[name].message}`));

const nightWidth = () => Math.max(280, byId("night").clientWidth);

const drawNight = () => {
  if (!values.readings || !values.history || !values.accounts || !values.optIn) {
    const all = trouble("readings", "history");
    show(byId("night"), all.length ? all : h("p", { class: "soft" }, "Reading…"));
    return;
  }
  // Until what was chosen has come, the picture is of what was shown before.
  const shown = Date.parse(values.readings.at) - Date.parse(values.readings.since);
  const isOther = values.readings.window !== choice.window
    || Math.abs(shown - rangeMilliseconds()) > rangeMilliseconds() * 0.4;
  byId("night").setAttribute("aria-busy", String(isOther));
  performance.mark("night");
  show(byId("night"), trouble("readings", "history"),
    values.accounts.accounts.length
      ? timeline(values, nightWidth())
      : h("p", { class: "soft" }, "Nothing yet."));
  performance.measure("night-drawn", "night");
  if (byId("moment") && !choice.moment) byId("moment").value = byId("moment").max;
};

let lastDecisions;

const draw = () => {
  showLink();
  byId("lock").hidden = known.link.state !== "locked";
  if (!values.accounts || !values.optIn) return;
  if (values.decisions
    && values.decisions !== lastDecisions) takeDecisions(lastDecisions = values.decisions);
  document.title = `${values.optIn.enabled ? "" : "(off) "}${values.accounts.live ?? "nobody"} is live · Account rotator`;
  show(byId("controls"), controls(values));
  show(byId("glance"), glance(values));
  show(byId("nudges"), nudgeList(values.nudges?.nudges ?? []));
  show(byId("logins"), loginList(known.logins));
  show(byId("accounts"), trouble("plan"), accountCards(values));
  show(byId("decisions"), trouble("decisions"), decisionList());
  drawNight();
  if (values.health) show(byId("footer"),
    h("p", {}, `rotator ${values.health.version}, process ${values.health.pid} · `,
    h("a", { href: "/openapi.yaml" }, "API"), " · times are this browser's"));
  if (!performance.getEntriesByName("drawn").length) performance.mark("drawn");
};

const showLink = () => {
  const { state, since } = known.link;
  const isGone = state === "gone";
  document.body.classList.toggle("stale", isGone);
  const looked = values.health?.lastTickAt;
  const how = { events: "● following", polling: "◔ asking every 5 s", locked: "locked",
    gone: "▲ not answering" };
  show(byId("link"), how[state] ?? "Connecting…",
    looked && !isGone && state !== "locked"
      && [" · looked ", h("span", { "data-count": "ago", "data-at": looked }, ago(looked))]);
  show(byId("outage"), isGone && h("div", { class: "notice bad" },
    h("p", {}, h("strong", {}, "▲ The service does not answer"), " since ",
      new Date(since).toLocaleTimeString([], { hour12: false }),
        h("span", { id: "outage-for", "aria-hidden": "true" }),
      ". What is shown is what it said last. This page goes on by itself when it is back: ",
      h("code", {}, "rotator serve"), ", or the next heartbeat, starts it."),
    h("button", { "data-do": "retry" }, "Try now")));
};

/** Once a second: what counts up or down, and nothing else. */
const tick = () => {
  for (const node of document.querySelectorAll("[data-count]")) {
    const iso = node.dataset.at ?? node.getAttribute("datetime");
    const text = node.dataset.count === "ago" ? ago(iso) : until(iso);
    if (node.textContent !== text) node.textContent = text;
  }
  const outage = byId("outage-for");
  if (outage) outage.textContent = ` (${duration((Date.now() - known.link.since) / 1000)})`;
};

const setMoment = (moment) => {
  choice.moment = moment;
  drawNight();
  const slider = byId("moment");
  if (!slider) return;
  if (moment) slider.value = Math.round(moment / 60e3);
  const text = momentText(values, nightWidth());
  slider.setAttribute("aria-valuetext", text);
  byId("moment-text").textContent = text;
};

wire();
document.addEventListener("redraw", draw);
byId("night").addEventListener("input", (event) => {
  if (event.target.id === "moment") setMoment(Number(event.target.value) * 60e3);
});
byId("night").addEventListener("pointermove", (event) => {
  const picture = event.target.closest(".night");
  if (picture && event.pointerType === "mouse")
    setMoment(momentAt(values, nightWidth(), event.clientX - picture.getBoundingClientRect().left));
});
byId("night").addEventListener("pointerleave", () => setMoment(null));
show(byId("night-choices"), choices());
byId("night-choices").addEventListener("change", (event) => {
  choice[event.target.name] = event.target.value;
  choice.moment = null;
  drawNight();
  refresh("readings");
});
let width = 0;
new ResizeObserver(() => {
  if (nightWidth() === width) return;
  width = nightWidth();
  if (values.readings) drawNight();
}).observe(byId("night"));
setInterval(tick, 1000);
start(draw, readingsPath);
