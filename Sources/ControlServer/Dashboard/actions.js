// What a person can do here: turn rotation on and off, pause it, look now, make
// an account live, silence a nudge. Each says in one line what came of it.

import { byId, h, show } from "./dom.js";
import { nextPage, takeDecisions } from "./decisions.js";
import { meter, thresholdOf, time } from "./parts.js";
import { again, known, older, order, refresh, setToken } from "./service.js";
import { choice } from "./timeline.js";
import { count, percent, windowName } from "./words.js";

export const controls = ({ optIn, pause }) => [
  h("button", { id: "on", role: "switch", "aria-checked": String(optIn.enabled),
    "data-do": "toggle",
    title: optIn.message }, h("span", { class: "knob", "aria-hidden": "true" }),
  `Rotation ${optIn.enabled ? "on" : "off"}`),
  pause?.paused
    ? h("button", { "data-do": "resume" }, "Resume", pause.until
      && [" (paused until ", time(pause.until), ")"])
    : h("button", { "data-do": "ask-pause", "aria-haspopup": "dialog" }, "Pause…"),
  h("button", { "data-do": "tick" }, "Tick now"),
];

let silence;
export const say = (text, isBad = false) => {
  clearTimeout(silence);
  show(byId("said"), h("p", { class: isBad ? "bad" : "" }, isBad ? "▲ " : "", text));
  silence = setTimeout(() => show(byId("said")), isBad ? 20_000 : 8_000);
};

const meaning = (error) => error.status ? error.message
  : "the service does not answer; nothing was changed that is known of";

/** Does one thing at a time with a button, and says what went wrong. */
const doing = async (button, what, work) => {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    await work();
  } catch (error) {
    say(`${what}: ${meaning(error)}`, true);
    if (!error.status) again();
  } finally {
    button.removeAttribute("aria-disabled");
  }
};

const account = (id) => known.values.accounts.accounts.find((one) => one.id === id);

const askSwap = (target, refusal) => {
  if (!target) return say("That account is no longer known.", true);
  const live = known.values.accounts.accounts.find((one) => one.live);
  const tightest = target.usage.tightest;
  show(byId("swap"),
    h("h2", { id: "swap-title" }, `Make ${target.email} live?`),
    h("p", {}, live
      ? `Claude Code goes on with it instead of ${live.email}, whose credential is saved first.`
      : "Claude Code goes on with it.", " Every session loses its prompt cache once."),
    tightest
      ? [h("p", {}, `Its ${windowName(tightest)} window is at ${percent(tightest.utilization)}.`),
        meter(tightest, thresholdOf(target, known.values.optIn), target.email)]
      : h("p", { class: "warn" }, "▲ How much it has left is not known."),
    refusal && h("p", { class: "notice bad", role: "alert" }, "▲ ", refusal.message, "."),
    h("p", { class: "row end" },
      h("button", { "data-do": "close" }, "Cancel"),
      h("button", { class: refusal ? "danger" : "primary", "data-do": "swap", "data-id": target.id,
        "data-force": refusal?.code === "target-unusable" },
      refusal?.code === "target-unusable" ? "Swap all the same" : "Swap")));
  if (!byId("swap").open) byId("swap").showModal();
};

const swap = async (target, force) => {
  try {
    const decision = await order("PUT", "/live", { email: target.id, force });
    byId("swap").close();
    say(decision.sentence);
    refresh();
  } catch (error) {
    if (!error.status) throw error;
    askSwap(target, error);
  }
};

const pauses = [[1800, "30 minutes"], [3600, "1 hour"], [4 * 3600, "4 hours"],
  [0, "Until I resume"]];

const askPause = () => {
  show(byId("pause"),
    h("h2", { id: "pause-title" }, "Pause swaps"),
    h("p", {}, "Ticks go on looking and backing up; nothing is swapped by itself. Your own swap still works."),
    h("div", { class: "choices" }, pauses.map(([seconds, label]) =>
      h("button", { "data-do": "pause", "data-seconds": seconds }, label))),
    h("p", { class: "row end" }, h("button", { "data-do": "close" }, "Cancel")));
  byId("pause").showModal();
};

const work = {
  toggle: (button) => doing(button, "Rotation was not switched", async () => {
    const enabled = button.getAttribute("aria-checked") !== "true";
    known.values.optIn = await order("PUT", "/opt-in", { enabled });
    say(known.values.optIn.message);
    await refresh();
  }),
  tick: (button) => doing(button, "No tick", async () => {
    const tick = await order("POST", "/tick");
    say(`Tick ${tick.tick}: ${tick.decision.sentence}`);
    await refresh();
  }),
  resume: (button) => doing(button, "Still paused", async () => {
    known.values.pause = await order("DELETE", "/pause");
    say("Swaps are no longer paused.");
    await refresh();
  }),
  pause: (button) => doing(button, "Not paused", async () => {
    const forSeconds = Number(button.dataset.seconds);
    known.values.pause = await order("PUT", "/pause", forSeconds ? { forSeconds } : {});
    byId("pause").close();
    say("Swaps are paused.");
    await refresh();
  }),
  "ask-pause": askPause,
  "ask-swap": (button) => askSwap(account(button.dataset.id)),
  swap: (button) => doing(button, "Not swapped", () =>
    swap(account(button.dataset.id), "force" in button.dataset)),
  close: (button) => button.closest("dialog").close(),
  acknowledge: (button) => doing(button, "Not silenced", async () => {
    const { code, email } = button.dataset;
    await order("POST", `/nudges/${code}/${encodeURIComponent(email)}/acknowledge`);
    await refresh("nudges");
    const rest = known.values.nudges.nudges.length;
    say(`Silent until it worsens. ${rest ? `${count(rest,
      "thing")} left.` : "Nothing else needs you."}`);
    byId("main").focus({ preventScroll: true });
  }),
  copy: async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.text);
      say(`Copied: ${button.dataset.text}`);
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
      say("The browser forbids copying; the command is selected.", true);
    }
  },
  older: (button) => doing(button, "No older decisions", async () => {
    takeDecisions(await older(nextPage()));
    document.dispatchEvent(new Event("redraw"));
  }),
  "all-lanes": () => {
    choice.all = !choice.all;
    document.dispatchEvent(new Event("redraw"));
  },
  retry: () => again(),
};

export const wire = () => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) work[button.dataset.do]?.(button);
  });
  byId("lock").addEventListener("submit", (event) => {
    event.preventDefault();
    setToken(byId("token").value);
    byId("token").value = "";
  });
};
