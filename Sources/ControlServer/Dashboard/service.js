// What the service says, kept fresh: asked for once, again where /events says
// that it changed, and every few seconds where there are no events. Asks with
// the entity-tag it knows. Knows nothing of the page.

import { hearTime } from "./words.js";

const paths = {
  health: "/health", optIn: "/opt-in", pause: "/pause", accounts: "/accounts", nudges: "/nudges",
  plan: "/plan", decisions: "/decisions?limit=50", history: "/history?limit=500", readings: null,
};
const everything = Object.keys(paths);

/** What costs the service more than a look at its picture; asked for when the accounts changed. */
const costly = ["plan", "readings"];
const cheap = everything.filter((name) => !costly.includes(name));
/** Each is drawn before the next is asked for: the present, the past, what costs. */
const past = ["decisions", "history"];
const stages = [cheap.filter((name) => !past.includes(name)), past, costly];

/** What an event of /events makes stale. */
const stale = {
  decision: ["decisions", "health"], rotation: ["history", "accounts"],
  accounts: ["accounts"], "nudge-raised": ["nudges"],
  "nudge-cleared": ["nudges"], "nudge-acknowledged": ["nudges"],
  "opt-in": ["optIn", "health", "pause"], pause: ["pause", "optIn"], login: [], reset: everything,
};

const pollEvery = 5_000;
const pollBesideEvents = 60_000;
const answerWithin = 15_000;

/** The last answer of each path, a problem where the newest was one, what /events
 *  said last of each account's sign-in, and how the service is reached:
 *  `connecting`, `events`, `polling`, `gone`, `locked`. */
export const known = { values: {}, problems: {}, logins: new Map(),
  link: { state: "connecting", since: Date.now() } };

let listener = () => {};
let readingsPath = () => "/readings";
const tags = new Map();
const texts = new Map();
const wanted = new Set();
let asking = null;
let hasEvents = false;
let lastEvent = null;
let wake = () => {};

export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? `the service answered ${status}`);
    this.status = status;
    this.code = body?.code ?? "";
  }
}

const setLink = (state) => {
  if (known.link.state !== state) known.link = { state, since: Date.now() };
};

// Of this tab and port only; a cookie would be sent to every port of this machine.
export const setToken = (text) => {
  sessionStorage.setItem("token", text.trim().replace(/^Authorization: *Bearer +/i, ""));
  again();
};
const authorization = () => {
  const token = sessionStorage.getItem("token");
  return token ? { Authorization: `Bearer ${token}` } : {};
};

const problemOf = async (answer) => new Problem(answer.status,
  await answer.json().catch(() => null));

/** An order. Throws a Problem, or a TypeError when nobody answers. */
export const order = async (method, path, body) => {
  const headers = { Accept: "application/json", ...authorization() };
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw await problemOf(answer);
  return answer.status === 204 ? null : answer.json();
};

/** A page of older decisions; not kept. */
export const older = (before) => order("GET", `/decisions?limit=200&before=${before}`);

const send = (path) => {
  const tag = tags.get(path);
  return fetch(path, {
    headers: { Accept: "application/json", ...authorization(),
      ...(tag && { "If-None-Match": tag }) },
    cache: "no-store", signal: AbortSignal.timeout(answerWithin),
  });
};

// The first questions of a page that is seen leave as soon as this file is here:
// index.html asks for it before the rest. Who reads the answer hears of a failure.
const early = new Map(document.hidden ? [] : stages[0].map((name) => [name, send(paths[name])]));
for (const answer of early.values()) answer.catch(() => {});

const read = async (name) => {
  const path = paths[name] ?? readingsPath();
  const sent = early.get(name) ?? send(path);
  early.delete(name);
  const answer = await sent;
  if (answer.status === 304) return;
  if (answer.status === 401) throw await problemOf(answer);
  if (!answer.ok) {
    known.problems[name] = await problemOf(answer);
    return;
  }
  const text = await answer.text();
  if (answer.headers.has("ETag")) tags.set(path, answer.headers.get("ETag"));
  delete known.problems[name];
  if (texts.get(name) === text) return;
  texts.set(name, text);
  known.values[name] = JSON.parse(text);
  if (known.values[name].at) hearTime(known.values[name].at);
  if (name === "accounts") for (const one of costly) wanted.add(one);
};

