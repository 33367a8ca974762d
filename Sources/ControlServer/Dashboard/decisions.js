// What was decided and why: one line for an unbroken run of the same, which opens
// to the sentence about every account.

import { h } from "./dom.js";
import { time } from "./parts.js";
import { count, fates, outcomes, percent, windowName } from "./words.js";

/** Newest first, merged over the pages that were seen. */
let seen = [];
let isRead = false;
let next = null;
const most = 2000;

export const takeDecisions = (page) => {
  isRead = true;
  const ids = new Set(page.decisions.map((one) => one.id));
  const isFirst = seen.length === 0;
  seen = [...page.decisions, ...seen.filter((one) => !ids.has(one.id))]
    .sort((a, b) => b.id - a.id).slice(0, most);
  if (isFirst || page.next !== null && page.next < (next ?? Infinity)) next = page.next;
  if (page.next === null && page.decisions.at(-1)?.id === seen.at(-1)?.id) next = null;
};

export const nextPage = () => next;

/** Runs of the same outcome for the same reason, newest first. */
const runs = () => {
  const all = [];
  for (const decision of seen) {
    const last = all.at(-1);
    if (last?.newest.outcome === decision.outcome && last.newest.reason === decision.reason
      && !["rotated", "failed"].includes(decision.outcome)) {
      last.oldest = decision;
      last.looks += decision.repeats;
    } else all.push({ newest: decision, oldest: decision, looks: decision.repeats });
  }
  return all;
};

const consideration = (one) => h("li", {},
  h("span", { class: `badge ${one.outcome === "live" || one.outcome === "chosen" ? "accent" : ""}` },
    fates[one.outcome] ?? one.outcome),
  h("span", {}, h("span", { class: "soft" }, one.email,
    one.tightest && ` · ${windowName(one.tightest)} ${percent(one.tightest.utilization)}`),
      h("br"), one.sentence));

const run = ({ newest, oldest, looks }) => {
  const { sign, word } = outcomes[newest.outcome] ?? { sign: "•", word: newest.outcome };
  return h("li", { "data-key": oldest.id }, h("details", { class: `decision ${newest.outcome}` },
    h("summary", {},
      h("span", { class: "when" }, looks > 1 && [time(oldest.at), " – "], time(newest.lastAt)),
      h("span", { class: "outcome" }, h("span", { "aria-hidden": "true" }, sign), ` ${word}`),
      h("span", { class: "sentence" }, newest.sentence,
        looks > 1 && h("span", { class: "soft" }, ` ${count(looks, "look")}.`))),
    newest.considerations.length
      ? h("ul", { class: "plain considered" }, newest.considerations.map(consideration))
      : h("p", { class: "soft" }, "No account was looked at."),
    h("p", { class: "soft" }, newest.tick === null ? "Not a tick" : `Tick ${newest.tick}`,
      `, by ${newest.trigger}, for the reason `, h("code", {}, newest.reason),
      newest.earliestReset && ["; the earliest reset that helps is at ",
        time(newest.earliestReset)], ".")));
};

export const decisionList = () => {
  if (!seen.length) return h("p", { class: "soft" },
    isRead ? "None yet. The first tick makes one." : "Not read yet.");
  return [
    h("ol", { class: "plain decisions" }, runs().map(run)),
    next !== null && h("button", { "data-do": "older" }, "Show older decisions"),
  ];
};
