// The four questions of somebody who looks up from a coffee: who is live, how
// much is left, what happened tonight, what must I do. And the nudges, which
// answer the last one.

import { h } from "./dom.js";
import { command, counted, meter, passed, thresholdOf, time } from "./parts.js";
import { count, duration, now, percent, shortNames, windowName } from "./words.js";

const tile = (key, title, ...content) =>
  h("div", { class: `tile ${key}`, "data-key": key }, h("h2", {}, title), content);

export const glance = (values) => {
  const { accounts, optIn, plan, history, nudges, readings, decisions, pause } = values;
  const live = accounts.accounts.find((one) => one.live);
  return [
    tile("live", "Live now", liveNow(live, accounts, history, decisions)),
    tile("left", "How much is left", left(live, optIn, plan)),
    tile("tonight", "The last 12 hours", tonight(accounts, history, readings, optIn, pause)),
    tile("you", "What needs you", needs(nudges, optIn)),
  ];
};

const liveNow = (live, accounts, history, decisions) => {
  if (!live) return [
    h("p", { class: "big" }, accounts.accounts.length ? "Not known" : "No account yet"),
    h("p", {}, accounts.accounts.length
      ? "Nobody has looked since the service began, or Claude Code is signed out."
      : "Sign in with /login in Claude Code; how to go on is below."),
  ];
  const last = history?.rotations[0];
  const cameIn = last?.to === live.email ? last : null;
  const said = decisions?.decisions.find((one) => one.considerations.length);
  const why = said?.considerations.find((one) => one.email === live.email)?.sentence;
  return [
    h("p", { class: "big name", title: live.email }, live.email),
    cameIn
      ? [h("p", {}, "Since ", time(cameIn.at), " ",
        h("span", { class: "soft" }, "(", passed(cameIn.at), ")")),
        h("p", { class: "soft" }, cameIn.sentence)]
      : h("p", {}, why ?? "It has been live since before the history begins."),
  ];
};

const left = (live, optIn, plan) => {
  const tightest = live?.usage.tightest;
  const window = live?.usage.windows.find((one) => one.name === tightest?.name);
  return [
    tightest
      ? [h("p", { class: "big" }, percent(100 - Math.ceil(tightest.utilization)),
        h("span", { class: "unit" }, ` of ${windowName(tightest)}`)),
      meter(window ?? tightest, thresholdOf(live, optIn), live.email),
      window?.resetsAt && h("p", { class: "soft" }, "Resets ", counted(window.resetsAt), ", ",
        time(window.resetsAt), ".")]
      : h("p", { class: "big" }, "Unknown"),
    plan && h("p", {}, lasting(plan)),
  ];
};

/** How long everybody together lasts. */
const lasting = (plan) => {
  const { earliest, likely, latest } = plan.dryAt;
  if (plan.lasts === "unknown") return "No forecast: too little is known yet.";
  if (plan.lasts === "yes") return ["All accounts together last ",
    h("strong", {}, "past ", time(plan.until)), "."];
  const span = likely ?? earliest ?? latest;
  if (!span) return ["All accounts together may not last until ", time(plan.until), "."];
  return [
    h("strong", {}, plan.lasts === "no" ? "All are full about " : "All may be full about ",
      time(span)),
    earliest && latest && earliest !== latest && [" (", time(earliest), " to ", time(latest), ")"],
    plan.firstResetAfter && [", the next reset is at ", time(plan.firstResetAfter)], ".",
  ];
};

const tonight = (accounts, history, readings, optIn, pause) => {
  if (!accounts.accounts.length) return [h("p", { class: "big" }, "Nothing yet")];
  if (!history || !readings) return [h("p", { class: "big" }, "Not read yet")];
  const since = now() - 12 * 3600e3;
  const swaps = history.rotations.filter((one) => Date.parse(one.at) >= since);
  const stalls = readings.stalls.map((one) => [
    Math.max(since, Date.parse(one.from)), one.to ? Date.parse(one.to) : now()])
    .filter(([from, to]) => to > since && to >= from);
  const stalled = stalls.reduce((sum, [from, to]) => sum + to - from, 0) / 1000;
  const short = shortNames(accounts.accounts.map((one) => one.email));
  const last = swaps[0];
  return [
    h("p", { class: "big" }, swaps.length ? count(swaps.length, "swap") : "No swap"),
    h("p", { class: stalls.length ? "bad" : "" }, stalls.length
      ? `▲ ${count(stalls.length, "stall")}, ${duration(stalled)} with nothing left`
      : "✓ No stall: there was always something left"),
    last && h("p", { class: "soft" }, "Last at ", time(last.at),
      `: ${last.from ? short(last.from) : "?"} → ${short(last.to)}`),
    !optIn.enabled && h("p", { class: "soft" }, "○ Rotation is off: nothing happens by itself."),
    optIn.enabled && pause?.paused && h("p", { class: "warn" }, "◔ Swaps are paused",
      pause.until ? [" until ", time(pause.until)] : "", "."),
  ];
};

const needs = (nudges, optIn) => {
  if (!nudges) return [h("p", { class: "big" }, "Not read yet")];
  const all = nudges.nudges;
  if (!all.length) return [h("p", { class: "big ok" }, "✓ Nothing"),
    h("p", {}, optIn.enabled ? "Go back to sleep."
    : "But rotation is off; the switch is at the top.")];
  return [
    h("p", { class: "big warn" }, "▲ ", count(all.length, "thing")),
    h("p", {}, h("a", { href: "#nudges" }, all[0].message)),
  ];
};

/** How long the end of a sign-in is shown. */
const loginShown = 600e3;

/** What /events told of sign-ins since the page was opened. */
export const loginList = (logins) => [...logins.values()]
  .filter((one) => !["stored", "failed"].includes(one.state)
    || Date.parse(one.changedAt) > now() - loginShown)
  .map((one) => h("div", { class: `notice ${one.state === "failed" ? "warn" : ""}`,
    "data-key": one.email },
  h("p", {}, one.state === "stored" ? "✓ " : one.state === "failed" ? "▲ " : "◔ ",
    "Sign-in to ", h("strong", {}, one.email), `: ${one.detail} `,
    h("span", { class: "soft", "aria-hidden": "true" }, "(", passed(one.changedAt), ")"))));

const severities = { critical: "▲ Critical", warning: "▲ Warning", info: "ℹ Note" };

export const nudgeList = (nudges) => nudges.length === 0 ? [] : [
  h("h2", { id: "nudges-title" }, "What needs you"),
  h("ul", { class: "plain nudges" }, nudges.map((one) => h(
    "li", { class: `notice ${one.severity === "info" ? "" : one.severity === "critical" ? "bad" : "warn"}`,
      "data-key": `${one.code} ${one.email ?? "-"}` },
    h("p", {}, h("strong", { class: "severity" }, severities[one.severity] ?? one.severity), " ",
      one.message),
    h("p", { class: "row" },
      one.command && command(one.command),
      h("span", { class: "soft" }, "since ", time(one.since)),
      h("button", { "data-do": "acknowledge", "data-code": one.code, "data-email": one.email ?? "-",
        "aria-label": `Silence until it worsens: ${one.message}` }, "Silence until it worsens")))))
];
