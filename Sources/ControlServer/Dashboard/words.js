// Numbers, times and codes as people read them. The service's clock is the one
// that counts: the demo's runs sixty times as fast as the browser's.

const clock = { said: Date.now(), heard: 0, pace: 1 };

/** Learns the service's time from an answer that carries it, and from two of
 *  them that are some time apart how fast it goes. */
export const hearTime = (iso) => {
  const [said, heard] = [Date.parse(iso), Date.now()];
  const passed = heard - clock.heard;
  if (clock.heard > 0 && passed < 2000 && said >= clock.said) return;
  const pace = clock.heard > 0 && passed >= 2000 ? (said - clock.said) / passed : 1;
  Object.assign(clock, { said, heard, pace: pace > 5 ? pace : 1 });
};

/** The service's time, in milliseconds. */
export const now = () => clock.heard > 0 ? clock.said + (Date.now() - clock.heard) * clock.pace
  : Date.now();

export const duration = (seconds) => {
  const total = Math.max(0, Math.round(seconds));
  const [days, hours, minutes] = [total / 86400, total / 3600 % 24,
    total / 60 % 60].map(Math.floor);
  if (days > 0) return hours > 0 && days < 10 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes > 0 ? `${minutes} min` : `${total} s`;
};

const timeOfDay = new Intl.DateTimeFormat([],
  { hour: "2-digit", minute: "2-digit", hour12: false });
const weekday = new Intl.DateTimeFormat([], { weekday: "short" });
const date = new Intl.DateTimeFormat([], { day: "numeric", month: "short" });
const exact = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "medium" });

/** Local time of day; with the day where it is not about today. */
export const at = (time) => {
  const instant = new Date(time);
  const away = Math.abs(instant - now());
  if (away < 18 * 3600e3) return timeOfDay.format(instant);
  const day = away < 6 * 86400e3 ? weekday : date;
  return `${day.format(instant)} ${timeOfDay.format(instant)}`;
};

export const hourOf = (time) => timeOfDay.format(new Date(time));
export const onDay = (time) => date.format(new Date(time));
export const exactly = (time) => exact.format(new Date(time));
export const ago = (iso) => `${duration((now() - Date.parse(iso)) / 1000)} ago`;

export const until = (iso) => {
  const seconds = (Date.parse(iso) - now()) / 1000;
  return seconds > 0 ? `in ${duration(seconds)}` : "now";
};

/** Rounded down, as the vendor tells it. */
export const percent = (value) => `${Math.floor(value)} %`;

const windows = { five_hour: "5 h", seven_day: "7 d" };
const spokenWindows = { five_hour: "five-hour window", seven_day: "seven-day window" };
const plain = (code) => code.replaceAll(/[_-]/g, " ");

export const windowName = (window) =>
  window.model ? `7 d ${window.model}` : windows[window.name] ?? plain(window.name);
export const spokenWindow = (window) =>
  window.model ? `weekly window of ${window.model}` : spokenWindows[window.name]
    ?? plain(window.name);

export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** The part before the @, where it alone tells the accounts apart. */
export const shortNames = (emails) => {
  const local = (email) => email.split("@")[0];
  const times = new Map();
  for (const email of new Set(emails)) times.set(local(email), (times.get(local(email)) ?? 0) + 1);
  return (email) => times.get(local(email)) === 1 ? local(email) : email;
};

export const outcomes = {
  rotated: { sign: "⇄", word: "swapped" }, stayed: { sign: "•", word: "stayed" },
  deferred: { sign: "◔", word: "put off" }, stuck: { sign: "▲", word: "stuck" },
  failed: { sign: "✕", word: "failed" }, off: { sign: "○", word: "off" },
  "claude-not-running": { sign: "○", word: "not running" },
};
export const fates = {
  live: "live", chosen: "chosen", "passed-over": "passed over", unusable: "unusable",
};
export const slotStates = {
  usable: "usable", expired: "token lapsed", "needs-login": "needs a login",
    suspect: "rejected last time",
};
export const usageStates = {
  known: "known", unknown: "nothing told", "rate-limited": "asked too often, waiting",
  rejected: "credential refused", unreachable: "vendor not reached", "never-read": "never read",
};
