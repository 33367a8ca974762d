// A first plain page that polls the API: which account is live, how full each
// is, what the last decision was. Text is set as text, never as markup.

enum StatusPage {
    static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Account rotator</title>
        <link rel="stylesheet" href="/assets/page.css">
        <script src="/assets/page.js" defer></script>
        </head>
        <body>
        <main>
        <h1>Account rotator <span id="state" role="status">…</span></h1>
        <p id="message"></p>
        <form id="token-form" hidden>
        <label>This service wants its token. Paste what is in the file that
        <code>rotator token show-path</code> names:
        <input id="token" type="password" autocomplete="off" spellcheck="false"></label>
        <button>Use it in this tab</button>
        </form>
        <section aria-labelledby="accounts-title">
        <h2 id="accounts-title">Accounts</h2>
        <table>
        <thead><tr><th scope="col">Account</th><th scope="col">5 h</th><th scope="col">7 d</th>
        <th scope="col">Slot</th><th scope="col">Read</th></tr></thead>
        <tbody id="accounts"></tbody>
        </table>
        </section>
        <section aria-labelledby="decision-title">
        <h2 id="decision-title">Last decision</h2>
        <p id="decision">None yet.</p>
        <ul id="considerations"></ul>
        </section>
        <section aria-labelledby="nudges-title">
        <h2 id="nudges-title">What needs you</h2>
        <ul id="nudges"></ul>
        </section>
        </main>
        </body>
        </html>

        """

    static let script = """
        "use strict";
        const byId = (id) => document.getElementById(id);
        const element = (name, text) => {
          const node = document.createElement(name);
          if (text !== undefined) node.textContent = text;
          return node;
        };
        // Of this tab and this port only, and gone with the tab; a cookie would
        // be sent to every port of this machine.
        const authorization = () => {
          const token = sessionStorage.getItem("token");
          return token ? { Authorization: "Bearer " + token } : {};
        };
        const get = async (path) => {
          const answer = await fetch(path, {
            headers: { Accept: "application/json", ...authorization() } });
          byId("token-form").hidden = answer.status !== 401;
          if (answer.status === 404) return null;
          if (!answer.ok) throw new Error(path + " answered " + answer.status);
          return answer.json();
        };
        const usage = (account, name) => {
          const window = account.usage.windows.find((one) => one.name === name);
          const cell = element("td");
          if (!window || window.utilization === null) {
            cell.textContent = "unknown";
            return cell;
          }
          const meter = element("meter");
          meter.max = 100;
          meter.high = 97;
          meter.value = window.utilization;
          meter.title = window.resetsAt ? "resets at " + window.resetsAt : "";
          cell.append(meter, " " + window.utilization + " %");
          return cell;
        };
        const notes = (account) => {
          const extra = account.usage.extra;
          const notes = [];
          if (account.live) notes.push("live");
          if (account.policy.hold) notes.push("held");
          if (account.policy.reservePercent > 0)
            notes.push(account.policy.reservePercent + " % kept in reserve");
          if (extra && extra.enabled) {
            const isSaid = extra.usedMinor !== null && extra.decimalPlaces !== null;
            notes.push("extra usage" + (isSaid ? " "
              + (extra.usedMinor / 10 ** extra.decimalPlaces).toFixed(extra.decimalPlaces)
              + (extra.currency ? " " + extra.currency : "") : ""));
          }
          return notes.length ? " (" + notes.join(", ") + ")" : "";
        };
        const row = (account) => {
          const line = element("tr");
          if (account.live) line.className = "live";
          const name = element("th", account.email + notes(account));
          name.scope = "row";
          line.append(name, usage(account, "five_hour"), usage(account, "seven_day"),
            element("td", account.slot ? account.slot.state : "none"),
            element("td", account.usage.readAt || account.usage.status));
          return line;
        };
        const show = async () => {
          const [optIn, accounts, decision, nudges] = await Promise.all([
            get("/opt-in"), get("/accounts"), get("/decisions/latest"), get("/nudges")]);
          byId("state").textContent = optIn.enabled ? "on" : "off";
          byId("state").className = optIn.enabled ? "on" : "off";
          byId("message").textContent = optIn.message;
          byId("accounts").replaceChildren(...accounts.accounts.map(row));
          if (decision) {
            byId("decision").textContent = decision.at + " " + decision.outcome + ": "
              + decision.sentence;
            byId("considerations").replaceChildren(
              ...decision.considerations.map((one) => element("li", one.sentence)));
          }
          byId("nudges").replaceChildren(...nudges.nudges.map(
            (one) => element("li", one.message + (one.command ? " Run: " + one.command : ""))));
        };
        const poll = async () => {
          try {
            await show();
          } catch (error) {
            const isLocked = !byId("token-form").hidden;
            byId("state").textContent = isLocked ? "locked" : "not answering";
            byId("state").className = "off";
          }
          setTimeout(poll, 5000);
        };
        byId("token-form").addEventListener("submit", (event) => {
          event.preventDefault();
          const token = byId("token").value.trim().replace(/^Authorization: Bearer /i, "");
          byId("token").value = "";
          sessionStorage.setItem("token", token);
          show().catch(() => {});
        });
        poll();

        """

    static let style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 span { font-size: 1rem; padding: .1rem .6rem; border-radius: 1rem; color: #fff; }
        .on { background: #2a7d2a; }
        .off { background: #777; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
        tr.live { background: #2a7d2a22; }
        tbody th { font-weight: normal; }

        """
}
