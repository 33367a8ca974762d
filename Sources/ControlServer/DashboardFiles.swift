// The files of Dashboard/, embedded. Made by scripts/embed-dashboard; `make docs` compares.
// Edit those, not this file.

let dashboardFiles: [DashboardFile] = [
    DashboardFile(
        name: "accounts.js", contentType: "text/javascript; charset=utf-8",
        digest: "c06248be02a835e2",
        text: #"""
            // One card per account: its windows as meters, when they reset, how fast it goes
            // and until when, and how well its slot is.

            import { h } from "./dom.js";
            import { command, counted, meter, passed, reset, thresholdOf, time } from "./parts.js";
            import { now, onDay, percent, slotStates, usageStates, windowName } from "./words.js";

            const gauge = (window, threshold, of) => h("div", { class: "gauge", "data-key": windowName(window) },
              h("span", { class: "label" }, windowName(window)),
              meter(window, threshold, of),
              h("span", { class: "value" }, window.utilization === null ? "unknown" : percent(window.utilization),
                window.utilization >= threshold && h("span", { class: "bad", title: "at its threshold" }, " ▲")),
              h("span", { class: "reset soft" }, window.resetsAt ? reset(window.resetsAt)
                : window.utilization === null ? "" : "no reset told"));

            const reach = ({ earliest, likely, latest }, otherwise) => {
              if (!likely && !earliest) return otherwise;
              const spread = earliest && latest && earliest !== latest;
              return [likely ? ["about ", time(likely)] : ["at ", time(earliest), " at the earliest"],
                likely && spread && h("span", { class: "soft" }, " (", time(earliest), " to ", time(latest), ")")];
            };

            const forecastOf = (account, plan) => {
              const own = plan?.accounts.find((one) => one.email === account.email);
              if (!own) {
                const why = plan?.unknown.find((one) => one.email === account.email)?.reason;
                return { until: why ? `none: ${why.replaceAll("-", " ")}` : "none yet", burn: null };
              }
              const windows = own.windows.filter((one) => one.thresholdAt.likely ?? one.thresholdAt.earliest);
              const first = windows.sort((a, b) => (a.thresholdAt.likely ?? "9").localeCompare(b.thresholdAt.likely ?? "9"))[0];
              return {
                until: first ? [windowName(first), " at its threshold ", reach(first.thresholdAt)] : "not before its windows reset",
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
                h("span", { class: isWell ? "" : "warn" }, isWell ? "✓ " : "▲ ", slotStates[slot.state] ?? slot.state),
                slot.kind === "setup-token" ? ", a setup token" : slot.canRefresh ? ", renews itself" : ", cannot renew itself",
                slot.accessTokenExpiresAt && h("span", { class: "soft" }, ", token until ", time(slot.accessTokenExpiresAt)),
              ];
            };

            const loginOf = ({ slot }) => {
              if (!slot?.loginExpiresAt) return "no deadline told";
              const isSoon = Date.parse(slot.loginExpiresAt) - now() < 7 * 86400e3;
              return h("span", { class: isSoon ? "warn" : "" }, isSoon && "▲ ", "ends ", onDay(slot.loginExpiresAt), ", ",
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

            const swapButton = ({ id, email }) => h("button", { class: "swap", "data-do": "ask-swap", "data-id": id },
              "Swap to this account", h("span", { class: "hidden" }, `: ${email}`));

            const card = (account, { optIn, plan }, isOpen) => {
              const threshold = thresholdOf(account, optIn);
              const { email, policy, usage } = account;
              const forecast = forecastOf(account, plan);
              const kind = (account.rateLimitTier ?? account.plan ?? "").replace(/^default_claude_|^claude_/, "").replaceAll("_", " ");
              return h("li", { class: account.live ? "card live" : "card", "data-key": account.id },
                h("div", { class: "top" },
                  h("h3", { title: email }, email),
                  account.live && h("span", { class: "badge accent" }, "● live"),
                  policy.hold && h("span", { class: "badge" }, "held"),
                  policy.reservePercent > 0 && h("span", { class: "badge" }, `${policy.reservePercent} % in reserve`),
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA5VYX28buRF/96eYEO5hN5BXPlz/nVxFyOUuuAJ3l+B8RR8MX0TvUtLWK1JYcq24
            qj5DHwq0L/0U/Uj5JJ0Zcne5ihQjL7Y4JH8czgx/M7PjMbzRCnJZF7BRNcg8N412EyidhW2pC7O1
            IC2slVO1HcF2pTS4lXqEWlnlRrAyW1hI63ADLI2yZ+MxSF0AgpQVLx/xmNZtVVUxsK0MbrDZ2Vm5
            3pjawQ5WsIdFbdYgsnFh1tnfrLjqZ3OzXiPKCFg7hT9YoRFspLU0DNq4Ff5Ymap4s8BBuVYR6kbW
            zh7garMdgdHfyscRXT9XGkFIu2snncL7NlYuVTvw9vhJDmC3pi4C7FluNFpiKZulgikkfn2kFZ61
            SGH6AlaJKMoHMaKrVXiFCQjehRJRSCcv7tWjmEQHBqwU9qMzoO12I/VgfyXvVCVw/siulDaxxU7o
            dAr0QVaNikCzBr1a/l260miYTqegG3TpDESj79GWWsCktWPy8Q4+Bo5BvZj2CsEXXxzV5U4Wgpzq
            KoUj6TiSul2spIAP//6fSE9eh6MErFm4+E4stS8d3oN/JgfylLWePGUCurvQxmOAI53StAuKWsl8
            RUGxAyXrqlQWI60q71WFoVdRfDlSyeDbqrelVRwmOzy5XEDyzC8kyzxrd6cI6Zpa91uucLU/zG7w
            uAJPaxfTznAI/uqkz1B9L6a9Ae8mHDaDGyHvTONA+LeU+In0Fi96Qw5o5Z1K5AGUo0LdGeLWO72/
            QVDuhJc75whIjuI70+vDqpM0Fent1dm+s/bC1CpHVnqzIJMHUsMnXkndGdavxKDFJTQxy8I6my3Q
            00litPcC/s/UWiKdkbvDIi9Jr1oPIU7KsC3wdvXYAYfX8Rm4M4w+aY2+YsTgmZ1n1Qljz2CuEWEC
            5zsc4nI8KlcvqyoRF0QjaJT93IckEvyjcii8Q5SJD9g9Ie87M7RUPyWDZGGE+lbEGQONuxf30mVt
            pMw+mulc1gfloqzx77Q9KrNIwUkiUSvGTuQJaPG1SLPK5LJSr8waWVwld59Ymt5c3kbR7F0S7OZV
            wMCOKJJlbeQOKIXijJ+tXxOfyW8ALevgTlGsDdIlE4DwYe8tHtkUtZtlG1NimL1V9femqWnhPg5e
            2uOZoiKmbkliVS4xSbKtwo3/BJfZ5e/4JdGcHyLajFVblXqJSZbhVEHsdDM/3/mtmTOvy/eqSL5M
            9+C1wSyNSbqpYe41/+TjnCeIhFwYw+DDPN+RIrE0ndPDDBejxOpf5M6XAPshy5Gso7Vj529lrT05
            IM+DD39bLjWUGq3vVjCuzLLUIoq60v6Vqo4pH5hZyuT83ARm9rtKiZj4Tt07YLQc32nRyz/891/A
            c6SXiEuIm/7cWwrRfhiyIQvuMTi8Whg6zebCmXuFZ8wISwLLIMgmfkcu9c9qQQHpV9VKK4w9jENV
            LVgVLJakphDlqXYmOhQZR1n7C8F+935TItZL9zQtj7wiocBrqfgkoE/GA3JmHz0VB7OMl/U4rZco
            xRaYQKoSaY2zbOzsa0NZGb5F+2ZIFTZodoh1QZVfkuKT+QM8hz/+/reXl+qrKBSOBgFjz1r/Tyga
            OAhYjnZrnS+ULiz94MLyqAJsx+CLUNIeXZfGdlPvXS1bu3FhOkH1WIr16IENWTzLlKYoLzrrEfcP
            7CVLrhNoddZgKf1jqU3NhQGnCaoWeK5QebmW1VtKMrabj0zmsfhGmJrOd8kh5hi+vITnz4/hpR1l
            HJvcI694ed7UGMy553qxx1ICC815KM+E0WJQA8ic0k2CGWxNjYt0bCH6Qde6oRqckuIOnUhr0Ckk
            KoKIN0TctZWbbxrnTKDmEgtnn7z3bUV/x9PDZ4O7upq+MIIKV3t/MRCXBYrRC1zZi2ucIipF+rZt
            TSBGR9/kqiwK5ZloTmUAq7OfR0Unt3VxAbQDs3F/1r4S8tH7Bm14UBP1GXAad1Q9DINEJLvzpkBY
            U5X5Y2ibMCi7siYqA0JphnN9lXZQovWrPTF2N8hqfNg/lOvS/VJit4ph0E7whTgs0rYWSsa/Fmoh
            m8q9Q5M1hXr3j1/Dj/EoXshF07tQNA1ZoCpjk7eHVeWDIiZg+9KA6YBGBw1cu6F1Lxzr/JzZiHaa
            F6y+4vnQ6oQoC+GWtusGupxumdANRMs6sPeH//zTK9zheJdlT3ReS98FipWituZgLxU89YN66xs/
            eAGXTyMhQxzdvYffUDYPwnl3FAfCJ5ITBw4j08o07OM47MrZSumlo3w5FK/lpi9xuQ2n0aBF9qZP
            gy4T0mJzojL6iyfm81306eDGH0hpv7FcBsSCfdZek4JDOTzKCv9WlZ6EJzoIENus17J+DEwlXod3
            5OsO/tzi66CneQOb/5g5ojOKysMHCTCfJt1ZONk+34xLgfRw5Tf4hOJVXNaiB+l/MpCmH+29xnuE
            Mqonh4+X/RBuGSqK0wu/4yTJRsflIZF+Alf6jp2ec/AdjfgTgf/ilMTSlJsB9aBq0SMBPLsR/qPI
            KMxeMORtVuq8QhaySRwF6anobsvNCBnQcVRsfE6QYSHeX/RZCCr6oHBIJH2mOzTQZ27yyXiMKf9H
            qR85GVn6kqcwJqpCFRk8H3f9Ogle0ye1KXyNu9R7/kLnZwPiKwbAZMBfpexB0tq1yyznHb+ma+m7
            Pr3r8T0ZxO3GIS9j7VzmSkTMvWlf3E+mPY06LPYytdgZXIduhDO4Cg0ntyb+MeamUC1I26y0ThG0
            8RUnKHiF6/ghYwtO3eUVwemu2QnwGiM5g5+N81+jtFJoICxvKkUB7LYmE+lQ+f5TmNkyA4QvqwkK
            EAXLtFxu0CCYINJBF8Uu7NJ5x6UvppHvhqmzqeID58jPqDgHwfku4GEKBTz90VfT+3lr6u6UATXT
            Xs/M3rkjCmPCSUOs/R8YyCitzRYAAA==
            """#),
    DashboardFile(
        name: "actions.js", contentType: "text/javascript; charset=utf-8",
        digest: "d20110ea35d03c4e",
        text: #"""
            // What a person can do here: turn rotation on and off, pause it, look now, make
            // an account live, silence a nudge. Each says in one line what came of it.

            import { byId, h, show } from "./dom.js";
            import { nextPage, takeDecisions } from "./decisions.js";
            import { meter, thresholdOf, time } from "./parts.js";
            import { again, known, older, order, refresh, setToken } from "./service.js";
            import { choice } from "./timeline.js";
            import { count, percent, windowName } from "./words.js";

            export const controls = ({ optIn, pause }) => [
              h("button", { id: "on", role: "switch", "aria-checked": String(optIn.enabled), "data-do": "toggle",
                title: optIn.message }, h("span", { class: "knob", "aria-hidden": "true" }),
              `Rotation ${optIn.enabled ? "on" : "off"}`),
              pause?.paused
                ? h("button", { "data-do": "resume" }, "Resume", pause.until && [" (paused until ", time(pause.until), ")"])
                : h("button", { "data-do": "ask-pause", "aria-haspopup": "dialog" }, "Pause…"),
              h("button", { "data-do": "tick" }, "Tick now"),
            ];

            let silence;
            export const say = (text, isBad = false) => {
              clearTimeout(silence);
              show(byId("said"), h("p", { class: isBad ? "bad" : "" }, isBad ? "▲ " : "", text));
              silence = setTimeout(() => show(byId("said")), isBad ? 20_000 : 8_000);
            };

            const meaning = (error) => error.status ? error.message : "the service does not answer; nothing was changed that is known of";

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
                h("p", {}, live ? `Claude Code goes on with it instead of ${live.email}, whose credential is saved first.`
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

            const pauses = [[1800, "30 minutes"], [3600, "1 hour"], [4 * 3600, "4 hours"], [0, "Until I resume"]];

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
                say(`Silent until it worsens. ${rest ? `${count(rest, "thing")} left.` : "Nothing else needs you."}`);
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA51Z624buRX+n6dgBsFiFMgj7wXFwoZrbB0DDbCbDWIHRWEYFTVDSaxHQ4HkWPEa
            AvoUfYQ+QB9pn6TfOSRHM/It28DQXMhzv32cTCbib0vphRRrZZ1pRCkbURmxVFYdCd/aRljjpddY
            wp9sKmHm87FYy9Ypof1Y1MbciMZsxmIlb9SryQSbhCxL0zZe1PpWjYXTtWpKBSFNWy1UIc5luRRO
            3jmhia3CPvxsSJFSrhREgHXx6pVerY314l7M7t5XY7EEq6XZiK2YW7MSWTGpzKr4p8uOdzsb9cV/
            lAtI9VDnnSq1g+6uT5Pe7VGulFcWZEurIKWufoWZXkObHelaWr9PJhdSN2NxAxfgAjpiYixfrJoT
            M6it/KW5UU2Pl1P2Vpdqj1u5NHjZ20YakHf295F7xxS0UtHNRjeV2XyQA3U3UCOq+0p9YcoSdvOv
            t6Z24kTk98Ks/fsmhXQ7Eid/FlevhFjm2az13jTZGAJ1dSQyvgchUiNzG+3LJZ4zabU8KJeqvFFV
            diQuvNXNImeuhWrkrFbVCNsq6eVBZbAj82axqFU2hhQBH3tiGPavlHOIntiOSb5byyC9rKVzIISX
            Z53Ipa4q1TA/26oMqhPD6aeUr2/uBzqIUzZAkB3zebad8na2+rTgS8X6nO5Z3lcc0WxXJAo6fAr3
            0XEF4qFr8c034ioTeWAnwrss5FHe20f+GGXXIxZ49IxA6W4OmG5ntXRrs27XtFppWZtFUOcj7fr9
            X//J2KynOXpd3gSKS9xR5RLFNVKkVj6V6vEwX1CqlCoetTUW2v1FVnicy9opzpZ7CCxrJe0lzDSt
            zyOX0TEWqGJzql+EU+oKwki5dT+sgSPCM5MVx4f1697+/u//ivAajoQKo8A3NpUTLq4oOGd9Hogc
            7bh9d/iPw8NDcPuRruC0heXBypWSDTKXLFXWGsu8+K5wSKnWgTw8piwldy6ViKWMvqkcHIpu2riN
            ssd0vySOG+lQ2bJZICc8dTntQsNAp6PinLx9K94RMfXCQMI9mdsP6myJ+xDOMbdgbp3cLjeofrGx
            plkU4u0kGlKZYIZ0d00p8kRJBPg19qaLmp6n5WKh/E8epYtHlYdUq7Tjysmw/+QkltkIXY3mAsUg
            krpnSMeJjPZ7e8dihZAbqT3rkvPKFo0f7aTzfNgFO/Ppm3tSfHuEeo4Ripu2U+QDeDODYMvrfrhG
            oTcnAXPdyLpOCkTVrVqZW/W04Uzay5E02JAjumI3chyLW1m3yhVxuXcDqVWeI668GddCV+xNkO+4
            upuLjVxzjUmLSPDoaJ2sB5F6HRZTBNg92SWP76iWpvzDSEam2ahZ1nNSkEZDGaL+sOJE12Pj9WLp
            lSNfBL2KloqiSO/3ix8Ght7E3Wn53W6s0NIBjwEu/OkvmNyIduSqVlLXW9b6dLpjwB0Eu9maUzE9
            q2VbKXFm8LMItRRKB3mmoa+SBF3AlggiU6oJg6FXWoVJ4tFNyYNO3qJO59o6X0xZHPXo7BkB5ORM
            nN8q5LdDb6DpU4Mx8I13Yo1xvCZkgxkJIsz85IfkqijkVFz1DJu+By2Sv5vsedo+2sZ5T9oi+m/u
            Iw7odhQthoz+jefgaFskt9E/hjndxgHe6ZJvkBo8REdj0Q/H6Lrzy34zzzbSNmHAUOP+K7RctSWH
            AaNL1Goe09SnBI3KxYynEfqAJ3ZTg6X50AEQWSvrd4KyrmZSe8ZCke0lTMfRQi/VVEQfTXl6ZJYU
            yyDpTCJ+dTZ6nCgyT5acEhcqRZ5ea6tX0t5lQyjEZZFeacJP0c+62sUsrM4Ngpx17E+LklIxdGam
            OWiblhtXz6qv2Qw9uf2gPQqeZ5IwzlF4i+nJRc8NqF/KSAzVjMTgFdX7L6aSdT6YrC40tziPUpax
            PV2D282GOMQiTCc6HhaMqfPs4+dL8teEypidzgnZd1tgDDgY5sJAQQ5lHleofyYxGGKN70CLSND9
            uen0yMBBMVFe0bvAJnb2zubAYH+qMMIjNH519e2Ph4cw7/tDsdINJpLLrsfi6vs/8dtvxdK0lt/8
            IN6K+PYHfhs20vNnRp3vRQSr19f9OcMwkQZN5/hejw5I8/EmzWu9Lh0AJ4fWZQ/bMqNLh0YpuBea
            GwY1wC4zWfJ9u97hI2q64LNG253dUc9U9bwQf4dVgkASp4+DUTUjBtev6krfDuo6HKAcqxjcWqzg
            //zKKfigchgYcqbqazL/xcLvkDe/ixywEO9IBnNDibzcZv5YgwlFNwjLU9VFPkFEuYj4YHWUQB3H
            mNFgBwKz7nhEoJS6cDjIMVSLBdqlRqrFdII6EU+DxXQAHInXHVYMNfBwmjxV01g80ME9SeS2V6sP
            GaVWHzcFpsPS5cjQoedZr3wwvOcZH9DyA71/vQiKM21P0ymfrQBhcCnoh+ErPz1oODiIvqB9KORn
            9b/g6gjHzkeNGPhuHZvAwJh35z+fX56zOTHhdvbwJADWsKqHL4O0IntJfd73gvf9c7qHAKCrX8S6
            OxEf2tUMSsd0pFLCIaSIdTk6/kqTU96lOu+JOEUO9h63GIf3w4mSqvLBSOk562td1DvnH3Vdulvg
            2TV0YJorEa7vOwKHC+ZLlC96PrZe2J93XdE9zxyUAY3QB7zhchDMThlKjtt4xfk8fbzoHEhkmA0I
            Gup+8XLCxA8Az6UMfSergAMZIiCGJ3u69qMyLOnphD9Vusmbe2KxxRXCcPf50/szwHmch+CYgIW3
            k57ajxdzFrilPAja2XB4GqRp2JcuMHDhl722ckE2+/hdKRyg0UZcgebC3HAOIoUpaJbRfcYDNsOJ
            gYB3MSVU9yFOXVWjIhqlkN53pi2yrhGF/IZtDaIzN2Xr8nucYtQtZF+UgN8Et9DfY3MOKVya9d3R
            8JNDLx47dJdc08hbvZAe4Kms9XpmpK2KjdVeXaovD1KOP/scR3r2xJlZa1VRV31ka2dJAm5JNObW
            hapVSQMwx0Dl+5/q+myp68qqJsklY7Vp3XmtVmS0ntXw2EADHLxxIMF8d2iFKIaZhh/JCdh4zDC6
            NKsVIR5CNyyIOsHgk8WWvEfO48/GLw0o3tThYvdo3g8+eucxs4kuTx/G8wgtBCSULVlXVNqtyU3n
            FGBs3Ihwl+FYbOUmGw06VV0f1LJRhIMGFcfAq6AzxIl4vXv6/2SFsYesSULip5wx457Bx8mNtkNA
            28mSVcXMf9Y4/jdU3Ug1HvI55/KDfhG8DWa8XMQjRdexriJku856n5xSyAiFXe3lIraeFmlH8OEO
            1dWGMMMjSrp2ttL+MS2DWrES36m5bGvfTZ74XwwRynu6B3vuK4O6HqzA1ixLmsG1/wOhFRerEBoA
            AA==
            """#),
    DashboardFile(
        name: "dashboard.css", contentType: "text/css; charset=utf-8",
        digest: "982d8d2fa7dcd42f",
        text: #"""
            /* Calm first: one accent for what is live, amber and red only where something is
               wrong, and never without a sign or a word beside them. */

            :root {
              color-scheme: light dark;
              --paper: #f5f4f0; --card: #fff; --ink: #1d2124; --soft: #585f66; --line: #dcd9d1; --track: #e9e6df;
              --accent: #0a6a5b; --accent-soft: #dcefea; --fill: #3d857a; --warn: #7d5200; --warn-soft: #fbf0d3;
              --warn-fill: #c78a1b; --bad: #a32419; --bad-soft: #fbe3df; --bad-fill: #c8493c; --shadow: 0 1px 2px #0000000f;
              font: clamp(15px, 12.2px + .28vw, 24px)/1.5 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
              font-variant-numeric: tabular-nums;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --paper: #121517; --card: #1a1e21; --ink: #e7e5df; --soft: #a3abb2; --line: #30363b; --track: #2b3135;
                --accent: #63d0bb; --accent-soft: #15352f; --fill: #4fa596; --warn: #ecbb5c; --warn-soft: #352a10;
                --warn-fill: #d29a34; --bad: #ff9384; --bad-soft: #3e1f1b; --bad-fill: #e06656; --shadow: none;
              }
            }
            *, ::before, ::after { box-sizing: border-box; }
            [hidden] { display: none !important; }
            body { margin: 0 auto; max-width: 128rem; padding: 0 clamp(.8rem, 2.5vw, 2.5rem) 2rem; background: var(--paper);
              color: var(--ink); overflow-wrap: break-word; }
            h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; }
            h1 { font-size: 1.15rem; display: flex; gap: .5rem; align-items: center; }
            h2 { font-size: 1.1rem; }
            h3 { font-size: 1rem; }
            a { color: var(--accent); text-underline-offset: .15em; }
            code { font: .9em ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
            .plain { list-style: none; padding: 0; }
            .soft { color: var(--soft); }
            .warn { color: var(--warn); }
            .bad { color: var(--bad); }
            .ok { color: var(--accent); }
            .row { display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; }
            .end { justify-content: end; }
            .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
            .skip { position: absolute; left: .5rem; top: -4rem; padding: .5rem 1rem; background: var(--card); z-index: 3; }
            .skip:focus { top: .5rem; }
            :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
            main:focus { outline: none; }
            section { margin-top: 1.8rem; }
            section:empty { display: none; }
            section > h2, .heading { margin-bottom: .7rem; }
            .heading { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; }

            /* Controls */
            header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .9rem 0;
              border-bottom: 1px solid var(--line); }
            #link { flex: 1; min-width: 11rem; }
            #controls { display: flex; flex-wrap: wrap; gap: .5rem; min-height: 2.3rem; }
            button, .segments span, input[type=password] { font: inherit; color: inherit; background: var(--card);
              border: 1px solid var(--line); border-radius: .5rem; padding: .3rem .8rem; min-height: 2.2rem; }
            button { cursor: pointer; }
            button:hover { border-color: var(--soft); }
            button[aria-disabled=true] { opacity: .55; cursor: progress; }
            .primary { background: var(--accent); border-color: var(--accent); color: var(--card); }
            .danger { background: var(--bad); border-color: var(--bad); color: var(--card); }
            [role=switch] { display: inline-flex; gap: .55rem; align-items: center; font-weight: 600; }
            .knob { width: 2.1em; height: 1.2em; border-radius: 1em; border: 1px solid var(--soft); background: var(--track);
              position: relative; }
            .knob::after { content: ""; position: absolute; inset: 2px auto 2px 2px; aspect-ratio: 1; border-radius: 50%;
              background: var(--soft); transition: translate .15s; }
            [aria-checked=true] .knob { background: var(--accent); border-color: var(--accent); }
            [aria-checked=true] .knob::after { translate: .85em; background: var(--card); }
            .segments { display: flex; border: 0; padding: 0; margin: 0; }
            .segments input { position: absolute; opacity: 0; }
            .segments span { display: block; border-radius: 0; margin-left: -1px; min-height: 0; padding: .15rem .7rem; cursor: pointer; }
            .segments label:first-of-type span { border-radius: .5rem 0 0 .5rem; }
            .segments label:last-of-type span { border-radius: 0 .5rem .5rem 0; }
            .segments :checked + span { background: var(--accent-soft); color: var(--accent); font-weight: 600;
              border-color: var(--accent); position: relative; }
            .segments :focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }

            /* At a glance */
            #glance { display: grid; gap: 1px; grid-template-columns: 1.7fr 1.25fr 1fr 1fr;
              background: var(--line); border: 1px solid var(--line); border-radius: .9rem; overflow: hidden; min-height: 9rem; }
            .tile { background: var(--card); padding: 1rem 1.2rem; display: grid; gap: .35rem; align-content: start; min-width: 0; }
            .tile h2 { font-size: .85rem; font-weight: 600; color: var(--soft); }
            .big { font-size: 1.65rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; }
            .big.name { font-size: 1.3rem; line-height: 1.5; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--accent); }
            .unit { font-size: .95rem; font-weight: 400; color: var(--soft); letter-spacing: 0; }
            .tile.you a { color: inherit; }

            /* Notices */
            .notice { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: .6rem;
              padding: .7rem 1rem; display: grid; gap: .5rem; justify-items: start; }
            .notice.warn { background: var(--warn-soft); border-left-color: var(--warn-fill); color: var(--ink); }
            .notice.bad { background: var(--bad-soft); border-left-color: var(--bad-fill); color: var(--ink); }
            .notice .severity { color: var(--soft); }
            .notice.warn .severity { color: var(--warn); }
            .notice.bad .severity, .notice.bad strong { color: var(--bad); }
            .notice .soft { color: inherit; }
            #outage > *, #lock { margin-top: 1rem; }
            .nudges { display: grid; gap: .6rem; }
            .command { display: inline-flex; align-items: stretch; border: 1px solid var(--line); border-radius: .5rem; overflow: hidden;
              background: var(--card); }
            .command code { padding: .35rem .7rem; }
            .command button { border: 0; border-left: 1px solid var(--line); border-radius: 0; }

            /* Accounts */
            .cards { display: grid; gap: .9rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); }
            .cards.many { grid-template-columns: repeat(auto-fill, minmax(min(100%, 15.5rem), 1fr)); gap: .6rem; }
            .many .card { padding: .6rem .8rem; gap: .3rem; }
            .many .plan { display: none; }
            .card { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: .9rem 1.1rem;
              display: grid; gap: .55rem; align-content: start; box-shadow: var(--shadow); }
            .card.live { border-color: var(--accent); box-shadow: inset 0 3px var(--accent); }
            .top { display: flex; flex-wrap: wrap; gap: .2rem .5rem; align-items: center; }
            .top h3 { flex: 0 1 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
            .top .plan { margin-left: auto; font-size: .85rem; }
            .badge { font-size: .8rem; line-height: 1.5; padding: 0 .5em; border-radius: 1em; border: 1px solid var(--line); color: var(--soft);
              white-space: nowrap; }
            .badge.accent { color: var(--accent); background: var(--accent-soft); border-color: transparent; font-weight: 600; }
            .gauge { display: grid; grid-template-columns: minmax(2.2rem, auto) 1fr 4.6rem; gap: 0 .6rem; align-items: center; }
            .gauge .label { font-weight: 600; max-width: 6rem; }
            .gauge .value { text-align: right; white-space: nowrap; }
            .gauge .reset { grid-column: 2 / -1; font-size: .85rem; }
            .meter { height: .6rem; border-radius: .3rem; background: var(--track); position: relative; overflow: hidden; min-width: 2rem; }
            .meter .fill { position: absolute; inset: 0 auto 0 0; width: var(--used); background: var(--fill); }
            .meter.near .fill { background: var(--warn-fill); }
            .meter.full .fill { background: repeating-linear-gradient(-45deg, var(--bad-fill) 0 4px, var(--bad) 4px 7px); }
            .meter.unknown { background: repeating-linear-gradient(45deg, var(--track) 0 4px, transparent 4px 8px); border: 1px dashed var(--soft); }
            .meter .mark { position: absolute; top: 0; bottom: 0; left: calc(var(--threshold) - 1px); width: 2px; background: var(--ink); opacity: .55; }
            details > summary { cursor: pointer; }
            .card summary { font-size: .85rem; color: var(--soft); }
            dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem .9rem; font-size: .9rem; margin-top: .4rem; }
            dt { color: var(--soft); }
            .swap { justify-self: start; min-height: 0; padding: .15rem .7rem; font-size: .9rem; }

            /* The night */
            #night { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: .8rem 1rem; min-height: 8rem; }
            .night { display: block; width: 100%; height: auto; overflow: visible; }
            .night text { fill: var(--soft); font-size: .8rem; }
            .night .name { font-size: .87rem; fill: var(--ink); }
            .night .name.live { fill: var(--accent); font-weight: 650; }
            .night .tick { text-anchor: middle; }
            .night path { fill: none; }
            .night .area { fill: var(--soft); opacity: .16; }
            .night .line { stroke: var(--soft); stroke-width: 1.5; stroke-linejoin: round; }
            .night .carried { fill: var(--accent-soft); }
            .night .bar, .key.bar { fill: var(--accent); background: var(--accent); }
            .night .bar.planned { fill: var(--card); stroke: var(--accent); stroke-dasharray: 4 3; }
            .night .rule, .night .grid { stroke: var(--line); }
            .night .threshold { stroke: var(--bad-fill); stroke-dasharray: 3 4; opacity: .8; }
            .night .swap-mark path { stroke: var(--ink); stroke-width: 1.5; }
            .night .crowd path { stroke-width: .8; opacity: .55; }
            .night .swap-mark .tip { fill: var(--ink); stroke: none; }
            .night pattern path { stroke: var(--bad-fill); stroke-width: 4; opacity: .45; }
            .night .stall { fill: url(#hatch); stroke: var(--bad-fill); stroke-width: .5; }
            .night .stall.planned { stroke-dasharray: 4 3; opacity: .6; }
            .night .now { stroke: var(--ink); stroke-width: 1.5; }
            .night .cursor { stroke: var(--accent); }
            .scrub input { display: block; width: 100%; margin: 0; accent-color: var(--accent); height: 1.2rem; }
            .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .85rem; margin-top: .4rem; }
            .legend li { display: flex; gap: .4rem; align-items: center; }
            .key { width: 1.4rem; height: 5px; border-radius: 2px; }
            .key.planned { background: none; border: 1px dashed var(--accent); }
            .key.dash { height: 0; border-top: 1px dashed var(--bad-fill); }
            .key.arrow { width: auto; height: auto; font-size: .7rem; color: var(--ink); }
            .key.hatch { height: .8rem; border: 1px solid var(--bad-fill);
              background: repeating-linear-gradient(-45deg, var(--bad-fill) 0 2px, transparent 2px 6px); }
            .swaps { margin-top: .6rem; }
            .swaps li { display: grid; grid-template-columns: 6.5rem 1fr; gap: .8rem; padding: .2rem 0; }
            .when { color: var(--soft); white-space: nowrap; }

            /* Decisions */
            .decisions { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; overflow: hidden; margin-bottom: .8rem; }
            .decisions > li + li { border-top: 1px solid var(--line); }
            .decision { padding: .5rem 1rem .5rem 2rem; }
            .decision summary { display: grid; grid-template-columns: 8.5rem 6.5rem 1fr; gap: 0 1rem; }
            .decision summary::before { content: "▸"; position: absolute; margin-left: -1.1rem; color: var(--soft); }
            .decision[open] summary::before { content: "▾"; }
            .decision summary::-webkit-details-marker { display: none; }
            .rotated .outcome { color: var(--accent); font-weight: 650; }
            .stuck .outcome, .failed .outcome { color: var(--bad); font-weight: 650; }
            .deferred .outcome { color: var(--warn); }
            .decision > :not(summary) { margin: .6rem 0 .3rem; }
            .considered { display: grid; gap: .5rem; }
            .considered li { display: grid; grid-template-columns: 6.5rem 1fr; gap: .8rem; align-items: start; }
            .considered .badge { justify-self: start; }

            /* Dialogs, the line that says what came of it, the end */
            dialog { background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: .9rem; padding: 1.2rem;
              width: min(30rem, calc(100vw - 2rem)); }
            dialog::backdrop { background: #0008; }
            dialog[open] { display: grid; gap: .8rem; }
            .choices { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem; }
            #said { position: fixed; left: 50%; bottom: 1rem; translate: -50%; z-index: 2; width: min(46rem, calc(100vw - 1.5rem));
              display: grid; justify-items: center; pointer-events: none; }
            #said p { background: var(--ink); color: var(--paper); padding: .6rem 1rem; border-radius: .6rem; }
            #said .bad { background: var(--bad); color: var(--card); }
            .stale main { filter: saturate(.15); }
            [aria-busy=true] { filter: saturate(.15); }
            footer { margin-top: 1.5rem; font-size: .85rem; }

            @media (max-width: 62rem) { #glance { grid-template-columns: 1fr 1fr; } }
            @media (max-width: 44rem) {
              #glance { grid-template-columns: 1fr; min-height: 0; }
              .decision summary { grid-template-columns: 1fr auto; }
              .decision summary .sentence { grid-column: 1 / -1; }
              .considered li, .swaps li { grid-template-columns: 1fr; gap: .1rem; }
              .gauge { grid-template-columns: minmax(2.2rem, auto) 1fr 4.6rem; }
            }
            @media (prefers-reduced-motion: reduce) { * { transition: none !important; scroll-behavior: auto !important; } }
            @media (forced-colors: active) { .meter, .meter .fill, .knob { forced-color-adjust: none; } }

            """#,
        gzip: #"""
            H4sIAAAAAAACA7VbzZLjthG+z1MgO+WqmbXIJSVRo5HKrqScSw72IU5OWz6AJCjRQxEsghyN7JrX
            yLPklIfJk6QbfwT/tLO7TqrGK4JAdwP99S+RD+/JD7Q4kSyvRbMjvGSEJgkrG5LxmpyPtCG5IEX+
            zBaEnmJWE1qmpGYpTC0uMIHVjAh+Ys0xLw8w94YQcq55eVjImSV7hjXnvDnytiGUiPxQEqBMyZnX
            KYmZyFNGmiM7+eT9h5ubXc15Q34HKgkveO2JBF6xHUhwODYkpfXTHt55XkUrVu/IbRZl6yzYw0hC
            6xQHsgyf8vIJHsJ0GS7X+Cx4Btu7jbZRttngQJGXQPY2TdLHNMSBpqYJrmGPbJNmios6ChgM6IZG
            8d4OGXppwjJGcTzLiwIGVuk2epADZ1qXMPCQRssgMANmXRZnQbpSTOS4Xp48bGko+cQUd0NXy3X4
            qJ+7xWyVZmbQrNyuH1eJ3OqRpvy8IwEJqxeyhL/bQP1P7irjuKOkoKfqLoyqlwUJlz7O+pb4y+3z
            eUGW6+rl/kPoR6TNPUFL4QlW59mCiIto2Mlr8wV59zM7cEb++bd3C/J3HvOGw9hP8A/5GRbAYLfO
            MPWeaZ1T+LdsTzCe7EhD47agNQ6I/c3rzZ9PLM0puatqONVaeH0IoPLvJTQ6kLhQCJdhFD44UAhp
            yJZhhwb2wCJ1bvog6YrG8dJBwypYbVaxi4ZlvApX0V6zsnjYrNIgnsBDGK2iZebgYZ3R6HHj4IEl
            cRwlQzzAKhoGho2LiHT5SFfrDhFZ9rjargeIWLEws7AxK1mw2UQbFxElmDfyeIWzfr8gu13MwMoZ
            /qJZA3b6O4n5iyfy38CWd/C7TlntwdAelnw85mnKyl9gUpqLqqAXRZD8KT9VvG5Aszgt5ukFppxo
            fchLBCFtG76H5xfvnKfNcQdw29bstCcVTVPJJ9Bo9HEc4OdHEoV+BI/3ZCknx6COQ83bEs4AcHSn
            1X6/N57CDIOq7/eEg9fJCn72zjWtYCc1o08eehwU8RguyHEJf6sFqRakLRaEw1+Kf+kCXOGhBafm
            7EEtghEJYzgewEroh5GUzB5GVjA4qAPy89UrCl6r9HKwGQEWBzBhtSS1HJGS0+HNavBGj1MY7u1S
            oQ422rCXxoNTYTVC2ONZJhggAoRTKxOeMk0TRh/ZCW36xEsuKpqA5t/9QEVC0ep+hEGw2x9ZWYAt
            /8BLwQsqFsRORnI+bDUvgWCRCxCyuRRMw8pRp5yIyBxKjWP38i0ifPgWx9RbAPHwJQypd/xp9izg
            bc3PLj6VSvC/Ggj4X1dHxN9e05TPSpTk11Y0eXYBfwQv8CBhWL5WJgEzKi7yJucAFhrDubUNHIiB
            ewUiHBnGL/1gwLkjav0e8J9XAGicnpegwLso+AY2dD6CRJ48fDxlJTye7VNezTAtGDoEjb+Gwz69
            dd/a1L7DGatC1wmcfwM7StnLjqwsw13Gk1YAW0lVc3i9UcPecy7yuECoQZxX3hRjCoiVp0M96RkW
            rEs8FO1sasBiCzpYV9LpnABtlrGlrAD3eiNYgvu3pupJ0UKtU/t+x05Vcxn6LZfA99If+EdG8Yw6
            ehDXGn6C3T5ois6UzwBZeM0fjMAl9e3FrDkzxMbrzc2H92iPTc0LgUkSyiCd9eeIMC9Ah4xHnCmj
            kHX9av/hQJWoBmlwt/ALDRJZwzTw83BqBvjGe90mRvjPEVnRMoaz9FeaWtyCTCVoS7DDCbYg8MDg
            OS+rtvnYXCr2XUWFQGf/i/V8eQmJag4BSnsO+zxnAfYMZjc/AKyWuTvMleNe+jtZ9naC7qytBUpV
            8dx4HvVud0RfIcOyZDbtTdXcj5hdeXC+FOww/a6pW4b754CmvLmggNG+41TzQ82EUD69zgHvaCDj
            07BGOyWBfdkb1S4ECKe0PCjxR3SVP58iqt5MU/wIKGLfCSgnkmMvEclL6VF6IfiKzckQe9YK2QQq
            Yj2VPAaaGr1LP8Tl1nH7S+kw+0oPu7ExTrR+xnuXuaWEWOfBa1bQBqosK0mXklnH8O7dftLny5Ch
            /C0mW/KH9KlUVODgQFpYIa1zID5EGQn0kYRadBC0NOzkb5CRYW4hcaMAB8l58mTxZg7xS4F0hWp3
            IFYU0PI2uhrHMHYZNzFyPkZxQT956aV93XLpX2airjWywRr0TC7fuODJ00gNlqenorcnswTXZ7gS
            qrzThKQJ19GxL2jMip0s7SHYeugbjUhT3gsS8aAL7EMykAx+ikpgkipFrU9lp3UKdaZZPQMSA79p
            iIxstwtX0wtmjKwTrJ/BWPG+MJFR8fov2Ow4FLRMGIbsW/3TwcKhzlPtq6S+8dkDN1UhsnEr7alE
            F+M/ZDW6nwj/UX/TRtuLS28OW49S3eOU1IXfo4FEk8sUb9bcLEhDlfYs+xWSs2V/5brnLvdpaN30
            soigYzysm8D4JY2xN5+pOuL8MKy8NoqEVKPj64dEowBT6wYsTKbjco+eH4T6XICwX9ITG1JfTRGP
            po5b1nHdMCugIhC5mKkBZuuftsybwSE9ThzSeu6QhnvsTt+/8JY4dajNoBTef+JNnjCZnvql/H0N
            J2/DqPKG65mwOsDxBneJIdX6yYcu751EoDoXk37rDEED8NXswlSq463Y9k1fYG9U08p+zNCdqTZF
            x0aVvJN50ieZmJ7PJ3hgxvyMOrvM1+Xupmend4W6I7ydDZm5Mywa7AXPVvNWsl63wMHWLfhYemBQ
            ob1fkFsMn8Nqz/imsk0PTMx4WAUPnJbw04nKqn46eezliyA9g1Rz/2W1wMjKJ912l6kY0XTPxikl
            3IjvTLQFhJPJ9GznbeIGNmglCUjWKCtGuWaPU0WEmZBVs4rR5g5zUYnLBfrzE325g3/uwiD4ZkGW
            qLb7BQaze715ZOfDthBuX044jFTb0JIeqF8ykMx6J7xxijUdn/orQJJyqoNgSH2lqxuE40FJrhuE
            AJ9pR3YtlMqGru7/amuXT92p+/h1Z6bGdLL2joysNyDZW8GWxiEIrPLNdf7SZovzLTikp/qisscQ
            kNC0lHtJwteGVM3JKLqXkCt+E5mH6lUe2DAvmQn7Tsfbjz63nNSAmXDcgIu5LUnpfP1Fb65v+qk8
            vA8MWX1VtGbY758spA+0PUylutNGrU1YtUUW8qzvZaK71lYroRIYG56DiWLqy1rFqKMnmPMFwnoD
            veiZFi0KLBEjGYCvwaXzWNEra4amoB2W2hKUAeQD1HBzgDkxVcUaZOh9DR3BaqZBq5sHk1XNdBZv
            Ghp9AXx0oDPlrG4oqG83WBXaZraSoRUsncSNzkIME79ktOM0k0IN12QtzJ5ao7w/2I80BVp7Bzws
            QMCdt45SdlgM0yGQfI3fN7ucQyaTD9WLy68tn0Cv5ZuZ9XgpbRhGjmlITlvJyTXolIojS0dpl1YJ
            OJ2nGZXIXEeGd9WRDUyrP6FFcqeFOQIcj7yAfXrI7d6qTXXYR+evv5X1OoSvNylraF4ISLlEe9KN
            wak2g4x83ZQJtE8nmWnxZt8g8YcFby9ePHYFjalxVJfVSQv9tYZ7euUrlDjTyvm8I1iR9UrQT7df
            xkKoTOofR0ZKeWUBi3/16/+XJGy7SscVe2tTY81/2IcyjXrInLpOpwp2nSvRfRGHELpJVLj8zNw7
            03EQtIsm6mN/qw/RIdTVLN0qk6C482baQVHgLoba4sm69TI5IgZO4Bl7u8HPbpa4Tes0BbBlOr3V
            zmrCjbsCVQYrsO55YoM1atB+H8GUQA/hql85dh0lPFyCAJE6Z+nk/t3KTc2OaQ0F2BO74K+5M7vS
            ne1RkslQOeKtQdvfoqWgd4SeDiRHtK31V0RNuG4LhkWiekLLH52X/b5kNWlc22iqU/yOOa/I2tXU
            1iWJxu9Jj6sR0KergDihMUczNT+n/dVmJrIa+tUxYwBoNThbl+0IjsAKnG85LfD4ILQsvSNY90Vp
            qAyzSoK2Lu5ujxQK3pF2Z4n7Y3oOamaw0InTM51Sfrz/fDXI2DRa6UJaJHUb2w7+VTfodP+1jU0n
            zU6z0Di6gh1Yv7Pw6eLHLJ+InpPhzDAp8jEfRXZ9NU0Gz9B94wr1ZLOXaOJDvO5pS5fSKdb1IAqk
            s1mOqwckgi+d9LdrWah2znC5gzxNAJAkgaI3oeJVP3q5p/kwTkVskEFyEvBuPr6tr5VhnTyDbs6X
            pKfLYdaInxo2Jj9FRyEG7a6uk6He9nFwNZna6JsAXTo1uIelEKki6PnIypnEaaYkwrTnryyBbIGX
            qoOU2qc/OvWZKHQGFzZs9tEJ8T0e1rfqxIaQm7zcYNf2WkX2OoX+uRxycnLitylmqwiN9BN0zc0h
            bXN1r/d5+L//+vfMF+LB50V932wmKza8PvIKr/td5/ifdzPyQU4WP+WNp6sJGfD6l1ZscKt5A+eR
            Ep+3TcJPbLZRMZnriaaFLM+shcQiA35XqKne8ySpFK+d1lfWdp1vu+Hvya7kzZ3e971zbVA1FQOn
            lQgHh9eda5bO9VWjial/gIkPmtrmE4fDxPaxJoshbd05LfhBLPC6tuxuwQ/aEEEvQt0UTzDF5xnJ
            GzUHAxU4glSuu+YEJrzz15VEOqxiZ0xFCewQrwLZYZIVMwT75zOUyThNdaCVlABzEDKtZRPTlRfv
            UG+7edo4ZtRovQ/UHPKz2FsVaD7wDtrWt4LKLLmz7Sx/YanpAeA9DtsZULbt3JHw5Gt7o2+5d89k
            vRmfibqudn8/0XAefC2zV8hUW8Bjz/hFvTNtJXc1qXql5p7m9ZXeYV8+nGyQ9c/m2ge0+QtKmK8y
            clJXWiEoN4g4QZu2hpO7g1LfuZISt+Jib1XNzs04V+29/o3EaC7JA8syt97dBqWEJVDp7g18CjCv
            5HWK0nqtKIEq30Jr1Pd4hYVTke2KOCoFm17oC0SMI4XpmYa6ZyqX9ZzfgripzjXRlc2YmAl0TCP6
            SzvPrxP/nwQQqk1Y6p246b7iM+rqvbmapE10dDkeqhBeFF7MjvQ5RzjK9lbv+ryjRAi2yEciF1th
            CfZ4kY/qFi6I28hd2JtX7jKPpmiw1h6B+v8A60zcOfAzAAA=
            """#),
    DashboardFile(
        name: "decisions.js", contentType: "text/javascript; charset=utf-8",
        digest: "8c089cf4c31defa6",
        text: #"""
            // What was decided and why: one line for an unbroken run of the same, which opens
            // to the sentence about every account.

            import { h } from "./dom.js";
            import { time } from "./parts.js";
            import { count, fates, outcomes, percent, windowName } from "./words.js";

            /** Newest first, merged over the pages that were seen. */
            let seen = [];
            let next = null;
            const most = 2000;

            export const takeDecisions = (page) => {
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
                one.tightest && ` · ${windowName(one.tightest)} ${percent(one.tightest.utilization)}`), h("br"), one.sentence));

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
                  newest.earliestReset && ["; the earliest reset that helps is at ", time(newest.earliestReset)], ".")));
            };

            export const decisionList = () => {
              if (!seen.length) return h("p", { class: "soft" }, "None yet. The first tick makes one.");
              return [
                h("ol", { class: "plain decisions" }, runs().map(run)),
                next !== null && h("button", { "data-do": "older" }, "Show older decisions"),
              ];
            };

            """#,
        gzip: #"""
            H4sIAAAAAAACA31WXY7bNhB+9ylmiSCQtl5500e7jlGgKFCgCIokQB+MBcyVaItdSTRIKo7rCMgd
            coNeou89Sk7SmZGoH+fnYdciZ+ab/xkuFvBnLj2cpINMpTpTGcgqg1N+XoKpFBQa/+2NxVuoq0dr
            nlQFtq7A7MHnCpws1RzZdZqDOarKzRYL8KalqcqrKlUgH03tQb1T9gwyTU1d+WQ20+XRWA8XyKGB
            vTUliGSRmTL5y4nVQPW6VCOGo7TeXbEw4hz20is3B9SVmpK+jsqmiignXWXm9EpOkE7GZh3SbHF7
            C6/USTkPe20dipTKHjAYBo1mZ47yoBx+UbCUJedUlcDtYlYozwdYw/ZhxcdKvfd4rOqiWM1SUyFq
            aRxd/Xh/f4/q1Hu2vCV5+aR+wdg7jUfkiUhVDOuXcJlBx6MzolTqBG+UZ4YkCyJJKY9RhMliGfxN
            dBbHq0HW/UouoTzbXKjq4HNYr9dwT0zB9iRJprhzwCsW2evCKzvouEFzkly6KCh7QByAxKFTUSTn
            8Mhsj0iDO5DEkrhCpyq6n3Mk2Dq9hyjY9uEDBzjhyN2s29jB8+ej258g4t/NBn6r9rrS/hzHIdQ9
            WwAe5NbXaEPgpI/uXsQbMpO42NfhLp7msbnOG1H/QEBKGfvb6udael1jKkctEoqSW6m/tEo6U80p
            r33lcU21Cmzd1sNVLUj0pa01YLiovQ5ukVryJGaRIFRIrgCU7TxcMZFCRaRN0tqQBDspHgGxv8QI
            EnPgbc2fsrZ3jA3Ef7MV1nhszEzMQeylLvDrIdFVWtSZctG1jjiYDa0qU2SKLQ+MqzG1MObJwQ8T
            /UclvWu5GlCFU+z0sXZ5dOkivez5cVqwgvENgy6/gISGY9bgn1W+thXhtmXRhpj+4wC10lMWMG+h
            XfJIFBrdvzRzFMaTO8qKzpCiF6hq9ygzrKNnF+qncQZQ7p0S1B1fUNLc4HwVsAGBIxWnnIAlCNHs
            gLVAOw23I7kHap3ROb6yppl/zTbhzB6xkUiiqsQMtvh09PqQe8oPZnoH//2LLgyjNhpzxA3Sunk8
            ISS114X+m4MWN7uYjXi0Im4Vhh1CA21oC4puSGZIYZc4TNO0XS7g9AHTSuMeK2Ld74fttOQ5PC0z
            ev354z+ilVnCVWs0q6EE+tSCyKSXd0/qLJadQTRW2phmymPY3CTlfbs+u0zxhwxSNuqylPbcF0+4
            vk7SKadaaEIMXsILSsmWdmfUWSM9hlTA54+fQDzMea1GnWbqpZ99HH9PQ2edgKsyEdJqeZfrLEML
            kM/bumWiQKLGHdUEhpFS+x34kGcW7cwKd0EOpt59t1hJLT8LIpZBz+lXxE2yi4OjnZpJ37puP3Yq
            N6SlLiY6joXUVd/tOM5GJl9h0WaeXMVxB7wk4OPXbRevTHgm8cOMLKd3mU9E3FfGN2Q7O7xOn4bN
            tyFIXBxA1zQndm+J3lceXTe7EOYd7u/ziGj14aAsYofd1c39HRdCajLVTY/JWuiz3d0qaQuNH6+V
            UzwvtmLFaIGAsEThF1auiqPDhwv6DGJaqxOcGAtZYFRoOnyxn0OH/a55gQxrlJbezegtFI+6+dsp
            wXfwWeF6fos286bmaEKJrzfHo0rEo8GwDXkyXyue/gnC4LTno5iLBT+H6rx6CtFcrL031WjeZIZ6
            jjrctna+yc2J548dKWHEBw7R/4NXrMbxCwAA
            """#),
    DashboardFile(
        name: "dom.js", contentType: "text/javascript; charset=utf-8",
        digest: "fad7ae01deef9e79",
        text: #"""
            // Elements from values, and a tree made to look like another one, so that a view
            // is a function of what is known and focus, scroll and open parts stay.
            // Text is set as text, never as markup.

            const SVG = "http://www.w3.org/2000/svg";

            const build = (node, attributes, children) => {
              for (const [name, value] of Object.entries(attributes ?? {})) {
                if (value === null || value === undefined || value === false) continue;
                // The policy of this page forbids style attributes, not what scripts set.
                if (name === "style")
                  for (const [property, said] of Object.entries(value)) node.style.setProperty(property, said);
                else node.setAttribute(name, value === true ? "" : value);
              }
              node.append(...children.flat(9).filter((one) => one !== null && one !== undefined && one !== false));
              return node;
            };

            /** An element; null, false and nested arrays among its children are fine. */
            export const h = (name, attributes, ...children) =>
              build(document.createElement(name), attributes, children);

            export const svg = (name, attributes, ...children) =>
              build(document.createElementNS(SVG, name), attributes, children);

            export const byId = (id) => document.getElementById(id);

            /** Makes the children of `place` look like `children`. */
            export const show = (place, ...children) => {
              const fresh = place.cloneNode(false);
              fresh.append(...children.flat(9).filter(Boolean));
              patchChildren(place, fresh);
            };

            const keyOf = (node) => node?.dataset?.key;

            const patch = (old, fresh) => {
              if (old.isEqualNode(fresh)) return;
              if (old.nodeType !== Node.ELEMENT_NODE) {
                old.nodeValue = fresh.nodeValue;
                return;
              }
              for (const { name } of [...old.attributes])
                // What a person opened stays open.
                if (!fresh.hasAttribute(name) && name !== "open" && name !== "style") old.removeAttribute(name);
              for (const { name, value } of fresh.attributes)
                if (name !== "open" && name !== "style" && old.getAttribute(name) !== value)
                  old.setAttribute(name, value);
              if (old.style.cssText !== fresh.style.cssText) old.style.cssText = fresh.style.cssText;
              patchChildren(old, fresh);
            };

            const patchChildren = (old, fresh) => {
              const keyed = new Map();
              for (const child of old.children) if (keyOf(child)) keyed.set(keyOf(child), child);
              let next = old.firstChild;
              for (const want of [...fresh.childNodes]) {
                const key = keyOf(want);
                const alike = next && !keyOf(next) && next.nodeName === want.nodeName ? next : null;
                const have = key ? keyed.get(key) : alike;
                if (!have || have.nodeName !== want.nodeName) {
                  old.insertBefore(want, next);
                  continue;
                }
                if (have === next) next = next.nextSibling;
                else old.insertBefore(have, next);
                patch(have, want);
              }
              while (next) {
                const after = next.nextSibling;
                next.remove();
                next = after;
              }
            };

            """#,
        gzip: #"""
            H4sIAAAAAAACA61WUW/jNgx+z69g83Cwi8Iptqc1yILrFgwDdu0BLW4Ph8Oq2HSsxZE8SY4v6OW/
            j6Ls2E7bYQP20CamqY/8yI9UZjNYlbhD5SzkRu9gL8oa7RUIlYEAZxBhJzIEp6HUegul3CK91K5A
            A1rhFVgNrhCOvPcSm8lsBtLSQ16r1EmtQOfQ+Pdk3SrdKIbOdVpTFJsaXZZs0RUqqIShRKwTh8QD
            PeJXPmeR4C04erwChXsKTY87YbZ1lUwmqVbWwcOnX2AB08K56mY2a5omab5PtNnMvru+vp7Z/WY6
            71zXtSwzco6UzoiBcM7Ide0877SgVwZVDIsf4XkClKmBKBz7rMSO3LlEXzyv+/WfmLqEqmck2qjH
            geUSno9xzAgAMoeIT8FisQBVE+Vv36C31CrDXCrMxuZclBZjoOBOqhrnjOXLUiBUupTpwSfhCqpQ
            JTboU13LzNfvUOKIFfUrNIEKLivHFU1OqXlaHHDKJ6cxvxlTrww1yLgD9UzI7DX2nDdR9jVNGCih
            KB/bc9EYIA5kkAi2B9C97xKOBnXmvJyhL0uYTuEmWPn4kf74rKhIO1mUJEnXvSQvhYt+iJNclg5N
            FJFSuaP0CRddD969Oz33HRgYQ/05lkFXG8Xh5pMjCWl2eQnvFRHg4Zkz4FU4wXJWaB2hCWPEgcZh
            p9UGJBW+y5DeUMMoYgKXswl+rbRxEGpdsDK5BMMeDuh5KpQUyzjKaJR8DklqUDhsx5kB4je0TfmP
            ItJw/B8x7x4iGkJS238IvT78ypNIkvD9OQFv0LWot+QRsWK46B/EluaL1k9fStLiU1WKFJ8GO+qp
            e/30ssK20I0PyodesOShDY65QevbwY5JWpIy7kgCUVCGFwZ7/AsF3mpdolBBTZVwafFT69llwUhx
            UFeIvsXDfd6tKc7Mf1kmmXCC5mWZkMPJmTG9sy6zDqwj44eczIm0q79qUQYK7BG3yp4PvHyQx0MV
            ZsD7JqvfVh9Wd49/3N3/vOp2Wuf5KUxpW4iTJcx3D34cr9JnFgkcfe8+U9k8Wq+XL3G36n4PNwtt
            DuuvEqoyDZW/Hyw/9DvsIsQvhB2vkdgPNMfybKb+0HRsanceEzK403s8Q5i/lnq3nphBK4JT/vF4
            tf5zZN44FHtzvgFj9gr7rt3I3u+tTRkPexj2b2otX6G8zDjHkT1wHru+6vhSswORDRU7cnpDjCdt
            ox98hQ2NdBWdV5nnyNfWp9hPp+fHYxGxjfTLQL4oI3u7cRi1pF8PKnDzYLk01nGOZyEboVynx1AE
            xvATQIpsZX/KntBCQH+svc7CS8H7ZxFiUnMvgp/iinsB0BcelLvu3vUQvWUZTt7wnTIELsQeQ1jy
            Cbw3gXdM3hx23g8Ee9PvCf/Zg1+ch+uIBXFJZemSvkUqCzKzK06m5Qdnv0WOp2ghtUUgHXflDkzp
            34Ncl1JtBpf+i2AeYRSMtdSaTzX2ERvqCkJbz2FXRE6b9s2wbA0DHsW9ifz5XEAnKf8NRLAAcxML
            AAA=
            """#),
    DashboardFile(
        name: "glance.js", contentType: "text/javascript; charset=utf-8",
        digest: "e9845ce82247030b",
        text: #"""
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
                  ? [h("p", {}, "Since ", time(cameIn.at), " ", h("span", { class: "soft" }, "(", passed(cameIn.at), ")")),
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
              if (plan.lasts === "yes") return ["All accounts together last ", h("strong", {}, "past ", time(plan.until)), "."];
              const span = likely ?? earliest ?? latest;
              if (!span) return ["All accounts together may not last until ", time(plan.until), "."];
              return [
                h("strong", {}, plan.lasts === "no" ? "All are full about " : "All may be full about ", time(span)),
                earliest && latest && earliest !== latest && [" (", time(earliest), " to ", time(latest), ")"],
                plan.firstResetAfter && [", the next reset is at ", time(plan.firstResetAfter)], ".",
              ];
            };

            const tonight = (accounts, history, readings, optIn, pause) => {
              const since = now() - 12 * 3600e3;
              const swaps = history?.rotations.filter((one) => Date.parse(one.at) >= since) ?? [];
              const stalls = (readings?.stalls ?? []).map((one) => [
                Math.max(since, Date.parse(one.from)), one.to ? Date.parse(one.to) : now()])
                .filter(([from, to]) => to > since && to >= from);
              const stalled = stalls.reduce((sum, [from, to]) => sum + to - from, 0) / 1000;
              const short = shortNames(accounts.accounts.map((one) => one.email));
              const last = swaps[0];
              if (!accounts.accounts.length) return [h("p", { class: "big" }, "Nothing yet")];
              return [
                h("p", { class: "big" }, swaps.length ? count(swaps.length, "swap") : "No swap"),
                h("p", { class: stalls.length ? "bad" : "" }, stalls.length
                  ? `▲ ${count(stalls.length, "stall")}, ${duration(stalled)} with nothing left`
                  : "✓ No stall: there was always something left"),
                last && h("p", { class: "soft" }, "Last at ", time(last.at), `: ${last.from ? short(last.from) : "?"} → ${short(last.to)}`),
                !optIn.enabled && h("p", { class: "soft" }, "○ Rotation is off: nothing happens by itself."),
                optIn.enabled && pause?.paused && h("p", { class: "warn" }, "◔ Swaps are paused",
                  pause.until ? [" until ", time(pause.until)] : "", "."),
              ];
            };

            const needs = (nudges, optIn) => {
              const all = nudges?.nudges ?? [];
              if (!all.length) return [h("p", { class: "big ok" }, "✓ Nothing"), h("p", {}, optIn.enabled ? "Go back to sleep." : "But rotation is off; the switch is at the top.")];
              return [
                h("p", { class: "big warn" }, "▲ ", count(all.length, "thing")),
                h("p", {}, h("a", { href: "#nudges" }, all[0].message)),
              ];
            };

            const severities = { critical: "▲ Critical", warning: "▲ Warning", info: "ℹ Note" };

            export const nudgeList = (nudges) => nudges.length === 0 ? [] : [
              h("h2", { id: "nudges-title" }, "What needs you"),
              h("ul", { class: "plain nudges" }, nudges.map((one) => h(
                "li", { class: `notice ${one.severity === "info" ? "" : one.severity === "critical" ? "bad" : "warn"}`,
                  "data-key": `${one.code} ${one.email ?? "-"}` },
                h("p", {}, h("strong", { class: "severity" }, severities[one.severity] ?? one.severity), " ", one.message),
                h("p", { class: "row" },
                  one.command && command(one.command),
                  h("span", { class: "soft" }, "since ", time(one.since)),
                  h("button", { "data-do": "acknowledge", "data-code": one.code, "data-email": one.email ?? "-",
                    "aria-label": `Silence until it worsens: ${one.message}` }, "Silence until it worsens")))))
            ];

            """#,
        gzip: #"""
            H4sIAAAAAAACA41YzY4buRG+z1OUGWPR7Wh6ZneBHDSQhYkDJAYcB1hvsIfBAKLUlMQM1VSa7JGV
            gW5BLrklQXLJU+SW1/GTpKpI9o8kT8YwRmySVSxWffWxyKsr+HGtYGmbGv7YKOe1rRzYJTi7UXNb
            7mG3tmCsfXDQbGFZ2w1IWNjlUqkxj2kHRj+qEazt7uLqCjbNYs2daulHOEN6WMvtVlWqBG8rvVqn
            7k3jPLyH0hZwW+Eg2lE15Uo5GteLNWmTldupmseMxOm2UsXFhd5sbe3hCdZwCDaJ4qq0m+IPTtx0
            owu72ciqHGGjqbzCxkZ5VY9gK52jT7+ulVtbU/5uiR96o3rqtrL27kQh6hlB2dSSHDWCyu5Qm6oX
            ivpRVe0/yg3vQFel3dFHT+fO1mXUebFAR3tc1CiYQPag9mSBN+jIoihw0KPKHCZvLwDWmSj1oxiR
            BegFN4YZy71+QrHDbASilF5e4ocYA/6Fw4hk1t+RyCHqzckNQSuurj7zloIRKyOrBZvxKA2CgJaF
            J1w4DD+BXPDOcVt269/jvrcogWto522Nhqew1UqWulphq1QL7QhL5OzGkRMmELTftIoJN9idtBdt
            Y4nOyzKMNVtCMaepOUnWyjd1BXfYBPZeJmgMdyo+kDqMCLap66PdZQGZnfmtxa19eT7qq0LQkqrf
            2N0AyKQSf6K+nhOG4hHfpOHHhNhvv8PMaGqHnXE4O2NP57mknLw21L63DWn+iXKnUqp0EHq4naUY
            sHwQvL+5OLRIiy6hKL/AKwkBegnZK3b+0PMIr20fkGKuV4JwdxpMo6qVX8MUxEfr4QEDVAkY01ea
            DHvlRdxqUvyMKp4HQSFT1Fo6pihkGKcJyUQXTtWPGttztSKs2hreGdmUCt5Z/INxdXpFnGQbX4io
            Eq36hL2gK8xftPnK2JXmz57sDTEdxhJWFqFJmubK2F0hks9beFP4J8m706K2nmnD3V33Zi2QIt5X
            OI+mTwvUO5lMOFqF2khtcJ+saIxZZkwn56QuUaoN2bRom2fyh2R0qQJvJUfmnbbdeo/KSOf0eO6p
            smDX0Mx8WjhF9LJQJ2l6DixQ4b5F5KZxf7+HUV9tQEVwUhv4ux5KMGIUchEIPAszC+mR7wT14lS3
            ldVgfWcxpWkhkYl0Ggwlc5Fy7+wGWgVRKG09v2+R1DORnDtFuL73DNW5UlXgvoDWuVraOoA2YoVA
            q9H14kwaIw11OdxnoiFpe2IaxQCkqdOicXKlitTdizwfVEfTQue52FPYOPRJ05S7znFzGD8N2gln
            xAM0+/b6Gi7ht9Kvi4XSJksqigYJUP+J8XgUlpPQNpUOkZlRFfP6qTuHW3X5YdZp4Yogi07AIKVJ
            g+Kg7+38DDwhehFzXDnl3a2Hb755BjXiB55G8IylSbSglScM0v92rwzuM5MQI6eYO/Gw+H0ViDca
            TIDpm0g5hySDJ1DWnWoRd1dv3gCdh8ZWK1CPqt4z6Xq7UgjZmgVdAW+uLjraQ0UE0jO4fAIla6PZ
            w0Y/KLOnpRmpVCKQRFHW+1tGKJ0+3MNrMOwwwHEnCW50kFACLXDOGM3CclV7JBViZp5Kx0shvqZv
            r1yn607cGtMePMM9JjLxNToikc82DnB4WDUKIi5CaHo0T0DlJKMtE9CSG6gdHJAsfEVz/69JG7nH
            YieeMrzoOTs6M44ZebCPY6dUVtD5yisjNS0baszxqAQ+uqmf1p8Ph+LybH4EWrtLBFsMM7ba3ld0
            hrTddwKypCRNYRrHQzH1h9mBou87MCNT1c5zWt0uMaODulG4VKjPHjhnCBLyKF5Hgvk9u+yEd2Pt
            Rqh+efk2hH5g+wmVqFmORIeV4Rv4/hfX1+r7Hk52cuvOVg1oqSGuaun4V+iKAq8pTlEXHVzwdhJW
            yQlVd334eWkM6c2SqXhehz6emRcbue1UB5QwE2/k54x1jo4XpFsNAZ3aGKHp8bi3OVUttNv7nBW2
            W7gjWSqI73k5lH4b3YNxo68J35nyow0oqniC2UiCZbNQWeYaVHSkD/vg56TnEsLAdQ5XgMfLdU8h
            XdZIXXtpy04LzoFT2tInz0+KPA5brOs4h79WvHZ5/XWyxjp5TQzKZfH9i8opFmQjunqb1836naib
            PkUe6+/wMTqrNbq5q97nsuTkD0v1R9sjfvbln//BMzcu3J9CK9O3yFH49VO6QWcxrPkhFNxV3DlV
            ObOuKP/y778DmUuTx5TTyEk7rKSk2cm947eKTi5tiCPz/DH8gab0CIFEQgE4G6OV/Ml392mASdb2
            sAen4gBf/vI3nNkbRdRjfRFMeMVsUKhKzgm7zxvz5V9/hR9ishNR2eVy3DokPKFg7bgH7Z0yyyJt
            82QJpp5pwT/n19zJukpr/gM+MeMQzQeRtujgz3COUPkmjk+Zbji/Z2CEcuSEOsNdFalneEUdkiNG
            lqiRZ2BJyb8diYWUMuZFSQT2Ie6OYcMORLP6xc7QaQjuX1uYy8UDcYYzSm0Lhvov8VSrhyG5CZdL
            RGt4HUD0UIe32+KluQo9/2O+pCIw6/aHI9Hq01sxNiVrxPIUASJ+FnwVLt/GIAcVyGVUxZ95BHBU
            v2mPBys6G42i9kKacbDkXfxE9WQiGhAHfgpf2K+rpaXOP/+XPKtw1ePHJDbng2ZWjBHnUIdm4hOq
            Mq4JVYScu/DGFd6rQJe4QJh9ybfD4KqjZw/eGwo1ZuBePNLxtt5zSVx2QOTrjJ0qjB68qWGu0YPB
            6yci+uipfaiHaNtcEREsToeTH0WfJznKh1nKpv4b3SyssbClOsT14l0f5S9RCC0/E/euZOvoI9oR
            SLmN7l3fxntS2+9IV2PqS1g5fwiI2u5EMgbiSwI/qhKxxGbW624vRM9fu93gzs62cdnSF583Hosu
            VhB8V1p0ncAsxZIC03bFj348Qo4UY0g+Td3s09jf9293qxKy1vLSyLmiebNP2tAtPhKdxsuxxWKm
            cuMYpOgsjg89PJyfjVmL/y4w8f4Hpcdwn14XAAA=
            """#),
    DashboardFile(
        name: "icon.svg", contentType: "image/svg+xml",
        digest: "162c93d985de77f6",
        text: #"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#159a86" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"><path d="M6 13a10.5 10.5 0 0 1 19-3.500M26 19A10.500 10.500 0 0 1 7 22.500"/><path d="M26 4v6h-6M6 28v-6h6"/></svg>

            """#,
        gzip: #"""
            H4sIAAAAAAACA1WP0W7DIAxF3/cVlvscMLCwZiqVtvd8RLRkhTaDKKEhnz/Y1qqTLFs+9+rKPizr
            Cbav0S8GbYzTK+cpJZYUC/OJSyLi2YGwuiG9h80gAYGSuRA+3Tga9MEPCEucw2UwuBN10+31DVTJ
            9dEaVEze0ej88NFNBudw9f0/fA7O3/jxMHXRQm+w1SBUJ4jV8NPKCQJEUylWE7Uyy81bUYjgb/xa
            XkDKsiJ/CMv251XbSudYuV8rbXXRy5vHp280elUoDwEAAA==
            """#),
    DashboardFile(
        name: "index.html", contentType: "text/html; charset=utf-8",
        digest: "724d30a246af9dd8",
        text: #"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Account rotator</title>
            <link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
            <link rel="stylesheet" href="/assets/dashboard.css">
            <link rel="modulepreload" href="/assets/actions.js">
            <link rel="modulepreload" href="/assets/accounts.js">
            <link rel="modulepreload" href="/assets/decisions.js">
            <link rel="modulepreload" href="/assets/dom.js">
            <link rel="modulepreload" href="/assets/glance.js">
            <link rel="modulepreload" href="/assets/parts.js">
            <link rel="modulepreload" href="/assets/service.js">
            <link rel="modulepreload" href="/assets/timeline.js">
            <link rel="modulepreload" href="/assets/words.js">
            <script type="module" src="/assets/main.js"></script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to what is live</a>
            <header>
              <h1><img src="/assets/icon.svg" alt="" width="28" height="28"> Account rotator</h1>
              <p id="link" class="soft">Connecting…</p>
              <div id="controls" role="group" aria-label="Rotation"></div>
            </header>
            <div id="outage" role="alert"></div>
            <form id="lock" class="notice warn" aria-label="Token" hidden>
              <label for="token">This service wants its token: paste what is in the file that
                <code>rotator token show-path</code> names. It is kept for this tab only.</label>
              <p class="row"><input id="token" type="password" autocomplete="off" spellcheck="false" required>
                <button>Unlock</button></p>
            </form>
            <main id="main" tabindex="-1">
              <section id="glance" aria-label="At a glance"></section>
              <section id="nudges" aria-labelledby="nudges-title"></section>
              <section aria-labelledby="accounts-title">
                <h2 id="accounts-title">Accounts</h2>
                <div id="accounts"></div>
              </section>
              <section aria-labelledby="night-title">
                <div class="heading">
                  <h2 id="night-title">The night</h2>
                  <div id="night-choices"></div>
                </div>
                <div id="night"></div>
              </section>
              <section aria-labelledby="decisions-title">
                <h2 id="decisions-title">Decisions</h2>
                <div id="decisions"></div>
              </section>
              <noscript><p class="notice warn">This page needs JavaScript; <code>rotator accounts</code> and
                <code>rotator why</code> say the same in a terminal.</p></noscript>
            </main>
            <footer id="footer" class="soft"></footer>
            <div id="said" role="status"></div>
            <dialog id="swap" aria-labelledby="swap-title"></dialog>
            <dialog id="pause" aria-labelledby="pause-title"></dialog>
            </body>
            </html>

            """#,
        gzip: #"""
            H4sIAAAAAAACA5VWS5LjNgzd9ykYZpnYqunVVCKpairZJMtM5wAwCUuMKVIhIWu8y2lysJwkIPWx
            5fZUjRddpon3QIB8D+7yO+0VXXoULXW2finTh7Dgmkqik2kDQfNHhwRCtRAiUiUHOu4+ymXbQYeV
            PBscex9ICuUdoWPYaDS1lcazUbjLX34UxhkyYHdRgcXqw10S5a0PHGuxw5tE1jQtCQ3hlPBkyGL9
            SSk/OBLBE5APZTFtv5TWuJMIaCtpOIEUqT1ed9BgEc/ND186K0Ub8FjJAiL3E4sE3HNMbuiRLhZj
            i0j3eA2xPXgIeq9i3JI6rweLPa896HseKDLexf1fz5Fyo0+yNCoTnz9M++45QsNiUfgcp4fwbDsR
            Q1LRcyQyHTL0Sdbog16qiyqYnmYJTSwpYlBXdAfGZXBZTGBmFbNpDl5f+IONYxnNgjqZfjnt+0SU
            9WfeEuTF2AIJE4U1ZywLmI2HoX4Romw/1KXpmu3Bq2YFWLaIFJPb5OtHPgKTYfK6Fu+MwulS1l4Y
            nazlTnIt0B9J1r9455CV6pr//vm3LPqM1uac8cmTwdsoOR8bWDbBD9wUBAM7C4d0u3+kg1h66U6Y
            tlxIamZN4wdiPy5JeBTw4FjhRx+6qTivrsU5T6wAMUJw2/Pe/IlnlWiN1uhysTkgOE0lKQfrt5Yv
            dxYRp2A7CcN/OfqT6CESrm9gnKAWxdFY5AUQZ+Scymus5zuceCK2ftz1QG1Z5GgeYnEvfstpTsjK
            OSZwOpvgILyzl31Z5OrmJ5h7C37k9o3rB8qNT1XPuuPqYhIldz2QV77rLRLv++ORxdijtTwv1amS
            R7Ax3Sn+PZiAup4KPwxE3tV/unSbZTF/ze9aFumq0whmMeaDsypTscZp/FLJXZrQnCRiHl0ZM1l+
            +wafSICYA8kKE/wd1Q26wXhLtagPlyWwyzP8awnekZbJuNCmftvXfNR9cLZBZDG+zshFjAt0VSDH
            vq0Cl3y2PT4lnV81qZ5dNEeupW1Ybyy1vHEt7Ka0Capaz7q9rS9VeF1u0M93sf5WPLzId9Ffl40H
            V7mCv1qF8/OcvKr/1tmTU3seDsIh6ih+hzN8zoyf70wI64tO7gOnH1h1bC8LIMIlOzuyTZPLQRCG
            zjiw+2SHslhrY2ckJ+RZ5BmUe5uWd8MyWSht38y2CEYvky1yEcP1MhgD1jcTbIT+gRPS9tUHE35L
            7GGI+ICZ9x9Qi/l3qJj+x/sf0K/TjvQJAAA=
            """#),
    DashboardFile(
        name: "main.js", contentType: "text/javascript; charset=utf-8",
        digest: "e48479479921b2da",
        text: #"""
            // The page: draws what is known whenever that changes, and keeps countdowns true
            // in between. Every view is a function of what the service said.

            import { controls, wire } from "./actions.js";
            import { accountCards } from "./accounts.js";
            import { decisionList, takeDecisions } from "./decisions.js";
            import { byId, h, show } from "./dom.js";
            import { glance, nudgeList } from "./glance.js";
            import { known, refresh, start } from "./service.js";
            import { choice, choices, momentAt, momentText, rangeMilliseconds, readingsPath, timeline } from "./timeline.js";
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
              if (values.decisions && values.decisions !== lastDecisions) takeDecisions(lastDecisions = values.decisions);
              document.title = `${values.optIn.enabled ? "" : "(off) "}${values.accounts.live ?? "nobody"} is live · Account rotator`;
              show(byId("controls"), controls(values));
              show(byId("glance"), glance(values));
              show(byId("nudges"), nudgeList(values.nudges?.nudges ?? []));
              show(byId("accounts"), trouble("plan"), accountCards(values));
              show(byId("decisions"), trouble("decisions"), decisionList());
              drawNight();
              if (values.health) show(byId("footer"), h("p", {}, `rotator ${values.health.version}, process ${values.health.pid} · `,
                h("a", { href: "/openapi.yaml" }, "API"), " · times are this browser's"));
              if (!performance.getEntriesByName("drawn").length) performance.mark("drawn");
            };

            const showLink = () => {
              const { state, since } = known.link;
              const isGone = state === "gone";
              document.body.classList.toggle("stale", isGone);
              const looked = values.health?.lastTickAt;
              const how = { events: "● following", polling: "◔ asking every 5 s", locked: "locked", gone: "▲ not answering" };
              show(byId("link"), how[state] ?? "Connecting…",
                looked && !isGone && state !== "locked" && [" · looked ", h("span", { "data-count": "ago", "data-at": looked }, ago(looked))]);
              show(byId("outage"), isGone && h("div", { class: "notice bad" },
                h("p", {}, h("strong", {}, "▲ The service does not answer"), " since ",
                  new Date(since).toLocaleTimeString([], { hour12: false }), h("span", { id: "outage-for", "aria-hidden": "true" }),
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA5VY224juRF991dwGoNN90BueTcXBDa8xuzsIBhgLotZBxvAMGBKTUmMWmSnybbW
            8QrIH+QlSP4gH5CXvOdT5ktyqsi+WjtIHgxTZLGqWFWnLj2fi+uNEpVcq3NR1HLvxH4jvdBObI3d
            G/xSRt2rWnjaXm6kWSs3E9IUYqtU5cTSNsYXIHXC1406mc+FNmKh/F4pk4vXuPsg7rXaE08pVo1Z
            em2NsKsgyUO8U/W9XuK/1EV+cqJ3la29eARv42tbQt5e10ocxKq2O5Hkc8k8XP5Hl1z05HLJyryS
            deFGxLw9pS7UUjtweaudnwkvt+rbuDO83FJNby8e3hQzsZkJt7H7Ib3dTSjXpTRLNROmKdaKhA2o
            w9nkAht+Jmq1qpUjCV7Ww0vRWpNby43VJCb8h8l2dqeMf+nb1bX6EeuaHPhOl6V2CuYtHAmShTZr
            9530kOb1TpXaDK3dbk3NvbYzUTS1JF/MBEysy8GtvYUbwpUTSHJ05V6WDelW1XZRqh0Z+jK8tyOC
            wxucYT/N89zInXKZuPxa8Cpf6dKrOk3pF2+3nG5o5zbLd7LqT0+E2KRJlczIPqV07lwkxnoKtb2s
            TSIOM3H36e//EvPnj3TnQNFcFgI0iGA2zLl4/jiWkUMPB7wc7rKs09ro9cb/oAu/IcVZs3cwJ9T5
            Mf3qt2czjpc0YbIky5elhkeYvudB8HtPBB2LRzxAr0T6LNgtbz0lfvpJtHsbRJQFxAZbbcAP92zl
            35iMOQoR5MmyhKRo7zRpmcNaSWSaQDmipxhPRy+Y0e28VGaNF18xq/OntnZ25dnIycfA/NNf/plk
            kWmtfFMbWh/wh7Txew4gTgp76SiQnTJiQ0sE8IwzRaWXuKUol7QJhGhJQUo6K1ur/KR9YNi9FN9K
            r/JK1k6lE0Pm0mfi9HMETgOgrHHgqd0H6FGD65Ryrw3SoHh2eRkxGHf4sfAEx4NcuDSodfoUimmW
            ia+PbYsX4iz/FSkxDiOngG9f60Xj4UBZa3m6aNwDfPA9ds06jdoGk1eqhn12nHF2st52fOjwmIs/
            Hxozftgk5PpFiA2mEYiQNoekbQroEYNnR7LPhtB76zdQQjwonydHXqSkQ2RE9U8JTIb0HbyRoBSe
            GDJikokvvhDPorfCXibGFDnrC3dPtgHsi5MDsFsqL6Cr74rHCM8jKJON32qzTbPelaVdbsFuo4tC
            mTYZ5rDUNkfe94rjialUkVxM8sFngN6jiy7Es66Y0buf7JGk0UuycVVMR4c9AjoO/KzCLhuyUe61
            5zR+9/xxqFqujERQFYiJJIHHk9SuVplIDh1ZH0L6XomrK8rZC1s8JAeCPW/+59/iZaAStYWZbH03
            CeK2daA4btfRDNk04EMVJsqw+jk6ruDMsavlrWXD0VX8T0rf3D653z5shK0KIjmfDpqXn1Ogs/SI
            w2h32NWkgUFXV9JsEg8bJUtUoKGIlbUosMSphSLVyGhk0fko3MzR3JGwA1d0dB3uCUWliwO56y6k
            CzCVjO8N2hs4f24rxEOl8we5KwPOX373hsQndIuyBrpGJHxg34lFbffofn7hIv4ZC8MksFb+NXyt
            lfvm4T2KNYzDeSCL6Sg7kgQjRUBzXzgIqCP0tj0MwxJdGRWGvn9hyA7LxO+soegPIL4kEK+xk4wg
            QlGdc6Yjd+XertfkUNwpFawUmAyKT2kt0kCPvGDjq5yAea2X25e+p6W29BLqonlHyMHUn/7xV7Gy
            ZWlRltbgXmGNFZ/8TUi3peSquF3/taBUH5LOeZd9AA+oQ/TomKhFksbtFdUZOG4SqWQNDiK7v2ET
            3DKQX1ljFHr30AmEkIiPokwcrYbl09xHuzccFPFCwiHqKmk4oJJCennKGEqgI5pTyv68KWkn3kKE
            4SgNv7Lsdgox23j0dqR6rwzEFPr+WBe5kAUFbRvaLV5IL8CTzUy/2WLXg0GnsAjr3oQh3kNERasI
            YTAyUWOShhYE0fHWLhEY18BELO83twwl29RffnUuVrJ0iMhsbBdNHgyvOkXkk1G4UQgVh0xFY1tC
            96LgJBc/xBkwtCq6HQo9T2hcJHK8B/s0OCIs8BqMdIsHkDhVrnhqJHLCrFxuz/tXbSg1F6o1TJtY
            yDBsdRzYmls9g3lFIMJrv1DSxzHIgWve9h7ghc7H22EAFJaehOqHFoXTyTXiGQBFxogQn794IT6Q
            paUIDdZ5eF0spU1FChQ8gtGUa2LboWDcXLyYt2MK4DZKD7CtSOMwgAdSe9rh/E8NUPW9KhH6tn5Z
            lmly00frLVQb9eXaWXAmJjlRoclDm0rw4a31qOcDgaIk2XbqUTky3YRFqJaciAgb1LQDB5CVoQjz
            7MY/AhtKrHybOAG0Hq9gNNLvTDw5CgdtLx+UCDHXdU6DEOxyd9jLIumE451Inz+242Waco8OR6bU
            sA+7JEaHmIsvz87OskN2N0rkyr/jjo1c1TZ4bT4ftn04D4sjBTOyKnXBff+4EezKUDifNl6tzHDa
            NZM8C6B+myJSQP/fnKlfDuRFH/az+/HOmdNXYH5kGuArxAkIYdf1jWdgfMqH2VFnkhnpuwtZoQtl
            WRSvqaJQwVIGoziwRvaCAPoH0vGI8pRem6ohfVKuTKM5l3dy4BxBniPRcLR2vXrnzPR9s1uA1Yic
            n0qTUrTj4X9QpbIaT6539l49VSi4oR04L8VI2rLEcIoOK8kn80VLj7IRLkQZ1w+Vat/TOOA1DNbd
            k9qvNUe9PIu8wmeDPwAAUQxlg28ojJChXvHhR+SYlNqdlc/+PyuUSgYzsAV6zUxTlsRqOiGexi9N
            3GGHJcfjUZIjYsO3xCN25zs3I3Pzh5epD9hSF0eQTBofwXH8oDYYZ6OBaITbx283ZxcnVHg/Kqf/
            rD4suC7V6fhzzNA17FO+PIR+y21IOem9WyWysZqHLLdB6ngaJwcojE9wFBikVH5mIeXhgCpjSmzG
            H/Nw9F8JXK814BUAAA==
            """#),
    DashboardFile(
        name: "parts.js", contentType: "text/javascript; charset=utf-8",
        digest: "c643636f25d3c5be",
        text: #"""
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
                class: `meter ${levelOf(used, threshold)}`, role: "meter", "aria-label": name, "aria-valuemin": 0,
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
            export const counted = (iso) => h("time", { datetime: iso, title: exactly(iso), "data-count": "until" }, until(iso));
            export const passed = (iso) => h("time", { datetime: iso, title: exactly(iso), "data-count": "ago" }, ago(iso));

            """#,
        gzip: #"""
            H4sIAAAAAAACA61WTW/jNhC9+1cMCHdrBbKcPfRi1wmM9pJD0aKXHIoCZqRRxJoiBZGy43r13ztD
            yrKzzl4WvcTifM+bx2EWC3iupAeHe2ylhr3CgwNX2QNIrXa4BAk1emxT/rA1Gs9fua1raYpsMlF1
            Y1sPJ6igh7K1NYhsUdg6+8eJ1UUrXy35kS++ydzrYwrGHlJosM1DSNfYHZpnZQoWd8YrfRXvYNvC
            xYiTxd0d/BHdov5QqbwCaUDmuSVPUI6Ce/CSIpK8YIHG0mdwt5jgW6got8aRSdUi9aqL30tYw2wI
            kIJt/JNJYP0wAfhN+iqrlZkF4WM2+sDjI3y+v0/5D8xH78essVrlx4zMsN3juVayvk8SaiCm1gS4
            jmk7alb9K72yJr2UNKS/UsLDGq6ygyg7rQUsv20zh88/saFB2bKhyKWuzyA+b57mmz+fNj+6OOEV
            ISlH9HY0HxMPUR2QNEwTwLrxx1s0oxk1dBjGOBZCiJbcD5yoo2jcOSzINppmVx2sRhMjayST7fR0
            zY4hetJTTJiebNlv2UWVBGSIuV6DIWDgyxcYBZ0psFQGi4RMAVr0XWugmolC7UVK/My1dI4Aij10
            JrRPmtZqugNC1a90ELJVcq7lC2qx5Lq4wn55wWsLfXKpnwng3aXJeN4QFWCbnrXTUyD77CubpN/y
            vARHu6k29DBUvI0VT08DoQII1zTqt2MXwfSmD27iLNtL3SGRncT3aUhzLZdvJA+Uv5JS3yQdb0lQ
            h1OprW1DOUlyE8vjm48YDisgGvZhZIQJD+5ruvMCAUWYjdLAadFPTxE2ajXkcf7I/Z5AzOccKSZ6
            X2JM9wOBQ0aXgMFyPJIeeo7Zpwy/a6R5x5ZS8QXskyu84eewDz59+tChlu2OHYgl/fkaVrylBo7A
            C74q4+iu4WEF1iAFpqYLVUAlqXFOQGyrlHkFp0yOt7cwQMG3UDkb7tyv0mPWyNZhFD3w6p0lhOhf
            YiAh1Rh2FxbB5G+GlfMFNe+LdxmG5c85eIwhyUfNDnZiQC+3BbKeTsGNcSXxS+e9jY6ikF7OCyuC
            c3NkqgbRwBb+ubmFv5Ah0Z91PU8LBEtEWLWM72Z8tlqUBVBX2tIaBK9qXBG8SGuPrgdvE+UJcqgs
            7bgP3goVttEIK5XOolA4FYl8WNLCpHfOK8/8G5666NEze8MnFRbnHpettwwojhMAooFZwdarfLcF
            ZaCWytDbBzvExnGNvu0+mPvZ/btLPIMdAvEIwmIK04sraij+XdaGRv2/JqV/FEJK+j0n/A8ou0vC
            pAgAAA==
            """#),
    DashboardFile(
        name: "service.js", contentType: "text/javascript; charset=utf-8",
        digest: "c7cd3d1160e81e66",
        text: #"""
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

            /** What an event of /events makes stale. */
            const stale = {
              decision: ["decisions", "health"], rotation: ["history", "accounts"],
              accounts: ["accounts"], "nudge-raised": ["nudges"],
              "nudge-cleared": ["nudges"], "nudge-acknowledged": ["nudges"],
              "opt-in": ["optIn", "health", "pause"], pause: ["pause", "optIn"], reset: everything,
            };

            const pollEvery = 5_000;
            const pollBesideEvents = 60_000;
            const answerWithin = 15_000;

            /** The last answer of each path, a problem where the newest was one, and how
             *  the service is reached: `connecting`, `events`, `polling`, `gone`, `locked`. */
            export const known = { values: {}, problems: {}, link: { state: "connecting", since: Date.now() } };

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

            const problemOf = async (answer) => new Problem(answer.status, await answer.json().catch(() => null));

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

            const read = async (name) => {
              const path = paths[name] ?? readingsPath();
              const tag = tags.get(path);
              const answer = await fetch(path, {
                headers: { Accept: "application/json", ...authorization(), ...(tag && { "If-None-Match": tag }) },
                cache: "no-store", signal: AbortSignal.timeout(answerWithin),
              });
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

            /** Asks for these now; what comes meanwhile is asked for together afterwards. */
            export const refresh = (...names) => {
              for (const name of names.length ? names : everything) wanted.add(name);
              asking ??= (async () => {
                while (wanted.size) {
                  // What is quick is drawn before what is not is waited for.
                  const quick = [...wanted].filter((name) => cheap.includes(name));
                  const names = quick.length ? quick : [...wanted];
                  for (const name of names) wanted.delete(name);
                  await ask(names);
                  listener();
                }
                asking = null;
              })();
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
              for (const line of block.split("\n")) {
                if (line.startsWith("id:")) lastEvent = line.slice(3).trim();
                if (line.startsWith("event:")) kind = line.slice(6).trim();
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA51Z33PbNhJ+91+BcDod0pUpt03zII3qSS/pTe7SpHP2XB9c3xkmIYkVRaokFFX1
            6H+/b3cBErTkTnsPiUlgsVzsfvtT47H6aamtskujWtN8KjL81ft2pFZmY9W8Me1yonS7Mrma142q
            q8yMlF7oolK7pWmMGptPprItnzobj8EJ7AqrsqWuFiYHcZUr0DR7NTc7fCSrq7x1hy3/r/GvqpUw
            StXrdoX9wi6FnVFYLuz+wuoFMV5V9Q5U/6Q/OGaXRbVQ9ZwpN3ph0rOzYr2pG6se1dLo5qZYG3XA
            Veq1itLxrm7yNv2ljaZnZxCltThkl62aqcczRQdKixtHY3mKRqre2HcVreDhoqiwstHb1tAKP2BB
            Z1m9hey05p+xXG3zheFFeYpG+MKm1MyN/oImN1nRFpCD1rqXq7JYF3b2zSUolkVr62bPMsljt0vb
            jdE5NIDz1bYsR2eHqbsW61y0M1MfH34xmU1XZt/GfN8E1x+fn4v1s7qFBUMMrGu2jq6UVmVdrxQb
            tVWbIrPbxkwDSMCSFZ/1N/emT9X52MlCHyj3kOM2cveOvNzRnRc4g8o3oOkFT+dFaU0Tx5Vem0TN
            vlUvhFNaVFm5zU0rO4PLQGZGEmHCg3OtVwYQtbo0gVT87gzvVT+BiJ0ZSE6HgztourbaOhJnCSLo
            DH5H5u2hcBvuqIghcNHoojV5RLsOE3zK7WYl8Pp022/qjJBfGjyfYODASesM2EB0PAlQ7zro3kYe
            uo6armdaYyeB9hlL3kfqsnzLTjxT3/z38vJyGmx8Z9oiN29F1TP16jIk0FW7M81PBbHE5pfuNNvr
            BqgpdUdEFjM6W7JHwqvUpqkfSrPug4WqzM6AfqdbhCIjwWVZ787UuRrgt2jJMYCofKLuIUgF9ONK
            9yN1L5CgJ5LdLS7Ajf6WdQZc3zNIzG8cReQapHuS/1F90uWWvPrxMPICujcwW+GJcGUpPvTfhaJb
            QBaLb7CVglecICaRfktjcbC1poICZipmmD9ihza8k/wIhXSb0bjzHa9khEbSPLSjftCbOOnWzW/2
            5MZOVxb+KzvXxtIOfRBuLQGDgoksLXXbmXauy9bIMtmN1wfEOzja4BadFkHfqh+dQSGWoSzwtmkQ
            Qcj/WKxmm8GrYtLfFinooc73Ce8q1W43CAS0cpXmxuqiVFdX6j60uYAIt/rsUTgc7nErOgzstams
            QTh5CHayOiehhTm/gHUUEcXh7OBdAN7xHgam27GB5YqgKeYqZnikBAD+jlEvZvIhkPV7jB9ePYmH
            KTsckt7HOQsGsz4wwlmDdVXuEXehqXpVGLWrt2WuHuj6sIGtXY4VUnd+DQ8oKmTEAZRxkZt6ZQjN
            MQGku0hrWgp717AB5VHQvbNmHUeWqAFhIk5tU6zjJG0MAnlm4vF/Xm/tsm6K311sPP+OYlijvhgX
            iC5RwibggoEw1mUnHZ7qEeORoKyT8IlMi6FMzLwxSEmVO3EFDT+R6N5J9Nkjkxzu4XkTBmcQ3wSY
            UPwMPrCvMhULnFgschIHXbeceozqnS58/EJVUeOWaaZttozlRuQaXX56XSlUHyBE5GuofNGeLcqM
            Bm83+40Rn+CsWtWESce9PQ5KzKyXeG1w73zkwqd4z0CpSAg4wLWOep1lqPAQpfRmUxYZ62pMF4Ch
            0zQd2EfAKUgXto7TbfS3GoGkshckeXQHzsf8pt33XZifOa3NDelJpH1UXnrHWi4w4f/V55+rf1x/
            /ACtNwhPxXzvxDgkXqwXzgT1KgH2oVz3jc6w3p4BYgamVDN47FeXL4EgshkQMjCq800yIleZ5GN1
            ServqoUpVaNcN5+wVCmWih8MaiaJHWy9OPr72xuo/P6o+Pvq8vJzoZ599igPHNAcYikH9KbvCqTe
            2BvJGVzt3dL+HYW1MKPESW8aKq5nnEfIx9goyZ8zHMdRZ7TJXwYWr8X0ddj4UUXv5hcfkIsvfiAf
            QjlDOwcYesSfySilg3VVX1D9ZTivLipdTtTrB2j7ml9Si5K/3to4rD0S4tDj5dj2X1++TBwynid6
            efnln8DXU0CKjiQP+JLBmWT2R3xUIM+hNxXCcHfOfYXW4qeXc0ZJkcHj6O2NXiAai4lbZ+KRekJK
            tvekUy6LkdXNSdH9x7jG4IMOhFCTpJVeeKFpHY1kEuYvjKWk6jTCrr7RTWvijrBPsiFxqm3SNXnP
            7PvTtMDC9XV5wg1M7Fy0YqeWBiNxFVKq8zzGThImCxRJQ89rO9dD8v4gQZtb2wlz/RXycJpDSjZV
            vV0sKV+3hjssm/Zexj3VTB0VEyw1lagRotNt15IgRvHXez9FDb8tuVITdCC7rNFwpLosUeRZNA8x
            fyRdoxikUJAETj5HUYXeDocdG7RfVR7z9TleoZIIXAEdHPWUaEaSK5QDGh7uVe04dbWbVE5++Yk/
            4UqRlN0RLiTXZKkOyqDaFECLZnDAqXvIuC9RwUvqe+blCvwBu+HJsEZ3Luf8ql3F3JC61QAoDKTT
            SGEPcHWjTxc0zaDTAERLc47dFMmdm27cBFlPV7tlUXLL0jfVtoZDAUFKz9EA7zTNLI6SSmN4PkNp
            BUF0CMQT8jJBWppqgcRwJa8qbPhOX8W1BFdXM7IDY777ilIie+wOtsXvndXZGbgjx81+3RbZih7y
            RqOPknQmeih4ikN/SPFy/9RxkAvI4Zm6xS3lQ3fHkwE21vFcIOQjN54Jv14Rwn4SsvfnntNipymJ
            j72yhgASWr/uu7zYrRwEbsOOi3JUPChSeL8vP96j/G/dBE5bN5AjRZIduTEO1HgEGTnny23q1uK+
            pGC5sbcu4DZuUBfWvxRK4jj38SAo1hF9Gy7W7Y1LvTm35wNOdKlhf6h44OGPMJdkqugopOJ+KJGG
            yNVcrh4uRQWoZ1FWEXoU9yLS9tQt4apG77N3Gk/d9Yr23yiwHspegOfvxRk8r7PtGsEkXRZ5biqf
            0LyAlB49BTyGI9B7b+PoE32rKAu7l3EYShX5qJymirfmDhBdr+HC5JAMxi19iumkog6bBzc0SOEx
            iqxppuZXRux06p1QsNjd3EPPK+TNllgFPegF8/p2djTXkXOkFj6VuG/2R8Pg6QITRSX5xlU4jZyo
            MLB6Ub5Ho8oDQhe/R334vuvd+mlqdEy8UhybK9YOPoQqcpmu0XoKwbn6Mn01wibNoAYS039xdzrM
            J0cDrkkwDJvIl5+E/GvTYPeCG3M3gHzYS9E8Uczlut42AGymK2rfc4Iw96Yy0MprIzGx1XuebO2W
            e5p8U/6ksepbN0CXsSt6IqPXfGjqW0W3C64Qkn0+GHuKV5yAl5+K1hs3GOKamjq8Bjf2gcu1kkXe
            +9ETR6FSnrikms7/P55C3PkYyf8Y4ORkIxKNO8z41HOqH6FaUigvRGenGxLHQXFj0k+5pD15j/cL
            Xrh49wbtSb/fNyl/2KawXuRFqA9J71phz/Bsj/qSe9R3FYozqAwQ9CNVvncwrKPA4rsI8Uf3KZks
            thTrZcolYUNUGgdNBgIqXA1u56TgprvP78zjC6n2h5n2gQq6VipJm7boA9FW/Fz9XEVdNnQCCGW6
            qTfxM9naUcxLbWmEaZFBOkpf1/uyJglDT5h9D0E31YXOg+JJjbuP2/y624SCEeQ8/joAN2ZdfzJ/
            AcMiZm8ZIOlFAAPxEpMnYfpkn02ObeoGsD7aiAfPt1VG4D131urnpv2ogJ2GNtJNsTE0fkIbEpOT
            38B6bwyNPZtrdos4Said+xefEqs8ySrC9lFJkueGC/qaddGfDlJLkMeBAiS/9j2hUvvClLkc72at
            FD8/Igizn05AvjbrB4po9OtTtaXnURDl5LfG0z/vWFdrMIAGORQVVd6BP6jxSH0Eej7RwzbqME/3
            ICLyx8a2NFmIoyKfEEU4EBeasshM/HXiRqbT5znIZYmJkyw4/yo8f+jrQr7tLdHzXOf2LuxQ54jX
            9e5EiP8r5YFPqkIkWSO8httHSPLBaGheOXe6xjqqFCWPPkmk35lFQXO1e/eL4j11CRmcEuUtN0by
            cxGwDK3Bbs8OSlnZhIXuV2k/B+tx0f8G44ikCB/8AONfaYuqAO8dpG03I/wfWQEnQVIfAAA=
            """#),
    DashboardFile(
        name: "timeline.js", contentType: "text/javascript; charset=utf-8",
        digest: "5ec3b38e5dec32c5",
        text: #"""
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
              radios("range", "How far back", Object.fromEntries(Object.keys(ranges).map((one) => [one, one])), choice.range));

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
                lanes, isNarrow, unit, step: readings.stepSeconds * 1000, axis, top, label, height, from, to, end, width, plot,
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
                const reset = isJoined || resetSeconds[i] === null ? Infinity : place.from + resetSeconds[i] * 1000;
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
              let since = Math.min(place.to, ...values.readings.accounts.map((one) => place.from + one.seconds[0] * 1000),
                ...swaps.slice(0, 1).map((one) => Date.parse(one.at)));
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
                svg("rect", { class: "carried", x: left, y: place.laneTop(index), width: Math.max(1, right - left),
                  height: place.height }),
                svg("rect", { class: "bar", x: left, y: place.base(index), width: Math.max(1.5, right - left), height: 5 * place.unit,
                  rx: 1.5 }),
              ];
            });

            const planned = (plan, place) => (place.end > place.to ? plan?.segments ?? [] : []).map((one) => {
              const [from, to] = [Math.max(place.to, Date.parse(one.from)), Math.min(place.end, Date.parse(one.to))];
              if (to <= from) return null;
              const [left, width] = [place.x(from), place.x(to) - place.x(from)];
              if (one.email === null) return svg("rect", { class: "stall planned", x: left, y: place.top, width,
                height: place.total - place.top - place.axis }, svg("title", {}, `Expected: every account at its threshold from ${at(from)}`));
              const index = laneOf(place, one.email);
              return index < 0 ? null : svg("rect", { class: "bar planned", x: left, y: place.base(index), width, height: 5 * place.unit,
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
              return svg("rect", { class: "stall", x: left, y: place.top, width: Math.max(2, place.x(to) - left),
                height: place.total - place.top - place.axis }, svg("title", {}, `Stalled: nothing left from ${at(from)} to ${at(to)}`));
            });

            const steps = [1, 2, 3, 6, 12, 24, 48, 120, 168].map((hours) => hours * 3600e3);

            const ticks = (place) => {
              const room = place.plot / (74 * place.unit);
              const step = steps.find((one) => (place.end - place.from) / one <= room) ?? steps.at(-1);
              const zone = new Date(place.from).getTimezoneOffset() * 60e3;
              const marks = [];
              for (let local = Math.ceil((place.from - zone) / step) * step; local + zone < place.end; local += step) {
                const instant = local + zone;
                const x = place.x(instant);
                if (x > place.width - 26 * place.unit || x < place.label + 14 * place.unit) continue;
                marks.push(svg("path", { class: "grid", d: `M${x.toFixed(1)} ${place.top}V${place.total - place.axis}` }),
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
                svg("text", { class: account.live ? "name live" : "name", x: place.isNarrow ? 4 : 0, y: middle },
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
                const span = stretches(series, place).find((points) => points[0][0] <= moment && points.at(-1)[0] >= moment);
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

            const hatch = svg("defs", {}, svg("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse",
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
                  hatch.cloneNode(true), ticks(place), liveBars(values, place), stalls(values.readings, place), planned(values.plan, place),
                  place.lanes.map((one, index) => lane(one, index, place, values, short)), swapMarks(values, place),
                  place.end > place.to && [
                    svg("path", { class: "now", d: `M${nowX.toFixed(1)} ${place.top - 4}V${place.total - place.axis}` }),
                    svg("text", { class: "ahead", x: nowX + 4, y: 11 * place.unit }, "expected →")],
                  choice.moment && svg("path", { class: "cursor", d: `M${cursor} ${place.top}V${place.total - place.axis}` })),
                  h("div", { class: "scrub", style: { "padding-left": `${place.label}px`,
                    "padding-right": `${Math.max(0, place.width - nowX)}px` } },
                  h("input", { id: "moment", type: "range", "aria-label": "Moment", min: Math.round(place.from / 60e3),
                    max: Math.round(place.to / 60e3), step: Math.max(1, Math.round((place.to - place.from) / 60e3 / 240)),
                    "aria-valuetext": spoken })),
                  h("figcaption", { class: "soft", id: "moment-text" }, spoken)),
                h("ul", { class: "plain legend soft", "aria-label": "Legend" },
                  h("li", {}, h("span", { class: "key bar" }), "live"), h("li", {}, h("span", { class: "key dash" }), "threshold"),
                  h("li", {}, h("span", { class: "key arrow" }, "▼"), "swap"),
                  h("li", {}, h("span", { class: "key hatch" }), "stall: nothing left"),
                  place.end > place.to && h("li", {}, h("span", { class: "key bar planned" }), "expected")),
                values.accounts.accounts.length > mostLanes && h("p", { class: "row soft" },
                  choice.all ? "" : `${count(values.accounts.accounts.length - place.lanes.length, "account")} at rest not shown. `,
                  h("button", { class: "swap", "data-do": "all-lanes" }, choice.all ? "Only those at work" : "Show every account")),
                swaps.length > 0 && h("details", { class: "swaps" },
                  h("summary", {}, `${count(swaps.length, "swap")} in this time`),
                  h("ol", { class: "plain" }, swaps.slice(0, 50).map((swap) => h("li", { "data-key": swap.id },
                    h("span", { class: "when" }, time(swap.at)),
                    h("span", {}, h("strong", {}, `${swap.from ? short(swap.from) : "?"} → ${short(swap.to)}`), ` ${swap.sentence}`)))),
                  swaps.length > 50 && h("p", { class: "soft" }, `and ${swaps.length - 50} before; GET /history has all.`)),
              ];
            };

            """#,
        gzip: #"""
            H4sIAAAAAAACA71b3W7bWJK+91OcFoJeMaFlybGdQI7a6O7JbPci6SwQ98xiBWNEi0cWOxSpISnb
            ike3czvAXuw+yt7s1T5KP8l+VeefopM0BjtAoyOSderUqf+qUz46EpdLKYrsZtmIpBaJqGSebMf4
            kSeFFIuyEjKZL0Uyn5ebohF3WbMUWVOLTZPl2cekycpClLeyEk22krFIDo6OxHVSiU2R4uXdspT0
            MatFnt3S90IkVVXeOcz1XbKOxTJp5susuMEKWYGgslFPSU0Ic7lozrE2BYJFA3xFeReLBpSvQeZA
            vCZETDA2KpKVBGBdAkrMy7zcVEBfi6YU11JhS6oC+Gh9nWdEZyWTtBblBkwotmJVrmTRDA4OstW6
            rBrxIJbAd3sjdmJRlSvRGxyl5WrwS907dyDNspL1sszTd4uYmeFBr5OqqVvwSRML5ikODxJpFZ+q
            LH6XbGOxltVc0kfgrJqfcKbaQ3hXVqlGeCDvGeO8LOpGVElxA8iJeDgQojc6FsvemOjHDvVYjI7B
            wCXOOhZnYheL3vFJCHB8YgFeAoBwvBBpgOLspQUZMo7nwxDixfEwgDjYnR8o4u6yIi3vmDqxgDr8
            iVaMRe8UROCg0JTiTylpH28qsO7g6OlT8UcoBwl2vixrWSg5ElvuIPmnR+H5AZPNJe/ArBhrJsR6
            czzbnfFSSXosik2eg+g8H4tFktfS7v3tNZSbdGkFxSDh5FtIGnRoRa2BQKnqMlmvZSFT/MAKZT9M
            nyJsVdbNG7yi04+OO8X2NsvzrJZ4kxJUPxKTb7RAp+pcA366GjCnxVPx/Gw4lM/3kIH1oKj+1wS2
            avCQPqjPdVYwhwp5J36XNLIPtQPM4T4R/Sg6xzKYzGXJ1rLKik0j2bYaEsq6zPOafUJWwCvAtKWy
            Kqir+PNG1uQeBkDBew5q2fx8+f17jRxaMmT8lWw2VSFmR4bwCwafPHlQy5ryx/fv3jcVPvWj3ddK
            kPiqeaKed1+vy6xo6gl4MjsnnTswrE2zkvlJjiGG9d9IciTlmoirY61WzKRlH9oh8xSEQjkexDxP
            amh0r5Y3pCd1T9kEwBSWAGiZpaksCETvERHsu+tf5LwZYHWVybqvd40Gq2Td709vk3xDNCXXMr8y
            JPAToebNeLusWG8USc12TUrNp8ILdSaNZr6U8w8SZsfPYjKZGJvZRRZVvU4KhVxtG0Uk5S4rckpI
            fCmrVXBcOHHNDsXhfk8JAkC9Py4zOGT7rO0+FoHEIn8t6x4t/YFiA+LHdTL/gGfNPvJ7rzUL9asP
            clv3lXVobpaFZGqn+EGmKq+iyO7JkHxSMutLNmHW4TniUQazJb2FW/1A5JIzKDl6kaEztTDgW5l6
            Bk32Xb9bEI8eTHjEEZdZ3ZQVOXAAxNYWIYHQCuFrsNSsG5gfZA/ZQvQ11QT1l78Q8CCXxQ3s+dXE
            uZLImA6+n1vM15t6q837vWz6RMfFwGhwyCn8O5CrJMuVoVNM7iskKj4R22NyuDtRLszRBlXZJEqL
            WaeIXPIjA0S5WvaTJhLfCO+FYcGArTmKmMBBkqZ9Qh/xr6bcJ4AJi4NEg8mw+AzPHBlv4fFwwvv+
            YDDw1pFzU5+yYu/TN/DHHk2KHZ5bIt4vshxZR8g3ymdINrwS+UU/YKaLXZJ9IusA3GMs4CnX2b3M
            60CXtpR7QJXYcmvSwbRZtlTmwdMmwCpQJ/dcRxetmBqV8eCvkYZtVaS6qSgIcyZHSp/LBoerBxbR
            psiIlp82q2tZKSH+Pi+Tpn8jm+/LFTyRTN8321z203K+4VTJ/HidS/onGizKonmffQS7jsTo1BE5
            Te6zmlRqfYUtpsfHiGK0X4zEQv+8ctBZ/ZPKFieKIeKVOD0b+keGA8NHC3eBjGPsZD16MbT4FYKn
            Yjg4jhyGpeTUF5xntnlWdgJkL86Arf1hNMSX02N8eT6MNHqHkDO0ySf034HCriaCg697h7CBl/jy
            zJ2iMwXgBMumALGACUHL2aLAcv+I67xsLAMPNc8OxcjT8Qe2ID5obJkZa8bVjVyPndXRow7h2H40
            HFK2Z4SqY0qs+eo8SCw46DIRMZOkAlIDX4KkC0tx4oDTT41snin0DH4/Fv0Mh0qgY2Qc6jCGVzB8
            EOOkH1tgjzV9YrF+jEh+jhja/7Jc8x6pvOcdFGX8bElS0FsDF/ioRxfhxRmvE/jV1+8ghhOioT/y
            XdSIeBrgPCJG6xh+ndSyg0T1Aj9GkdvzULykRTvnkL7lU/5T7XwJSqO6gSIge0Bcv67KD0gY9sow
            7JJT+QXm3WmfJg+wkQmPKH4kYo+EC1c5YCHvbSo6ED8gq4I+4Uz8kaE5xqp3sIIBY0NAJQVDuVhC
            zSsK0QUy6nxBlSOlvZRmohYgJEscUZIdURin1PMXZIBBjLbnIgOvJaUPHJjnsjMaT9n1wB8iOQQP
            JlwWnHv+V+fFgXBidRhjEuSZ1U42oBHCDK+H5/jnlUGi9ZzePeMQpIxQOz6tthNFLec/EK1eOs2u
            tOmd29DnUUSfKfcj6oE2OAzhb5DFy3Oxs2u/IoiII916Uy/7esH0KlL46Vl9mWrCAg5gPwOpqGfR
            T+hgYrR3YDjP7jMRtDkXnKsCakofcVb/C4vY8oV0BdnG6CU5QfH112rrQ8s/uOtjNnED7GNTKjtx
            WBHNfVn6fATVPxaLDA5xa2nTB2gvaUtGbfNqomjDHoovhDnkjFGBgOHWs1nOu7igjIjQUqLbLRHR
            1mXBgt8FCY5fL8031S2Vh8a3dZsN6XQOpgGw1zNWAxtM7Asvl1OVGeVu1iBb1hhqf1old0SyWqdL
            Jad5tUy5VtLnmz15UPKwPIqgNr9HjpX2R9FOmM9b662BIACZRQNyHf3em57mGh8NZjl7++SBqdnN
            1Ac+ov5gdlVkTodX+K97a3LZ2mHv3liMNhrM3rSRDZBtHY6iL0L470yaJ9BpfXvT762hJkHBRqTj
            BcpDPgRKQtENSIdXgMyGXXTl57MlRwPOfhEIirGY6kTdhPor+PU8Jce8yKq68dyxKrWq2k90u7wx
            tQRrm+EO9uqOvXzcy7YoC1cliDPSaFBRFxJfvbSI6uA6cPoo98h50+bOV/Ej5KCsfWxosoUbMUKn
            2N+54McnN9EP0e26TLcIaQit6UDvZtow1pyNw4sFShS9zV6tE9ZvgR+ikxtnOjRuSOcMwKjOVefI
            ISlLGrWK5n0W7tWEhIGNmDAZi2U2al8FBsbqXLGPj+AJoXFJHhwXAfydzt21xuj2Y/sYrl35NZsC
            NlqiFFS1V/in+MpER9/xUV6k6nnGGStYj88qPUUQSH8ky+soo9mpmwrSoIWCfJc8pvTGJFqftM9r
            W1bLTlTGN9GUh2SbRoKCeSWGtlkQJjVT6q0jh6F0kaVhHBEbjuHvPVXoVx6Hp0r45D8qOQ+7Zbqj
            gndI1xX67djjIVJs7bt0QTB2+ftIk0KFClZq9RU6nzVYdHZrulrdZFwnVScJnu/s2H9w2qbA7n1q
            MwkujDRlFXbAKk0MuUone+q9qHSlr9pBTvDa3KkY+cYqscqNvHaNuLiAg4LbQS4W2qvTgqlVDxKf
            PYlzJy3TVpVP3HY8XJ+1QCF0JXXSJJCHJEaVUZ9SJWbpZ1QJzA0+2k1CU1IZrDHqTikj4CM704zu
            lDeXparwPNhXJS5ALTlUSpnfVHVSM5f3bbIml7ptOnt9vwYZ1GilsLK1l2N0TdHU7iZINQOePCCY
            8ymRaHgBqNt6XRfJszZrxFAQzkbHj+v8J3mxr/ufVm+r3J9mw5MHS/Zu79DUzeBHyF1xwLMQ8vNv
            k+rDPz4n8LtM31flXcp2GkR/FBbHQz+s8Ec2Q/ppKey2xFCuHNC0IXR8Me7VmVqHxzb73Nv6577f
            ETP9lNFfNoWtVA1dTq4982SVYJkp/cLeY23lz8QxuUMPjkyX3175iDlnpbZVtqZ2Km8DTIfUPTtT
            gL4N3/gq65h/AWPGCQ5XUAcxp5c9Mfbe6dsG6/ADXWQFMwzYkUbyQw0nKpEnQO+CtTbnhfJSKn9P
            qTXTvfvDkwecYzez0UWIrxyRKDG7k2asUTmzRUdY8sMTytmJP7vly4+ElEWyCzIP9mFsASbf823A
            67wR2JeFgS6fr5wLR5l9P+9V3F4DltyHp2zWcD7vkj/jir2Qe9yODF7g//t99XsihnyU6WXxkX6b
            j+KGFJiK5ATEPo/FWcxX6XRbfvKSflNCffbySsmGb2fVvVlwT+swNtlcebwuT1eV3EFWB+Pm7ZHo
            vzgJvLNfx1ALZKKI5OTUKYeXYxz6rg8IAULRnPaKKMlQy1XV6XB/LIvgptgvqW5kc5mtJIG8Wyxq
            2fSp73jG99Fm/Up7dlVj2WZYXs6T3JQ+c5nlfQ8zSP3IBzhioggpN270qmeKqFfCns1+megF3Y00
            f/ljztT0D5wnvrdBw/TPj88CSVBD596SY/rRo5a4XNuNMTNfVDHT7U1uqiz13ElnDwD6T86qyzTI
            HAIPpuxC3jctn8V3rPeBhSo8rUNazyuUvsHLH59YxYZD4akV15of65kW+0a7Pec6mAXt8otMQidT
            sdDdGh0lTW7A4zDt3IB7SS452K+aQ7sgl5elnGFqCDx6ar+1KmF7Rt50j6NQb1eumx+LvairLSBL
            01xafGH5Q1179d67wGqpjmjVPEfiGMtOou5abE+Rqk0ujSINreqEZOx+MO9Zxz3FeSTUGV44DfW0
            nxR0+wmUSlaIo9xo7O4yeru3ldYIjBtQSBloAIJrbE4W6ElFnj2+nuD7kDVdy8TqNCUPLay//tff
            BCPs7ZAXkMoZqevkXCcUV0EY36yg1dt/fHdL3yR4IYFjXodB6BTCLTCzNz/743wL7mE9edBzG9Ng
            bONqZ658APfkgZnS9xskCnkseppjPfgsNSFIl80J6FOdz2fEeP9Sk9M2hY95FKvkD+tjlZ3xoS6E
            BlHPsck3IpZ/qQ7f2w3sLr1LN+cH/eS7qv1pPz0OyLKhu6QcYsFuatwwawY9vweKQi+ciqTRSa7/
            EjM86LqetNu78HZf+zQF2lYP0jYK6HbuL+Dup+Y3XMMJ6x/rLClXOG13lRQt5Ng5CMM+9ZtXdB0d
            XQymwyAvvJX5Jz2uqpLYqvfqJGrPccrSfRmgSVSdcNV/8zrsagKGSQOR7XY5HUCztatCoZ0vGP8b
            KKK7VVA88G6NAhzmlly11sbaWQ3MgEpN6SXvAC6Nrui2VWX4nkj5PkNxzRslOIM2a1aOzdeuWRPX
            ESHhBhk4j0Eys93EDAhS80YH2r2F6x9xcNqxwdQYAUHTEO+Cr8awZFN8KLAZrdLDqX2+SXHXJ+J/
            /1v01DQOsqKeybhJObT5BFNmiseX6rKwY/KFXP+3jf2ghmRacF5OzdCfc75acyZmLEw/X1wE943G
            K3JJoFWBvZO25UcMeTd79JTf7p8RYapFHGPjjlDHSX11Igc1oeT00M87KWV2VYN3jo4rhlabUPmC
            8F6Wd3n6aBERBSUsz2+TgVHMhtLUuv4yGQRUmqcORZbSqCRB92wp+MI1ofBTQ/+M5IeyDehY9X6N
            bd8VP9cI7jiWhrhE1KhpLpGnERsqUE5Oo57YxftFfg/Zz/APL3pUgO+NO9K0tr7M/OQA1hfL5+/0
            4P+Pva4v0399jV/e/ZtXHBkADxtSuBpFnYPRhtCZCtdrniyZtO1amelePsuzuDebSnqTsDonxP+C
            hJT/fAFvqjKn2dhsRZ97SZUlh2qWdmxys9amQV/4kX4D0vxM3n1XIqecQYc4LaKUVgSlF2W49q6C
            tHswzyGKn8pU9ptqQ1tx0d83G5troT2KVIrWbwVW9123dw2Af69gCOjSNl1P6ampQnrvHqmxoth1
            Z9tUBhu17jAQlaeuWuysIAoeC9a1A6nZYwUuXM7JFxe5j5W5PCqnqgJWaZRPXAeMRu0iV/Sk7mmL
            X//6H73oyqAOreXRJqCyB3c09fzbSnZ35QVHmt2GnbV5tbmmP5Wg6Uv6kwuQkJJ+HFJXC2o+C0ux
            9f3MMcfC8vWWAvbn5sI2B3EqIgRi52m2P4nOnlxxBM92Ll3PcQfW13trwBCFdOuvQp6Y+n2fI24e
            edIEXR2w0DADqUcT/ctDD9zBt5tftJoK6ZNh5G2nSGZFZxUaG48VygROaZ7wFH8omnJB5/OYcshY
            OBoxnsjN4G/yYC2oywr9RwNCI2ox8I36e4NAFHmmg6w31W9xfpBb+jusHs959LhAjuIvWpUm9VIv
            c5V+9Fv25ZKbT9779T//h/bVhdxvQaJyBEUH+8Swhdv7rBP6Qg7Z+zK1lXEAPSOu9sCHm/wwl0Tu
            T3vUruv230komTrZecP9yKspoZ6Zwvdzux2Kz5XaCQ+2UfRuzB9JzTy+X2+apq26JBsgSZMmOUxL
            UjeQdshbsBRDet+5v4HCXvQnE1xIvMde4X2oZWHrUm2o+ZTKBolPvUdLHaq5Dt3upsdrETgO6E4B
            jddDSWrO6Wa+wpUdNqesMxyMOR1GrSs+q0iaRVAccg50v5Slfmu0S8toRoq3IYLcFV3nIq2oTVUW
            N+649uaQppG4UnN3icT4i96OopUwdZy5T6QWlZh13IRFbvuWZE6HnSps1FfMaPxXIfQ08nS404O/
            5+KfX1+KI52w8l9d0lDpLPKaZf8HDTaVo3M6AAA=
            """#),
    DashboardFile(
        name: "words.js", contentType: "text/javascript; charset=utf-8",
        digest: "35045d29c377b67c",
        text: #"""
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
            export const now = () => clock.heard > 0 ? clock.said + (Date.now() - clock.heard) * clock.pace : Date.now();

            export const duration = (seconds) => {
              const total = Math.max(0, Math.round(seconds));
              const [days, hours, minutes] = [total / 86400, total / 3600 % 24, total / 60 % 60].map(Math.floor);
              if (days > 0) return hours > 0 && days < 10 ? `${days} d ${hours} h` : `${days} d`;
              if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
              return minutes > 0 ? `${minutes} min` : `${total} s`;
            };

            const timeOfDay = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hour12: false });
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
              window.model ? `weekly window of ${window.model}` : spokenWindows[window.name] ?? plain(window.name);

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
              usable: "usable", expired: "token lapsed", "needs-login": "needs a login", suspect: "rejected last time",
            };
            export const usageStates = {
              known: "known", unknown: "nothing told", "rate-limited": "asked too often, waiting",
              rejected: "credential refused", unreachable: "vendor not reached", "never-read": "never read",
            };

            """#,
        gzip: #"""
            H4sIAAAAAAACA41YS2scRxC+768oBj9m5X1JtmUjWZIDJhCIbYgNOQjhbc307HbUOz1M92gkxEIO
            gRxyzeOSU35CflJ+Saqqe3ZmVhIWGG8/qr6qrvdoOoUP1epclnYETq2kBZGnkJiUVhYKaQotoZQi
            BbeUqwl8XkqwsrxUiXxqIdEmuQBl6RJMLgfTKS6FQ4Qqd/aAz1O5MkhbVrkFq67cdSPJQiaso18i
            Oy9NjchP7WQwSEyOFx79CG7ACpUewDvh5CQ3dTwcwVKKEo9mIyhEIg9gF9aHg8F0Zwe+x5vcQ7aK
            kkTISrPC9+E/W8syKCrKUqEyyo346UzjagMmG8AO8Ks9pSgR0CAMY4lClA6WpvZvUA4WRtoJ7EwH
            8qowJZmA3kB6fiaGI4iVNUM4OoabAYTbU3pYeMwZkpzyExHaSqYedd58drhhK4S1MkV6ZoSxt9SE
            d0SlMog7R3AMM3jypGF7A3uzGR+QdDg+Cuy0G6KvXVXmXVkJKX8/HPIz3gnEjDfuwU0bMnQRgX48
            /0kmboJnapF7JUfBwcEOjUdZ8DG8RGBeso+Hh4PGz59vOXgEKoeV0lpZicqnd7gDLUmeYDdsP+mk
            ozg8g7g1fd/CQ4wLvw16tYSoWk9cWpXCKZOTzKDTVgQ444TG6/fCLScrcRVjRPO6xAxKN0zD1iGn
            qbjGbF2aipJ2pfLKScvB47Gm8Hr/xQxhmu3zffTOY9h70R7t08H+7AwlFjGLy7Qx5bAJHhJBNmnC
            wUtrHM+3b2CXTDZ/dEPbNaTw6Iap1rCco1Hai3mDugHZwAbtg/nnLQKChbs1EQXADT4h3gdxBx8/
            ew127qMnWB4j5mP2Tlyj6XJZw3e50xNyJaXrt6ZcCRefnlFwktgDiPbGqVooFzVG7x0Rze7eAVYD
            bSXHqZdSS3mRPkBGoENMu8T4iToQKdJ/ld/z5tVKliohFU3ulnehySuRuAfAOfnJXWt65EqmqlpF
            vkFsHTKwL7smwdDi2mgyUucQauWWvgOgAeqlxAKKdRK7RW6wnJ6bisIf726nqSANYwLbSheF/4m8
            0Z9U91Rteoiarc1BLc5t3HCMgTN0E+JMh0H8GrOZMkQ+30TlJjImmbdJwOhI8S4NGPsIwTknn2MI
            Nh4/YCN2ItVnxDbmGkP9XoHrELH9loKh9jHrGegWQN86qHgPweQ+7FsAUvVhvBw/us/NZw9jFwvT
            bYVkk1Aj47iptVtNkJrILnYYNBVyz7fNgYOG0ne311A96XILcxMOAbvjpoYpFBRsKR0dm3q8psoS
            IUTUNqQfqGJjp0tNnY+aqeZS5qnBWUNqTUPG7VAvZJlIjuj4UuhKNmZpq3I4X8Pj+aZ41Qpha8vD
            UaYu5ZdQo17CEhPVShT7xZeEV5BGNBsFixTmQuY/3sNN6zGtA/4WFK/HnMz+usUttFDc5Wh09N0V
            F5NS4kUiv9E6np5+GZ9NFyOIILrVJz3eB+HnJL8jFPSK30xWCKfJH6+403RP2RfBIKfhIkeoMzg5
            8YrFndPtgOxa5KvCKbd183yqc3do0jPxg/TpK8SjM2mS82A+orka67nIKecwMHC7tvMmTDwRFRG/
            gqOjIxyUTogLlSE2KiKbiYnH1nOJuSo5Pt+O2sosNDH5UKU7kfgx3g+7t0OXews5jTNMroTS2+ON
            5q7Q3PpiQauJLbRycfQ2Gp7OOpOt/zLw1f09ziZcclFZCiyuPsRMhieCT9I1Uoeec2LxiGUGgSNf
            pexksXUxJGfgIPIMdoed5O/oeR9fY+DuKVqaF3dUa+xyifGPIrOUOIo4iV8uOPPiBIxZ9d+vv2Ce
            1YY+ZyJbi6KQlLGYek5c9yl//qdDybdEiKipzGRZ9on/+r0lLrDVmiwLsFVy0SX8898uKl4G0Awf
            1If8+4+W0t8yIiL3BP/WUgWhiBYlWlSpHGPvH+OnYK7yRXQfF80HDQ1xr7dyNhNuY1CNNQtZ6AcB
            kqWxkvD8Ak8i//0xNpeyjA6aLfB2hM2jsuKcJ5pmGd2WZ7Vxn1xHaMsUWLAFFoodEDlKf9CiQDEk
            P5cytWNtFion+bwFAf4A3VHZAr+I8KaU9GmEumkRMuEOVVDgQvZ0ucAuRC/mX35Sc4JmXKIJccjS
            rAn2MDnWaqVQCKki7AVKc4Y+dp3EnlUL5cjmI04Irw3ZEh+GLUphJpcyq/y7qryUIlkGO4Q2x46j
            4+bpaOUx/fXAvxx3/LcE/67/ARckSlR8EAAA
            """#),
]
