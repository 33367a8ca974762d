// What several views show alike: a meter, a moment, a command.

import { h } from "./dom.js";
import { ago, at, exactly, now, percent, spokenWindow, until } from "./words.js";

/** Percent from which an account is not taken and is left. */
export const thresholdOf = (account, optIn) =>
  Math.min(optIn?.threshold ?? 100, 100 - (account?.policy.reservePercent ?? 0));

const levelOf = (utilization, threshold) =>
  utilization >= threshold ? "full" : utilization >= threshold - 15 ? "near" : "calm";

/** WAI-ARIA's meter; what is not known is no meter and never empty. */
export const meter = (window, threshold, of) => {
  const used = window.utilization;
  const name = `${spokenWindow(window)} of ${of}`;
  if (used === null || used === undefined)
    return h("div", { class: "meter unknown", role: "img", "aria-label": `${name}: not known` });
  const resets = window.resetsAt ? `, resets ${until(window.resetsAt)}` : "";
  return h("div", {
    class: `meter ${levelOf(used, threshold)}`, role: "meter", "aria-label": name,
      "aria-valuemin": 0,
    "aria-valuemax": 100, "aria-valuenow": Math.min(100, Math.floor(used)),
    "aria-valuetext": `${percent(used)} used${used >= threshold ? ", at its threshold" : ""}${resets}`,
    style: { "--used": `${Math.min(100, used)}%`, "--threshold": `${threshold}%` },
  }, h("span", { class: "fill" }), threshold < 100 && h("span", { class: "mark" }));
};

/** When a window begins anew; one that did has told nothing since. */
export const reset = (iso) => Date.parse(iso) > now() ? ["resets ", counted(iso)] : "has reset";

export const command = (text) => h("span", { class: "command" }, h("code", {}, text),
  h("button", { "data-do": "copy", "data-text": text, "aria-label": `Copy ${text}` }, "Copy"));

/** A moment, read as local time; the whole of it on hover. */
export const time = (iso) => h("time", { datetime: iso, title: exactly(iso) }, at(iso));
/** What is to come, counted down; `tick` in main.js keeps it true. */
export const counted = (iso) => h("time",
  { datetime: iso, title: exactly(iso), "data-count": "until" }, until(iso));
export const passed = (iso) => h("time",
  { datetime: iso, title: exactly(iso), "data-count": "ago" }, ago(iso));
