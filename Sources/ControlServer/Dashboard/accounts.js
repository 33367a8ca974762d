// One card per account: its windows as meters, when they reset, how fast it goes
// and until when, and how well its slot is.

import { h } from "./dom.js";
import { command, counted, meter, passed, reset, thresholdOf, time } from "./parts.js";
import { now, onDay, percent, slotStates, usageStates, windowName } from "./words.js";

const gauge = (window, threshold, of) => h("div",
  { class: "gauge", "data-key": windowName(window) },
  h("span", { class: "label" }, windowName(window)),
  meter(window, threshold, of),
  h("span", { class: "value" }, window.utilization === null ? "unknown"
    : percent(window.utilization),
    window.utilization >= threshold && h("span", { class: "bad", title: "at its threshold" },
      " ▲")),
  h("span", { class: "reset soft" }, window.resetsAt ? reset(window.resetsAt)
    : window.utilization === null ? "" : "no reset told"));

const reach = ({ earliest, likely, latest }) => {
  const spread = earliest && latest && earliest !== latest;
  return [likely ? ["about ", time(likely)] : ["at ", time(earliest), " at the earliest"],
    likely && spread && h("span", { class: "soft" }, " (", time(earliest), " to ", time(latest),
      ")")];
};

const forecastOf = (account, plan) => {
  const own = plan?.accounts.find((one) => one.email === account.email);
  if (!own) {
    const why = plan?.unknown.find((one) => one.email === account.email)?.reason;
    return { until: why ? `none: ${why.replaceAll("-", " ")}` : "none yet", burn: null };
  }
  const soonest = ({ thresholdAt }) => thresholdAt.likely ?? thresholdAt.earliest;
  const [first] = own.windows.filter(soonest)
    .sort((a, b) => soonest(a).localeCompare(soonest(b)));
  const expected = first && (Date.parse(soonest(first)) <= now()
    ? `${windowName(first)} is at its threshold`
    : [windowName(first), " at its threshold ", reach(first.thresholdAt)]);
  return {
    until: expected ?? "not before its windows reset",
    burn: own.windows[0]?.pointsPerHour,
  };
};

const burn = ({ low, likely, high }) => likely < 0.05 && high < 0.05
  ? "nothing is burned" : [`${likely.toFixed(1)} points an hour `,
    h("span", { class: "soft" }, `(${low.toFixed(1)} to ${high.toFixed(1)})`)];

const slotOf = ({ slot }) => {
  if (!slot) return h("span", { class: "warn" }, "▲ none: sign in with /login");
  const isWell = slot.state === "usable";
  return [
    h("span", { class: isWell ? "" : "warn" }, isWell ? "✓ " : "▲ ", slotStates[slot.state]
      ?? slot.state),
    slot.kind === "setup-token" ? ", a setup token" : slot.canRefresh ? ", renews itself"
      : ", cannot renew itself",
    slot.accessTokenExpiresAt && h("span", { class: "soft" }, ", token until ",
      time(slot.accessTokenExpiresAt)),
  ];
};

const loginOf = ({ slot }) => {
  if (!slot?.loginExpiresAt) return "no deadline told";
  const isSoon = Date.parse(slot.loginExpiresAt) - now() < 7 * 86400e3;
  return h("span", { class: isSoon ? "warn" : "" }, isSoon && "▲ ", "ends ",
    onDay(slot.loginExpiresAt), ", ",
    counted(slot.loginExpiresAt));
};

const extraOf = ({ usage: { extra } }) => {
  if (!extra?.enabled) return null;
  const isSaid = extra.usedMinor !== null && extra.decimalPlaces !== null;
  return isSaid
    ? `${(extra.usedMinor / 10 ** extra.decimalPlaces).toFixed(extra.decimalPlaces)} ${extra.currency ?? ""} spent`
    : "on";
};

const fact = (term, what) => what && [h("dt", {}, term), h("dd", {}, what)];

const swapButton = ({ id, email }) => h("button",
  { class: "swap", "data-do": "ask-swap", "data-id": id },
  "Swap to this account", h("span", { class: "hidden" }, `: ${email}`));

const card = (account, { optIn, plan }, isOpen) => {
  const threshold = thresholdOf(account, optIn);
  const { email, policy, usage } = account;
  const forecast = forecastOf(account, plan);
  const kind = (account.rateLimitTier ?? account.plan ?? "").replace(/^default_claude_|^claude_/,
    "").replaceAll("_", " ");
  return h("li", { class: account.live ? "card live" : "card", "data-key": account.id },
    h("div", { class: "top" },
      h("h3", { title: email }, email),
      account.live && h("span", { class: "badge accent" }, "● live"),
      policy.hold && h("span", { class: "badge" }, "held"),
      policy.reservePercent > 0
        && h("span", { class: "badge" }, `${policy.reservePercent} % in reserve`),
      kind && h("span", { class: "soft plan" }, kind)),
    usage.windows.length ? usage.windows.map((one) => gauge(one, threshold, email))
      : h("p", { class: "soft" }, `Usage: ${usageStates[usage.status] ?? usage.status}.`),
    h("details", { open: isOpen },
      h("summary", {}, "Forecast, slot and login", h("span", { class: "hidden" }, ` of ${email}`)),
      h("dl", {},
        fact("Forecast", forecast.until),
        fact("Burn", forecast.burn && burn(forecast.burn)),
        fact("Slot", slotOf(account)),
        fact("Login", loginOf(account)),
        fact("Extra usage", extraOf(account)),
        fact("Last read", [usage.readAt ? passed(usage.readAt) : "never",
          !["known", "never-read"].includes(usage.status) && h("span", { class: "warn" },
            ` ▲ ${usageStates[usage.status] ?? usage.status}`)])),
      !isOpen && !account.live && swapButton(account)),
    isOpen && !account.live && swapButton(account));
};

/** Many cards come folded. */
const foldedFrom = 9;

export const accountCards = (values) => {
  const { accounts } = values.accounts;
  if (!accounts.length) return h("div", { class: "notice" },
    h("p", {}, "No account is known yet. Sign in to the first with ", h("code", {}, "/login"),
      " in Claude Code and file it; then sign in to the next. Rotation needs at least two."),
    h("p", { class: "row" }, command("rotator capture")));
  const isMany = accounts.length >= foldedFrom;
  return h("ul", { class: `plain cards${isMany ? " many" : ""}` },
    accounts.map((one) => card(one, values, !isMany)));
};