const ask = async (names) => {
  // Nobody there: one question is enough to see that.
  const asked = known.link.state === "gone" ? ["health"] : names;
  const results = await Promise.allSettled(asked.map(read));
  const failure = results.find((one) => one.status === "rejected")?.reason;
  if (failure) {
    setLink(failure.status === 401 ? "locked" : "gone");
  } else if (asked === names) {
    setLink(hasEvents ? "events" : "polling");
  } else {
    setLink("connecting");
    await ask(cheap);
    for (const name of costly) wanted.add(name);
  }
};

const answerAll = async () => {
  while (wanted.size) {
    const names = stages.map((stage) => stage.filter((name) => wanted.has(name)))
      .find((stage) => stage.length);
    for (const name of names) wanted.delete(name);
    await ask(names);
    listener();
  }
};

/** Asks for these now; what comes meanwhile is asked for together afterwards. */
export const refresh = (...names) => {
  for (const name of names.length ? names : everything) wanted.add(name);
  // A page that cannot draw one answer still asks for the next.
  asking ??= answerAll().catch((error) => console.error(error)).finally(() => {
    asking = null;
    if (wanted.size) refresh(...wanted);
  });
  return asking;
};

/** Looks again at once, whatever was waited for. */
export const again = () => wake();

const wait = (milliseconds) => new Promise((done) => {
  const timer = setTimeout(done, milliseconds);
  wake = () => { clearTimeout(timer); done(); };
});

// A page nobody looks at holds no place of those who may listen.
const isVisible = () => new Promise((done) => {
  if (!document.hidden) return done();
  document.addEventListener("visibilitychange", () => done(), { once: true });
});

const poll = async () => {
  let pause = 1000;
  let all = 0;
  for (;;) {
    await isVisible();
    const isDue = Date.now() - all >= pollBesideEvents;
    if (isDue) all = Date.now();
    await refresh(...isDue ? everything : cheap);
    const isFine = ["events", "polling"].includes(known.link.state);
    pause = isFine ? 1000 : Math.min(pause * 1.6, 10_000);
    await wait(isFine ? hasEvents ? pollBesideEvents : pollEvery : pause);
  }
};

/** Server-sent events by fetch: EventSource can send no token, and does not say
 *  why it failed. Ends when the stream does; answers when to try again. */
const listen = async () => {
  const stop = new AbortController();
  const hide = () => document.hidden && stop.abort();
  document.addEventListener("visibilitychange", hide);
  try {
    const answer = await fetch("/events", {
      headers: { Accept: "text/event-stream", ...authorization(),
        ...(lastEvent && { "Last-Event-ID": lastEvent }) },
      cache: "no-store", signal: stop.signal,
    });
    if (!answer.ok) return answer.status === 404 ? Infinity : 15_000;
    hasEvents = true;
    refresh();
    let rest = "";
    for await (const text of lines(answer.body)) {
      rest += text;
      const blocks = rest.split("\n\n");
      rest = blocks.pop();
      const names = blocks.flatMap(take);
      if (names.length) refresh(...names);
    }
    return 1000;
  } catch {
    return 3000;
  } finally {
    document.removeEventListener("visibilitychange", hide);
    if (hasEvents && !stop.signal.aborted) setTimeout(again);
    hasEvents = false;
  }
};

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** One event: remembers its number, answers what it makes stale. */
const take = (block) => {
  let kind = "";
  let data = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("id:")) lastEvent = line.slice(3).trim();
    if (line.startsWith("event:")) kind = line.slice(6).trim();
    if (line.startsWith("data:")) data = line.slice(5);
  }
  if (kind === "login") {
    const login = JSON.parse(data);
    known.logins.set(login.email, login);
    listener();
  }
  return stale[kind] ?? [];
};

const follow = async () => {
  for (;;) {
    await isVisible();
    const pause = await listen();
    if (pause === Infinity) return;
    await new Promise((done) => setTimeout(done, pause));
  }
};

/** Begins; `changed` is called after each round of answers. */
export const start = (changed, readings) => {
  listener = changed;
  readingsPath = readings;
  poll();
  follow();
};
