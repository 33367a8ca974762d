// The files of Dashboard/, embedded. Made by scripts/embed-dashboard; `make docs` compares.
// Edit those, not this file.

let dashboardFiles: [DashboardFile] = [
    DashboardFile(
        name: "accounts.js", contentType: "text/javascript; charset=utf-8",
        digest: "7eef2a4d9397e197",
        text: #"""
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA5VYzY4buRG+z1PUEM6i29C0ZrH51awseL1rbIDdtbGzQQ7CrMXppqTOtEihyR5Z
            UfQMOQRILnmKPJKfJFVFdjclSx54LqMmix+LVR/rh8MhvNEKclkXsFY1yDw3jXYjKJ2FTakLs7Eg
            LayUU7UdwGapNLil2kKtrHIDWJoNzKV1uAAWRtmL4RCkLgBByorFB/xNchtVVQxsK4MLbHZxUa7W
            pnawgyXsYV6bFYhsWJhV9jcrbvrZ3KxWiDIA1k7hD1ZoAGtpLX0GbdwSfyxNVbyZ40e5UhHqWtbO
            HuFqsxmA0d/K7YCOnyuNIKTdrZNO4XkbKxeq/fD2+EkewG5MXQTYi9xotMRCNgsFY0i8fKQV7jVP
            YfwClokoykcxuAA6XIWHGIHgdWIAopBOXj2orRhFWwa0FPa0CgHsWmqU7tdX8l5VAudPrEppEdvs
            jFbnQB9l1agINGvQr+XfpSuNhvF4DLpBp05ANPoBrakF4gCMWmsmH6/ireAU3ItxrxR88cVJfe5l
            Ici1rlL4JR3zqVslvHXoT8CHf/9PpGcPxowBa+YuPh2P2pcOT8Q/k6PxNBzvCWMIFBHaeAxwpFma
            dgSplcyXRJAdKFlXpbLIuqp8UBXSsCKuOdgzT3a4nV9j17iqwEXtCjJQkMVf3eglauGHb3BtrVxT
            a5h6cNRsKuS9aRwIfz0SP5Heob5TsmY73uKlSEfAcbzy3R7izts4gOLuQbkzLutsLCA5ie9Mrw+r
            nnZOTEV6d3Ox70w3N7XKMdy8mZP9QrTCu1tJfWQw5CKK0MQkC3I2m6PbksRoxcL4P1MriXGKfBeE
            /EhK1ivnkFwiTsqwLfBmue2AA+k/A3eCVJLW6BtGDP7Z+XA5YuwJzDQijODZDj9RHLfK1cuqSsQV
            RQc0yn7m+YWRe6scDt4jysizb0/I+543BqXwP7OtuycvW4JFI1lLksnBaOupmw5yOi9r6+4Qko4e
            kgSaoKLoEvbz9ySzGGaTRKKCvFuYTGSaVSaXlXplVhiWVbsquU/TtN9IvV+rHKM97sRbEsGSb5Eh
            GS6y/SqeTFP4ekwBPfF7oxnRgH0g9EJ7TDtwHDVm4VJPPxIP7D+QJq7yDfYyWWSs9C6Nbp0nTfBs
            dxY0L3rOwb0iLh/kWY4WwnPfezQy8PT6bpKtTYk0fqvq701Tk+A+vhy0xju6ogDfRpRluVgGdwcX
            fw3X2fXv+L7SnP+8IJuRastSL8hMBKcKCmVTNKVfmjnzunyviuRLNKXXBtM7ZvemhpnX/JMhYJYg
            EgbOGAav/7MdKRKPpjO6+OFglJH9jd/52qGPjnxHaSxtzX5q/42stQ9BmBTAXy9bLjSUGq3vljCs
            zKLUIiJfaf9K5cqYN8wslQB8nQWWBPeVEnF4PXfugNEmhE6LfvzDf/8FPEd6ibj2mPb73oVoiNTp
            B0OM5IEHpIhXDgnUrK+ceVC404QQJfAYhLGRX5FL/bOaE3G9VK20QgYiG1U1F2G/Ec2gJNGVBdr5
            aGuMbsraXwj8u/frEhFfuqcTwcCrE6pE0YZ7TgFnYX0uP0gH7LWnmDHJWKzHaf1GGbrAxFWVGEg5
            ScfuvzWU1CGON6TZMdaVjzl4if4Az+GPv//t9bX6KiLHSVow9qRlxIj4wbTgcbReSwehdGFb+3Cd
            elIJtmiQChXySbk0tp1672rZ2o7r3BGqyKNY3h7ZkYcnmdLE/aKzIGWcA5vJkmsUks4arMx/LLWp
            uSjh5ESVCs8VKi9XsnpLqc1285HZPFYfyZNjzCF8eQ3Pn5/CS7tAcmpyj9HGj+dNjbTOOeUJsccy
            BivWNhkIo8VB5SFzzqKY5FbUB0nHFqIfdKwplfSUinfoSJJBp9BQEYZ4QRTRNnL9TeOcCQG7xCrc
            lwz7tkG45+mjHoHWdS1CYQTVwPbh6mC4LHAY/cClsLjFKQqxGNZtW4uIwcn7uSyLQvkINaPygxXa
            z6LKlfvEuPDagVm7P2tfgXkOv0ErHtVife4cxy1aD8MgUfDdeWMgrKnKfBv6MKRlV071sm1JSFVC
            Vx0elYa9tA+V3QmyGq/3D+WqdL+U2P4iEdoJPhATI21rsGT4a6HmsqncOzRZU6h3//g1/Bj6yxcJ
            c8H2LhRsh/GgKmOztxtW5aOimMA2pg8ODPR11BO2C1oXQ9dORr50Zh01Qyiw/IrnQ+cUuBZI19Xb
            B7qc78DQFRSgdYjmH/7zT69wh+Pdlj3RyC18YymWivqjo7VUDNWP6q3vI+EFXId5eBoR48VJlD38
            hjJ+GJx1WzIpPpG0mESMTJJpWMec7OrfSumFo2x6OLyS674x4A6fvg66b++CtEu6qMX6TPX0Fx+m
            n+2id4mp35CKgsbeEWXjgX3WHpNIohxuZYW/t0qPwnU9IIptVitZb0PcEq/DnfK1Cb/l+Frp6RgC
            Zh5HkWiPovLwnUspuibdXjjZXuWMS4T0WPIbvEqxFJe+6EH6nxyMph+tvcVzhFKrDxQfi/0QThlq
            jPOC33HKZKOjeEirn8CV/gmArnXwHX3xm4N/zkri0ZRbPfWoatEjAVxOhX9vGYTZK4a8y0qdVxiR
            bBKzID3H7rYkjZABHUflx+eQDIv1/qCXgVS45eVxQOnz3rGBPnORT81DLAB+lHrLicnSM6FCTlSF
            KjJ4PuzeDGjgNb3XjeFPuAp7MXr+87MB8RUDYGLgBy97lMB2rZjlHORlumeF7q2ge2fwwSBuSY7j
            M9bUZa5EFMHX7Y37ybS7URfGXqY2P4Pb0LFwNlehJ+b2xV/G3BSqBWkbmv45DBe+4mQFr1COLzL2
            7NSB3hCc7hqiAK+RyRn8bJx/3tJKFdw6V4oI7DYmE+mh8v3bmtlwBAjPtgkOIAoWbblco0EwUaQH
            nRa7sEvtXSx9MY58d5hCmyrecIbxGRVnEjzbBTxMpYC7b319vZ+1pu52OQjNtNZHZu/cAdGYcNLA
            tf8D6KdX2SoXAAA=
            """#),
    DashboardFile(
        name: "actions.js", contentType: "text/javascript; charset=utf-8",
        digest: "7c44466033cbc8b3",
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA51Z627juBX+n6fgCIOFPHDk7AXFIkEabDMBGmB3djDJoCiCoKYl2mYji4JIxZMN
            DPQp+gh9gD7SPkm/c0jKkpM4sx0E1oU899tHzWQi/raUTkhRq8aaSuSyEoURS9WoY+HaphKNcdJp
            LOFPVoUw8/lY1LK1Smg3FqUxd6Iy67FYyTt1MJlgk5B5btrKiVLfq7GwulRVriCkaouFysSFzJfC
            ygcrNLFV2IefNSmSy5WCCLDODg70qjaNE49i9nBZjMUSrJZmLTZi3piVSLJJYVbZP21yst1ZqS/u
            o1xAqoM671WuLXS3fZr4bodypZxqQLZsFKSUxa8w02losyWtZeN2yeRC6mos7uACXEBHTEzDl0bN
            iRnUVu7a3Kmqx8uq5l7naodbvjR42dtGGpB3dveRe8cUtFzRzVpXhVl/kAN111AjqHugvjBlDrv5
            1zWmtOJUpI/C1O6yiiHdjMTpn8XNgRDLNJm1zpkqGUOgLo5FwvcgRGokdq1dvsRzIhstD/Olyu9U
            kRyLK9foapEy10xVclaqYjQGQyGSQjp5WBjsSpxZLEqV+AWnHTH1NCtlLSIoNmPSwdbSa5CX0loQ
            wtOzTuxSF4WqmF/TqgTqE8Ppp5izbx8HeogzNkKQLfN5spnydrb8LONLwfqc7VjfVxwRbVckCjp8
            8vfBeRlioktmIMQ334ibRKSeqeAVkfiMSnu7R+AySm5HTHW8R6y0d4dMt7Vd2trUbU2rhZalWXil
            PtKu3//1n4SNe5mj0/mdp7jGHdUwUdwiWUrlYtGeDDMHRUtJ41BlY6HtX2SBx7ksreK8eYTAvFSy
            uYaZpnVp4DI6wQLVbkqVjKBKXUAYKVf3g+s5IkgzWXCUWL/u7e///q/wr+FIqDDyfEN7OeUyC4JT
            1ueJyNGW23dH/zg6OgK3H+kKThtY7q1cKVkhh8lS1TSmYV58l1kkVmtB7h9Drh5Q7BK3VCKUNXqo
            snApOmtl16o5ofsl8VxLiyqX1QJZ4ajjaeubB7oeFerk3TvxnoipL3oS7s/cilBzS9z7gI65HXMb
            5da5RicQ68ZUi0y8mwRTCuMNkfahykUaKYkAv6a56+Km53E5Wyj3k0MZ41GlPtkKbbmCEuw/PQ3l
            NkKHoxlBUQikdg/pOJLRftc8sFgh5Fpqx7qkvLLBEEBr6Xzvd8HOdPr2kRTfHKOuQ4zCps0UGQHe
            zMDb8qYfsJHv01HAXFeyLKMCQfVGrcy9etlwJu1lSRxyyBJdsBs5jtm9LFtls7Dcu4HUIk0RV96M
            a6YL9ibIt1zt3dVa1lxlskEkeIy0VpaDSL3xizEC7J7kmkd5UEtT/mE8I9OaoFnSc5KXRgMaov6w
            4kTXY+P0YumUJV94vbKWyiKL73fLHwYmYSagBSy/244YWjrkccClP/0FUxzRDlzVSupyw1qfTbcM
            uIdgN70P7fdMTM9L2RZKnBv8LHxF+QJCtmlorSSBGTAnssCaKsNgDOaNwlxx6KrkRyvvUa1z3ViX
            TYMA6LpHALk6ERf3Cllu0SNoFpVgDMTjrKgxoGvCOpiaIAIKiN6IDuusuOmZN70ELUqgm/Vp3D7a
            BARA2iIH3j4GZNDtyFoMG/0bT8XRJovOo38MfLqNAwTUpeAgQXikjsaiH5TRbeeX3aaerGVT+UFD
            Dfyv0HLV5hwGjDBRqnlIVhfTNCgX8p5G6ROe2E1tluZEB0lkqRq3FZR0lRPbNBayZCdtOo4N9FJV
            QfTBlJdHZ06x9JLOJeJXJqPniQLzaMkZcaGC5ClWN3olmwdKlR5vLo74ShOiCn7WxTZmfnVuEOSk
            Y3+W5ZSKvj8zzWFbtdy+elZ9zWboyU0ITVLwVJOEeI79W0xRLn1uQ/2CRmKoaiQGr6jqfzGFLNPB
            hLW+xYWpFLOM7ena3HZChFEWgDvR8chglJ0mHz9fk78mVMbsdE7Ivts8Y4BDPx0GCnIo07BCXTSK
            wSirXAdeRATz+2bUM2MHxUR5Re88m9DfO5s9g93ZwkiP8PnNzbc/Hh3BvO+PxEpXmEs2uR2Lm+//
            xG+/FUvTNvzmB/FOhLc/8FvaCLY39OYz489LEcDr7W1/3jBgpIHTub7Xqz3mfL5Z81qvW3voycG1
            ydP2zDjTolUK7obmjsENMMxM5nzf1lucRG0XfGo03tkDdU1VzjPxd9glCCxxAlkYVTJysP26LvT9
            oLL9ocqyit6x2QoRSG+sgg8Ki8EhZ6q8JfNfLf0Og/O7wAEL4Y5kMDcUyeuN5o+1GF92g7C8VF/k
            E0SUy4gPWscR3HGMGRV2YDDpjksETqkP+8MdQ7ZQol1qxGqMJ6pT8TJojIfCkXjTYUZfBU/nyUtV
            jcVD7d0TRW561fqUUWz2YZNnOixejgwdf/Z65YPhPXt8QMtP9P71yivOtD1Np3zKApTBJaMfhrH8
            9KTl4GD6iva+kPfqf8XV4Q+gzxox8F0dmsDAmPcXP19cX7A5IeG29vAsANpoVA9nemlZ8pr6vO8V
            77t9uvsAoK9fhbo7FR/a1QxKh3SkUsJhJAt1OTr5SpNj3sU674k4Qw72HjcYiI/DmRKr8slQ6Tnr
            a13UO/Efd126W+DpNXRgnCwBtu86AocM5kuUr3o+tF7Yn3Zd0e5nDkqPR+ij3nDZC2anDCWHbbxi
            XRo/Y3QOJDLMBgQNdb94PWHCp4B9KUPfzgogQQYJiOHpjq79qAxLejrhz5d28vaRWGxwhTDcff50
            eQ5Aj3MRHOPR8GbSU/v5Yk48t5gHXrvGH6IGaer3xQsMXLhlr61ckc0ufGHyB2m0EZuhuTA3nIRI
            YQoaPUcYmPCYTXByIACeTQndfQizV5Woi0opJPmDabOka0c+y2FhhRjNTd7a9BGnGXUPDa5ywHCC
            XejyoUX7RM5N/XA8/ADRi8oW5UUHVfJeL6QDiMpLXc+MbIps3WinrtWXJ4nHn4FOAj3749zUWhXU
            W5/Z2lkSAVwUjel1pUqV0xhMMVb5/qeyPF/qsmhUFeWSsdq09qJUKzJaz0p4bKABjuE4mGDKWzRE
            lMRMw4/kBGw8YTidm9WKcA9hHBZE/WDwAWND3iPn8Qfl18YUb+rwsX02+wefw9OQ30SXxk/maQAY
            AhLylqzLCm1rctMFBRgb18LfJTgeN3KdjAb9qiwPS1kpQkODumP4ldFZ4lS82T79f7L88EPWRCHh
            w86Y0c/gY+VaN0NY28mSRcHMf9YW85ZqHKnGoz7lXH7SNby3wYyXs3C06PrWTQBut0nvA1QMGWGx
            m51cxNazLO7wPtxiu9IQcnhGSdvOVto9p6VXK1TiezWXbem6+RP+8yEAekf3YM/dZVDXgxXYmiRR
            M7j2f23K2YEqGgAA
            """#),
    DashboardFile(
        name: "dashboard.css", contentType: "text/css; charset=utf-8",
        digest: "65d0687492d7b056",
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
            #logins:not(:empty) { margin-top: 1rem; }
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
            H4sIAAAAAAACA7VbzZLjthG+z1MgO+Wq0VrkkpKo0UhlV1LOJQf7ECenLR9AEpTooQgWQY5m7JrX
            yLPklIfJk6QbfwT/tLO7TqrGK4JAdwP99S+RD+/JD7Q4kyyvRbMnvGSEJgkrG5LxmlxOtCG5IEX+
            xJaEnmNWE1qmpGYpTC1eYAKrGRH8zJpTXh5h7g0h5FLz8riUM0v2BGsueXPibUMoEfmxJECZkguv
            UxIzkaeMNCd29sn7Dzc3+5rzhvwOVBJe8NoTCbxie5DgeGpISuvHA7zzvIpWrN6T2yzKNllwgJGE
            1ikOZBk+5eUjPITpKlxt8FnwDLZ3G+2ibLvFgSIvgextmqQPaYgDTU0TXMMe2DbNFBd1FDAY0C2N
            4oMdMvTShGWM4niWFwUMrNNddC8HLrQuYeA+jVZBYAbMuizOgnStmMhxvTy539FQ8okp7oauV5vw
            QT93i9k6zcygWbnbPKwTudUTTfllTwISVs9kBX+3gfqf3FXGcUdJQc/VXRhVz0sSrnyc9S3xV7un
            y5KsNtXz4kPoR6TNPUFL4QlW59mSiBfRsLPX5kvy7md25Iz882/vluTvPOYNh7Gf4B/yMyyAwW6d
            Yeo90Tqn8G/ZnmE82ZOGxm1BaxwQh5vXmz+fWZpTclfVcKq18PoQQOUvJDQ6kLhQCFdhFN47UAhp
            yFZhhwZ2zyJ1bvog6ZrG8cpBwzpYb9exi4ZVvA7X0UGzsnjYrtMgnsBDGK2jVebgYZPR6GHr4IEl
            cRwlQzzAKhoGho2LiHT1QNebDhFZ9rDebQaIWLMws7AxK1mw3UZbFxElmDfyeIWzfr8k+33MwMoZ
            /qJZA3b6O4n5syfy38CW9/C7TlntwdABlnw85WnKyl9gUpqLqqAviiD5U36ueN2AZnFazNMXmHKm
            9TEvEYS0bfgBnp+9S542pz3AbVez84FUNE0ln0Cj0cdxgJ8fSRT6ETwuyEpOjkEdx5q3JZwB4OhO
            q31xMJ7CDIOqFwfCwetkBb94l5pWsJOa0UcPPQ6KeAqX5LSCv/WSVEvSFkvC4S/Fv3QJrvDYglNz
            9qAWwYiEMRwPYCX0w0hKZg8jKxgc1BH5+eoVBa9VejnYjACLA5iwWpJajUjJ6fBmPXijxykM93ap
            UAcbbdhz48GpsBoh7PEsEwwQAcKplQlPmaYJow/sjDZ95iUXFU1A8+9+oCKhaHU/wiDY7Y+sLMCW
            f+Cl4AUVS2InIzkftpqXQLDIBQjZvBRMw8pRp5yIyBxKjWML+RYRPnyLY+otgHj4EobUO/44exbw
            tuYXF59KJfhfDQT8r6sj4u+uacpnJUryayuaPHsBfwQv8CBhWL5WJgEzKi7yJucAFhrDubUNHIiB
            ewUinBjGL/1gwLknav0B8J9XAGicnpegwLso+AY2dDmBRJ48fDxlJTye7WNezTAtGDoEjb+Gwz69
            Td/a1L7DGatC1wmcfwM7Stnznqwtw33Gk1YAW0lVc3i9UcPeUy7yuECoQZxX3hRjCoiVp0M96RkW
            rCs8FO1sasBiCzrYVNLpnAFtlrGlrAD3eiNYgvu3pupJ0UKt09eb24LDqNiXvLnbs3PVvCyGc/VM
            TUlNGno4l9X30nP4J0bxNDtqEAEbfoZzudcUnSmfAcfwmucYwVAiw4tZc2GIotebmw/v0XKbmhcC
            0ymUQbr1zxFhXoAOQw84U8YrGyTU/sOB0lFhC6UL8MzoiQqEFUTlM5yaMRGjhtvECP85IitaxsRW
            /lpTi1uQqQRtCXY8wxYEHhg852XVNh+bl4p9V1EhMCz8Yn1kXkJKm0Mo0z7GPs/Zij2D2c0PoK1l
            7g5z7Tii/k5WvZ2g42trgVJVPDc+Sr3bn9CryAAumU37XTX3I+ZhHpwvBYtNv2vqluH+OaApb15Q
            wOjQcar5sWZCKO9f54B3NJDxaVjznpLAvuyNamcDhFNaHpX4I7rK808RVW+mKX4EFLHvBBQeyamX
            suSl9D29YH3F5mQwvmiFbAMV2x5LHgNNjd6VH+Jy6+L9lXStfaWH3dgYJ1o/473LLFRCrPP1NSto
            A/WYlaRL3qxjePfuMBkdZHBRnhnTMvlDel8qKnBwIC2skNY5EB/ikQT6SEItOghaGnbyN8jIMAuR
            uFGAgzQ+ebR4M4f4pUC6QrU7ECsKaHkXXY14GOWMmxg5H6O4oJ/m9BLEbrn0LzPx2RrZYA16Jpdv
            XPDkcaQGy9NTcd6T+YTrM1wJVYZqQtKE6+jYFzRmxV42ASAse+gbjUhT3gtS9qBLAYZkIG38FJXA
            pF+KWp/KXusUKlKzegYkBn7TEBnZbheuphfMGFknWD/XseJ9Ycqj4vVfsC1yLGiZMAzZt/qng4Vj
            nafaV0l947MHbqpCZONW2nOJLsa/z2p0PxH+o/6mjbYXl94cth6kusfJqwu/BwOJJpfJ4Ky5WZCG
            Ku1Z9WspZ8v+2nXPXe7T0LrpZRFBx3hYYYHxSxpjbz5Tn8T5cVijbRUJqUbH1w+JRgEm4Q1YmEzc
            5R49Pwj1uQBhv6RnNqS+niIeTR23rPi6YVZA7SByMVMtzFZKbZk3g0N6mDikzdwhDffYnb7/wlvi
            VKw2g1J4/4k3ecJkeuqX8vc1nLwNo8obbmbC6gDHW9wlhlTrJ++7vHcSgepcTPqtMwQNwFezC1PT
            jrdiGz19gb1R9Ss7N0N3phoaHRtVHE/mSZ9kYrpDn+CBGfMT6uxlvoJ3Nz07vSvpHeHtbMjMnWHR
            YNd4tu63kvX6Cg62bsHH0iODCu39ktxi+Jyp9fyyTY9MzHhYBQ+clvDzmcr6fzp57OWLID2DVPPw
            ZbXAyMon3XaXqRjRdHfHKSXciO9MtAWEk8n0bOdt4gY2aCUJSNYoK0a5Zo9TRYSZkFWzitHmDnNR
            icsl+vMzfb6Df+7CIPhmSVaotsUSg9lCbx7Z+bAthNuXEw4j1WC0pAfqlwwks94Jb51iTcen/gqQ
            pJzqIBhSX+nqBuF4UJLrViLAZ9qRXQulsvWrO8Xa2uVTd+o+fgeaqTGdrL0jI+sNSPbWsKVxCAKr
            fHOdv7LZ4nyzDumpDqrsMQQkNM3nXpLwtSFVczKK7iXkit9E5qG6mkc2zEtmwr7TG/ejzy0nNWAm
            HDfgYm5LUjpff/ub67B+Kg/vA0NWXxWtGX4ZmCykj7Q9TqW600atTVi1RZbyrBcy0d1oq5VQCYwN
            z8FEMfVlrWLU0RPM+VZhvYFe9ESLFgWWiJEMwNfg0nms6JU1Q1PQDkttCcoA8gFquDnAnJmqYg0y
            9L6GjmA908rVzYPJqmY6izcNjb4APjrQmXJWNxTUVx6sCm3bW8nQCpZO4kZnIYaJXzLacZpJoYZr
            shZmT61R3h/sR5oCrb0jHhYg4M7bRCk7LofpEEi+wS+hXc4hk8n76tnl15aPoNfyzcx6vJQ2DCPH
            NCSnneTkGnRKxYmlo7RLqwSczuOMSmSuI8O76sgG5qNAQovkTgtzAjieeAH79JDbwqpN9eJH56+/
            qvU6hK83KWtoXghIuUR71o3BqTaDjHzdlAm0TyeZafFm3yDxhwVvL148dAWNqXFUl9VJC/2Nhnt6
            5XuVuNDK+RAkWJH1StBPt1/GQqhM6h8nRkp5uQGLf/Xr/5ck7LpKxxV7Z1NjzX/YhzKNesicuk6n
            CnadK9F9EYcQuklUuPwg3TvTcRC0iybqY3+nD9Eh1NUs3SqToLjzZtpBUeAuhtri0br1MjkhBs7g
            GXu7wQ90lrhN6zQFsGU6vdXOasKtuwJVBiuw7nlkgzVq0H4fwZRAD+GqXzl2HSU8XIIAkTpn6eT+
            3cpNzY5pDQXYI3vBX3NndqU726Mkk6FyxFuDtr9FS0HvCD0dSI5o2+jvjZpw3RYMi0T1hJY/Oi/7
            fclq0ri20VSn+B1zXpONq6mdSxKN35MeVyOgT1cBcUJjjmZqfkn7q81MZDX0q2PGANBqcLYu2xEc
            gRU433Ja4PFBaFl6R7Dpi9JQGWaVBG1d3N2eKBS8I+3OEvfH9BzUzGChE6dnOqX8zP/5apCxabTS
            hbRI6ja2HfyrbtDp/msbm06anWahcXQFO7J+Z+HTxY9ZPhE9J8OZYVLkYz6K7OZqmgyeofvGFerJ
            Zi/RxCd73dOWLqVTrOtBFEhnsxxXD0gEXzrpb9eyUO2c4XIHeZoAIEkCRW9Cxat+9HJP836citgg
            g+Qk4N18fFdfK8M6eQbdnC9JT1fDrBE/NWxNfoqOQgzaXV0nQ73t4+BqMrXVNwG6dGpwY0shUkXQ
            y4mVM4nTTEmEac9fWQLZAi9VBym1T3906jNR6AwubNjsoxPiezysb9WJDSE3ebnBru21iux1Cv1z
            NeTk5MRvU8xOERrpJ+iam0Pa5pJf7/Pwf//175kvxIPPi/pm2kxWbHh95BVeDLzO8T/vZuSDnCx+
            zBtPVxMy4PUvrdjgVvMGziMlPm+bhJ/ZbKNiMtcTTQtZnlkLiUUG/K5QU73nSVIpXlCtr6ztOt92
            w98TeRFJ73vhXDBUTcXAaSXCweHF6Jqlc33VaGLqH2Dig6a2+cThMLF9rMliSFt3Tgt+FEu82C27
            W/CDNkTQF6HulCeY4vOM5I2ag4EKHEEq111zAhPe+etKIh1WsTOmogR2iNeB7DDJihmC/dMFymSc
            pjrQSkqAOQiZ1rKJ6cqLt6133TxtHDNqtN4Hag75WeytCjQfeAdt61tBZZbc2XaWP7PU9ADwHoft
            DCjbdu5IePK1vfu3OrhnstmOz0RdV1ssJhrOg69l9gqZagt47Am/qHemreSuJlWv1NzTvL78O+zL
            h5MNsv7ZXPuANn9BCfNVRs7q8isE5QYRJ2jT1nByd1DqO1dS4la82FtVs3MzzlV7r393MZpL8sCy
            zP14t0EpYQlUunsDnwLMK3mdorTZKEqgyrfQGvU9XmHhVGS7Io5KwaYX+gIR40hheqah7pnKZT3n
            tyRuqnNNdGUzJmYCHdOI/tLO8+vE/3sBhGoTlnpnbrqv+Iy6em+uJmkTHV2jhyqEF4UXsxN9yhGO
            sr3Vu2jvKBGCLfKRyMVWWII9XuSjuoVL4jZyl/bmlbvMoykarLVHoP4/VPFkMBo0AAA=
            """#),
    DashboardFile(
        name: "decisions.js", contentType: "text/javascript; charset=utf-8",
        digest: "1b5fdd88bb793fe0",
        text: #"""
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA31WXY7bNhB+9ylmiSCQUq+86aNdxyhQFChQBEUSoA/GAuZKtMWuJBokFcd1BOQO
            vUEv0fceJSfpzEjUj3ebh12Lw/n/5oeLBfyeSw8n6SBTqc5UBrLK4JSfl2AqBYXGf3tjkQp19WDN
            o6rA1hWYPfhcgZOlmiO7TnMwR1W52WIB3rR3qvKqShXIB1N7UB+VPYNMU1NXPpnNdHk01sMFcmhg
            b00JIllkpkz+cGI13HpdqhHDUVrvrlhY4xz20is3B7SVmpK+jsqmim5OusrM6a2caDoZm3WaZotX
            r+CtOinnYa+tQ5FS2QMmw6DTHMxRHpTDL0qWshScqhJ4tZgVyvMB1rC9X/FRu3dKZkjYy8Kpllap
            Tx4pVV0Uq1lqKrRUGkek7+/u7tAF9Ymjaa+8fFQ/IR5O4xF5IjIfw/oNXGYw6Pe2RvXQCemMWCt1
            gvfKs0SSBR1JKY9RhIiyEvxNdBbHI1n3M8WN8hxYoaqDz2G9XsMdMYUAkySZ6p0Dklhkrwuv7GDj
            Bt1JcumiYOwe9QAkDqOMIjmHB2Z7wDu4BUksiSt0qqK7OaeGvdN7iIJvnz8zCgmn8mbdJhNevhxR
            f4CIfzcb+KXa60r7cxyH3PdsQfEgt77WNiRO+uj2dbwhN4mLYx1o8RTY5hpIuv0NFRKGHG9rnwvu
            XY3YjvooVC73W0+0SjpTzQnXvjy58FoDtm4LpC+OliwxlrYggdVFLTmERWYpkphFglAhuQJQtotw
            xZeUKrraJK0PSfCT8hE09kTMIDEH3tb9KWtLY91A/DdbYY3H7s3EHMRe6gK/7hNdpUWdKRdd24iD
            29CaMkWm2PPAuBrfFsY8OvhuYv+opHctVwMKm5SDPtYujy5dppc9P44UNjCmsNLlE5XQcM4a/LPK
            17YivW1ZtCmm/zhlrfSEAuIW2iWPRKEx/EszR2E8uaOs6AwpRoGmdg8ywzp6caF+GiOAch+VoO54
            cpPmBoewgA0InLs4CgUsQYhmB2wF2pG5HcndU+uMzvGVN838Od+EM3vUjZckqkpEsNVPR68PuSd8
            EOkd/PsPhjDM42jMETd41w3tyUVSe13oPzlpcbOL5x2+6MqDFXFrNqwbGmtDc1COA6QByA4+BGva
            NBdw+oDg0mbAulj3q2Q7LXxOUsuMsX/98rdoZZZw1SDNaiiEHmAQmfTy9lGdxbJziIZLm9lMeUye
            mwDfN+2Ly1T/gCNhUpeltOe+hAL5GqpTThXRhBy8gdcEzJbWbNR5Iz2mVMDXL3+BuJ/zBo46y9RR
            P/o4/paFzjsBV8UipNXyNtdZhh4gH20vZqJEosUdVQamcQrw01rrcGbRzq1AC3Iwje6bJUtm+QUR
            sQxGTr8ibpJdHALtzEy613VbsjO5ISt1MbFxLKSu+p7HoTZy+UoX7ecJKY47xUtSfHzed/HWhBcV
            v+HIc3rC+UTEfWX8j2znh9fp47D/NqQS1wcQmabF7gPd95VH5GYX0rzDLX4eXVp9OCiLusMG66b/
            jgshNZnqZshkOfRod1QlbaHx451yiqfGVqxYW7hAtXTDj7FcFUeHzxeMGcQA/7hmJ/piLGiB2aEp
            8WRbh077VfM6GZYqrcCb0csoHnX18+ltN2f7UOOk4jv6rHBzf8BAeIlziqHEl57j+cWzmZJvSYZ4
            RTyaH9sAp3muxvr3CkNLj4Io5prCz6GIr95NND5r7001GkuZodakQWDbCnufmxOPKTsywhrvOYP/
            AVAohN9DDAAA
            """#),
    DashboardFile(
        name: "dom.js", contentType: "text/javascript; charset=utf-8",
        digest: "e555a3d9cbe09b3c",
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
              node.append(...children.flat(9).filter((one) => one !== null && one !== undefined
                && one !== false));
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
            H4sIAAAAAAACA61WTW/jRgy9+1cwPiykwJCD9tQYrrFpjaJA11kgwfawWDRjibJUyzPqzMhaI+v/
            Xg5Hn05StEAPiS2Kw8dHPnI8n8O6wANKayDV6gBHUVRoZiBkAgKsRoSDSBCsgkKpPRT5Humlshlq
            UBJnYBTYTFjyPuZYT+ZzyA09pJWMba4kqBRq956se6lqyaFTFVeEYmKtioItqkQJpdCUiLHiFLlA
            j/iVzxmk8AYsPc5A4pGg6fEg9L4qo8kkVtJYePj0Cyxhmllb3s7ndV1H9feR0rv5dzc3N3Nz3E0X
            reu2youEnAOpEmIgrNX5trKOd5zRK40yhOWP8DwBylRD4I99luJA7lyiL47X/fZPjG1E1dM5mqCP
            A6sVPJ/DkCMA5CkEfAqWyyXIiih/+wa9pZIJprnEZGxORWEwBAK3uaxwwbFcWTKEUhV5fHJJ2Iwq
            VIodulS3eeLqdypwxIr65ZtABc9LyxWNutQcLQac8slpyG/G1EtNDdL2RD0TefIae86bKLuaRhwo
            IpSPzblgHCD0ZJAINgfQvm8TDgZ15ryspi8rmE7h1lv5+Jn++KwoSTtJEEVR270oLYQNfgijNC8s
            6iAgpXJH6ROu2h68e9c9dx3gtAYvfA8YT6OttGTIxeRMYppfX8N7SSR4gBYcdOZPsKQlGks9FVqL
            E43EQckd5FT8Nkt6Q00j1Aiu5xP8Wiptwdc7Y3VyGYZ9HFB0dCgplnKQ0Di5HKJYo7DYjDQHCN/Q
            N+U/QqQB+T8wNw8BDSIp7j9Ab0+/8jSSLFyPusA7tE3UO/IIWDVc9A9iTzNGK6gvJenxqSxEjE+D
            PfXUvn56WWGTqdqB8qEXLHlwvWOq0bh2sGMUF6SMDUkg8MpwwmCPf6HCO6UKFNKrqRQ2zn5qPNss
            OFLo1eXR93i6T9tVxZm5L6soEVbQzKwicuicOaZzVkXSBmvJuEEnc5Sb9V+VKDwF9ggbZS8GXg7k
            8VT6GXC+0fq39Yf15vGPzf3P63avtZ6f/KQ2hegsfsb74OfxOn1mkcDZ9e4zlc1F6/XyJWzX3e/+
            dqHtYdx1QlWmoXJ3hOGHfo9defxMmPEqCd1AM5ZjM3WHpmNTs/eYkMaDOuJFhMVrqbcrihk0Iujy
            D8fr9Z+ReeMQ9u5yC4bs5Xdes5Wd31vbMhz20O/g2Bi+RnmZcY4ju+c8dn3V8aVmByIbKnbk9IYY
            O22jG3yJNY10GVxWmefI1dal2E+n48djEbCN9MuBXFFG9mbjcNSCfkFIz80FS3NtLOd4AVkLaVs9
            +iJwDDcBpMhG9l32FM0DumPNleZfCt4/S49Jzb3yfpIr7gRAX3hQNu3d60L0lpU/ect3yjBwJo7o
            YcnH89553iF5M+yiHwj2pt8U7rMPfnUJ1xLz4sqloYv6DqksyMxmnEzDDy5+j5w7NJ/a0pMO23J7
            pvTvId8WudwNLv4XYC7CCIy11Ji7GjvEmrqC0NRz2BWR0qZ9E5atfsCDsDeRP5/z0UnKfwM50NCJ
            FwsAAA==
            """#),
    DashboardFile(
        name: "glance.js", contentType: "text/javascript; charset=utf-8",
        digest: "41b0c146f657f6b3",
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA6VZzW4juRG++ynozmDRPZHb3l0gBxkewZkAyQCTCbCzwR4MA6LUlMS41VSabGsU
            r25BLrklQXLJU+SW15knyVdFsn8k2TtALhabP8Vi1VdfFenLS/H9SomFaWrxx0ZZp01lhVkIa9Zq
            Zoqd2K6MKI15sKLZiEVt1kKKuVkslBrzmLai1I9qJFZme3Z5KdbNfMWdauFGmCGdWMnNRlWqEM5U
            ermK3evGOvFOFCYXtxUGoUfVFEtlaVzPVyRNVnarah4rJaabSuVnZ3q9MbUTT2Il9l6nJL8szDr/
            g02uu9G5Wa9lVYzQaCqn0Fgrp+qR2Ehr6dOtamVXpix+t8CHXqueuI2snT0SCDkjUTS1JEONRGW2
            kKbquaJ+iKrdB7nmE+iqMFv66MncmroIMs/mMLTDpqUSNyJ9UDvSwJUwZJ7nGHQQmYmbN2dCrNKk
            0I/JiDSAFexYTHndqycs209HIimkkxf4SMYCf8V+RGtW39CSfZCbkRm8VOyuPvGRvBLLUlZzVuNR
            lgABbSuesLEffhJyzifHsczGvcO5N1iBPbR1pobi0W21koWulmgVaq4tYYmM3Vgywo3w0q9bwYQb
            dEfpedtYwHhpCl+zJuRzmprRylq5pq7EHZqCrZcmNIaTJu9JHDyCNnV9MNvUI7NTv9W41S/LRn1R
            AC2J+o3ZDoBMIvET5PWMMFwe8E0Svo+I/fobREZTW3SG4fSEPp3lonCy2lD6zjQk+QeKnUqpwgrf
            w+00+oDX+4X312f7FmnBJOTlL7BKRIBeiPScjT+0POC16QMymellQrg7dmapqqVbiYlIPhgnHuCg
            KhFj+oqTxU65JBw1Cn5BFM8TXiBT1EpapigwjNWEZKILq+pHjfZMLQmrphZvS9kUSrw1+AO/Wr0k
            TjKNy5MgElp9RK/QFeIXOl+WZqn5s7f2mpgOvhRLA2iSpJkqzTZPos1beJP7b6J1J3ltHNOGvbvq
            zZqDIt5VmEfTJznk3tzcsLdytZa6xDlZ0BhRVpbdOit1gVWtyyZ52zwRP7RGF8rzVjRk1knbrnYQ
            RjInh3OPhXm9hmpmk9wqope5OgrTU2ARFc6dBG4a98+7H/XFelR4I7WOv+uhBB4jlyeewFM/M5cO
            fJegN6xhJexGVgM9rEFo04ZJmsSsMJSQJTEGTx6kFRAWRRNk9y2ieqqSkSeA7TvHkJ0pVXkO9Kid
            qYWpPXgDZgi8Gi5IToQz6KiL5T4jDcnbEeMoBiJNneSNlUuVx+4eAjhhHUzznacwQO5jCERJE+46
            xdF+/Nh5R9wREmn69dWVuBC/lW6Vz5Uu0ygib0CE+k+MywO3HLm2qbT3zJSqmVdPXT5uxWX7aSeF
            K4M0GAFOipMGRULf2tkJmIpgRcS6ssrZWye++uoF1CTf8TQCbyhRggbtesLgqA9jBvmJScDIMeaO
            LJz8vvIEHBQmwPRVpNgD2SATpV12C7i7fP1aUF4sTbUU6lHVOyZfZ5YKkK15oc3F68uzjv4giEB6
            ApdPQsm61GzhUj+ockdbM1KpVKAVeVHvbhmhlIW4h/dg2MHB4SQRbpRQKIDmmDOGWihbtQO5EEPz
            VEozefKcvJ2ynay75LYs2wQ0PGP0BqHO1TBGJKKNH/QuYvFYDGx49/Qon8DKgUbHJrBFU1DbGyFq
            eU5zf1Kttdyh8AkZhzc9pUenxiE7D85xaJjKJJRreWfQ06KhxgxpU3Aap37afzYciohlJfgQAXLt
            WQG74HC02t5zyipt910i0niSOIWJHWky9vvZnqzvO1iDs2rrOMBuF4htL27krxnqkxMcPQQOeeC1
            g4XZPRvuiIFDNUf4/vKCblBXPVfgdP5+PpBRS60ourh0um/hEhPHjz+K86jCF4pjlXvyAla1vxog
            gNIMrIxy9rX49hdXV+rb3qSt3Niu1OkqHdiyJF5tU8ev4KwcVyurqIuSrHhz4zfpVSPWybIkgfEI
            ue/J13LTyfLw5TSxlp9SFjI63IGuXhSB1AZoJofjzmRUWtHp7jMW2Op8R2upar/n7bD6TTAHoERf
            N3yxO9RbUVkW9K1V0cxVmtoGgg7koU/8nORcCD9wlYlLgdx31RNIN0oS194s02PQDIzS1mdZdlSJ
            sptC8fll1Tyv6Cp43jDtdwI69JlkoaL3H6OTUoNNuvvATBZMIX6r/mhbLEw///M/yN5h4/4U2pm+
            kwyLXz3FO3kafJDtfQlfhTihemnalfmf//13QerS5DFxAphti5pMllu5s/z60a2LB2IzvpzQ39OU
            HqHQEi4lw9bTMXTlTn4TmHjPpm0P23GS7MXnv/wNM3ujACrqFS/nnDklV5WcEdxeVunzv/4qvgsB
            SXRnFotxaxb/NINadCe0s6pc5PGwR1swgU1y/jm951bWVdzzH+IjkwKlDL+kTQn86XMSlYPJYcbq
            hrN7hocvb44I2N+BQb/Dq++AYv3Q/8WAQAjxHwvK/U9Ltxj7Is4W5iEYhnHHtj9x4x3aHBHyayNm
            cv5ALGFLpTbhpgqhv0SSrYdevfb3XsDeP1wAhtThzCYPB/rpW1nPhQi8WJem3TkxErQ/Vh9NyRJR
            MQNjyc+8tfy7QFmCeXIwGF0sni8sSWNVFVS0S76iX2g+HyJhW/WrS7qZf6ROOCekI5bEzyOXqE99
            hVSyqCDI9t4HNlCDQ97w2ySLHryK8Q7vtfXXLPrwzyJ3eZ77z9w/aKVceR+luvO7hLIhAV8kCzAy
            Wvc59i+bAouIqEE/Tvmsg4R9kJnmK1ktVXFLKbJNv92xadmQ+k88EyLM6Q3k1VO7m6/pgjoEMe9x
            CrP91Hu0/5rYXff3o7MhVocSw1FJImGcJD6/J2OLaRg8EXiBX17I2b60O6xKu7w28iRKHYVy6NmL
            aVeRn7ziwwGy1vJipYtCVThW4upGHd38h1YPt3/KowFzlm492qEIBSSwBbXnshz7A70Nn5BHNkWM
            hIEf/Bf6dbUw1Pnn/xIJkAKHT7EcMRF0kbzg20A/IXeSPa+IO4kf77xf/Guv0AU28LMv+G3Fn/Lg
            0TALzmzKgbFQ/sIBvagN2x7AzPur1C9AzVtq5z1Px2a/t6gYDEc7Jv2agGEZETnE5NTvMTeF2of9
            wksZ1l9gkcfqITV1cOrAEfTwBUjr3bu+jvcktt8xfFiikUhqp8uepDbbJKokwmsc/2OCkmhopr3u
            tlh4+cnKDt69WEMuo/vLZ43DNYUFeAsWhtCPlAJCQTQu+eGcR8icIeCpGbvZsgMi8FbuXiR8aJVy
            pmje9COinBTzSV07sTVgtMrGmA3GYi9R0J+ezYGXnSFD/A/lXlMWohoAAA==
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
        digest: "f3f37482c0740cd1",
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
            <script type="module" async src="/assets/service.js"></script>
            <link rel="modulepreload" href="/assets/words.js">
            <link rel="modulepreload" href="/assets/actions.js">
            <link rel="modulepreload" href="/assets/accounts.js">
            <link rel="modulepreload" href="/assets/decisions.js">
            <link rel="modulepreload" href="/assets/dom.js">
            <link rel="modulepreload" href="/assets/glance.js">
            <link rel="modulepreload" href="/assets/parts.js">
            <link rel="modulepreload" href="/assets/timeline.js">
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
              <div id="logins" role="status"></div>
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
            H4sIAAAAAAACA5VWS5LbNhDdzykQeJlILM/KlZCsciWbZGmPD9ACWiQiEGCApmTtcpoczCdJA/xI
            lOQqazElCP1e/9CvNeVP2is69yha6mz9UqYPYcE1lUQn0wWC5o8OCYRqIUSkSg6033yQ87WDDit5
            NHjqfSAplHeEjmEno6mtNB6Nwk3+8oswzpABu4kKLFbvb5wob31gW4sdXjmypmlJaAiHhCdDFuuP
            SvnBkQiegHwoi/H6pbTGHURAW0nDDqRI5fG5gwaLeGx+/tpZKdqA+0oWELmeWCTglm1yRY90thhb
            RLrFa4jtzkPQWxVjIkUVTE9TqM7rwXL6EM9OiRjUhRgxpGZs/2ZWWYysVcyR2/PZg74Ne/JBx8z9
            YQooMt49TcqtfZKlUZn4fDDtu+cIDY/n1MIf5vQQni2HTIcMnQM9fOHV23Zg3O3DFpN8dl6f+YMl
            ZBnNo3Uw/RzwXSLK+jNfCfLi1AIJE4U1RywLmCSIoX4Romzf16XpmnXgZXoFWBaLFKPu5OsHDoFJ
            OvlcizvJsLvktRdGJ5G5g1wS9HuS9e/eOeQJcs23f/8riz6jtTlmfFJn8DZK9sdSlk3wAxcFwcDG
            wi41+FMKxCOResK0uSGpmMWNH4iVOTvhpcArZIHvfejG5Ly6JOc8sYjECYJbx3vzB95aojVao8vJ
            ZoNgN5WkbKzfWm7upEN2wWMuDP9l66+ih0i4vIFxgloUe2ORD0DskX0qr7GeejjyRGz9adMDtWWR
            rXmdxa34M7s5IE/OPoFTbIKd8M6et2WRs5ueYKot+BOXb1w/UC58zHqaO84upiXAVQ/kle96i8T3
            fr/nYezRWt6c6lDJPdiYeor/DCagrsfEdwORd/UXl7pZFtPX/K5lkVqdljEPYw6cpzIla5zGr5Xc
            pF3NTiLmlZIxoxTXb/CRBIjJkKQwwu+obtANxmuqRb07z4ZN3ua3DuaZsb4xbhm8yC8xxGVorgLd
            OZ832+x+7Ev7mr3eGie5RB7a1wk5JzBDr4M+LPW+vKTHdfjkdHr9pA5W22S5pLZivfFI5otLYlep
            jVDVep7v6/xShpfjCv18Fcuuf9jIO+sf88WDVi7g72bh/LRPLyq53gCjonteIsIh6ij+giN8zozf
            bsQKy4uOKgWnH0j61J5nQIRz3gCR5Zy2AQjC0BkHdptkUxZLbqygpJi8szyDcm3j8WapJqml66sd
            GMHo70wzY4DHfYSdoH+gmHR90cuIXxN7GCI+YOb7B9Ri+r0qxv8K/wfFDBAPJgoAAA==
            """#),
    DashboardFile(
        name: "main.js", contentType: "text/javascript; charset=utf-8",
        digest: "cc2078e6b57ff01c",
        text: #"""
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA5VY224juRF991fUNAab7oHc9m4uCGx4jdnZQTDAXBazDjaAYcCUmpIYt0ilSVnr
            eAXkD/ISJH+QD8hL3vMp8yU5VWS3utvaQfJgmCKLxbqduvTJCV0tNa3VQp9R1aitp+1SBTKe7qzb
            WvzSVt/rhgJvz5bKLrSfkLIV3Wm99jRzGxsqkHoKzUYfnZyQsTTVYau1Lek17j7QvdFb5qlovrGz
            YJwlN48vBTzvdXNvZvivTFUeHZnV2jWBHsHbhsbVeG9rGk07mjduRVl5ooSHL//os/M9uZqJMK9U
            U/kBsWyPqSs9Mx5c3hofJhTUnf427fQvt1Tj29OHN9WElhPyS7ft07vViHJRKzvTE6rdwqTH7KZa
            aF72Lkay0V3xwYQaPW+058eCavqXkuFGt2ZLZ/jF+B/WW7mVtuFlaFdX+kesG/blO1PXxmtYuvL8
            kKqMXfjvVFhOjoiCWena2L7p262x7RduQtWmUeyYCcHepu7d2jr4JF45wluer9yresPSrRs3rfWK
            rX4RNe6I4P0NzrCfl2Vp1Ur7gi6+JlmVc1MH3eQ5/5LtltM179wU5Uqt96dQZ5ln62zCFqqV92eU
            WRc47raqsRntJnT76e//opPnj3xnx6FdVwQahLOY5oyePw7fKCGHB3h2t0XRSW3NYhl+MFVYsuAi
            2TsYFOL8mH/129OJBE+eCVlWlLPawCdCv+fBWHzPBB2LRyhg5pQ/i3YrW1/RTz9Ru7dETDngrbfV
            Rn9/z63DG1sIR6L4nqprvJTsnWctc1grS0wzCMf0HPD5QIMJ3y5rbRfQ+FJYnT21tXfzIEbOPkbm
            n/7yz6xITBsdNo3l9Q5/yCG/lwCSDLFVnkPZa0tLXiKEJ5I21maGW5oTS5tNmJYF5Aw0d40uj1oF
            4+4FfauCLteq8TofGbJUoaDjzxF4A4iKxJGn8R8gRwOuY8qtsciJ9OziIqEw7Yiy8ITEg5r6PIp1
            /BSMeVHQ14e26QWdlr9iIYZh5DUQHhoz3QQ4UDVGHU83/gE++B67dpEnaaPJ17qBfVaSc1aquev4
            8OEhF38+NCai2Cjk9osYG0JDiJA2h+RtCtgjBmonss+G0HsXlhCCHnQoswMaaeURGUn8YwaTZXl7
            OjKUoooxJ2YFffEFPUveinsFDSlKkRfuHm0D2OdHO2C31oEga+gqyQDPAyizjd8ae5cXe1fWbnYH
            dktTVdq2ybCEpe5KZP6gJZ6ESlfZ+SgffAboe3TxhXTWVTaxN3Qf78trA22KYZnMB4d7FHQcRLXK
            zTZspzKYIKn89vljX7xSW4XAqhAXWQavZ7mbzwvKdh3ZPozMvabLS87bU1c9ZDuGvmz+59/0MlJR
            42Aq19yOArntJTiW23UyRTEO+liLmTKufo5O6rhw7Cp6a914dJn+s9DXN0/uS0sg97vmIE8+l5Mn
            F1pLDAC5hoyShHvtz89J3LlmwGGw2++L8sigK0Z5MQqipVY1ylb/iblzqMptSmgxzMU1eYY6x8bb
            JVpEfnAnrQAaFv+EYm2qHfv4tmOqJDEs0RkhYk7cGkG0NuWDWtUxQbz87g0rk/EtTjfoPVEpkDQ8
            TRu3ReP0C58Sh4Conz0WOrxGgBjtv3l4jyoPA0kCKVIeKw5kz0QR08C+4jDCB7Bvmx/BMxo6rij7
            xkew3q8vv3OWIRPRf8HoX2AnG+CKoVBKimSXlcEtFuxU3Kk1rBSZ9KpW7Rzyxx6u0caXJaP5yszu
            XoY9LTe3FxAXIwDCDqb+9I+/0tzVtUM9W4D7Gmus5ORvpPwdZ2UtTf+viWtEzFZnXdqKHmQt+A7a
            Le6vlPVbzUUKzhtjBBZhT2LnWsxwIxnglbNWYwqIbURkmhTjNJ4sh+XTxJnqC86uJTzSNciKuPJr
            ZSW0skoFdSyIyiAp+lsuILKpeCfdQqzhKI+/iuJmDDi3CWgPWYG9SHimMveHGtGpqjh8x8hhuQBW
            MTj/Frtd9QanyiHA94aMkR9jK9mGyGIE494mj10M4uStmyFEroCO1CFc3wio3Kb58qszmqvaIzaL
            lgEN7GPYp1G7Y2CBjSM9RyxebDIeB7Pe/aykH9JsGbse0w6bQSY/qTUl9MI+D6QIEmiFUXH6ABKv
            67lMo0zOKFazu7O9dkvO8JVuDdSmGjaQWB8HrpGu0WL4IcR8E6ZahTRTeXAtezkLTVRw/UCoHKuE
            QopuRxLMFSIckEUOSaA/efGCPrDFFcVe7Sxql6ryZs0CVDLP8fRsUwejYeSSXpy0Ew8AOEgYsC3l
            aa6Agtzpdsj/0wY4+17XAIJrXtZ1nl3vo/YGog1afOMdODOTkqnQL6LjZTDJ1mLQPoJAc9psm/4k
            HJtuxCIWXUlNjBHu/4EHvFWglssYKD8iG061cps5AcIBWgg2+XdBT47iQTsWRCFizHVNWC8Eu2we
            94pEOuJ4S/nzx3ZSzXNp9+HInHv/fsMlKKET+vL09LTYFbeD1K7DO2n+2FVtr9hm+H4HifO4OFBG
            E6vaVDJCDHvKrjDF83EP174ZT7u+VMYKVHVbJQrI/5tT/cvee8mH+w8Bh5twSWOR+YHBQq4wJyBE
            XLfvYSPjYzksDjqTzcjfc9gKXSirqnrNNYZLmLaY6oE1thce4H8gHU47T+mNXW9Ynlxq1WBklp0S
            OEeQl0g0Eq1d2985M3+/WU3BakAuqvLQley4+x9EWTsDlZuVu9dPBYpuaGfXCxq8Nqsx56LvysrR
            qNLSo3zEC+mNq4e1bvXZeOA1zuidSu2nn4NeniRe8QvEHwCA9Axng284jJChXsnhR+SYnBugeSj+
            PyvUWkUziAX2ktlNXTOr8bB5nD5bSaMelxKPB0kOPBu/UR6wu9y5HphbvuGMfSCWOj+AZJb4AI7T
            17neZJwMxNPgNn0GOj0/4gL8UXvzZ/1hKnWpyYdfdvquEZ/K5T70W259ylFH3gpRDMXcFaWLrw4H
            e3aAxhQGR4FBzuVnElMeDrgy5sxm+GUQR/8FoRfW9jgWAAA=
            """#),
    DashboardFile(
        name: "parts.js", contentType: "text/javascript; charset=utf-8",
        digest: "7552ee8f6ec4efe5",
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA61WTW/jNhC951cMCHdrBbKcPfRi1wmM9pJD0aKXHIoCZqRRxJoiBZGy43r13ztD
            yrKz9gJ76CUW53vePA4zn8NLJT043GErNewU7h24yu5BarXFBUio0WOb8oet0Xj+ym1dS1Nkd3eq
            bmzr4QgV9FC2tgaRzQtbZ/84sTxr5ZslP/LFd5l7fUjB2H0KDbZ5COkau0XzokzB4s54pS/i7W1b
            uBjxbn5/D39Et6jfVyqvQBqQeW7JE5Sj4B68pIgkL1igsfQZ3M/v8D1UlFvjyKRqkXrVxe8lrGA6
            BEjBNv7ZJLB6vAP4Tfoqq5WZBuFTNvrA0xN8fnhI+Q/MRu+nrLFa5YeMzLDd4alWsn5IEmogptYE
            uI5pO2pW/Su9siY9lzSkv1DC4wousoMoO60FLL5tM4PPP7GhQdmyocilrk8gvqyfZ+s/n9c/ujjh
            JSEpR/S2NB8TD1EdkDRME8C68YdrNKMZNbQfxjgWQoiW3A8cqaNo3DksyDaaZhcdLEcTI2skk83k
            eMmOIXrSU0yYHG3Zb9hFlQRkiLlagSFg4MsXGAWdKbBUBouETAFa9F1roJqKQu1ESvzMtXSOAIo9
            dCa0T5rWaroDQtVvdBCyVXKm5StqseC6uMJ+ccZrA31yrp8J4N25yXheExVgk560k2Mg+/Qrm6Tf
            8LwER7uqNvQwVLyJFU+OA6ECCJc06jdjF8H0qg9uIg0hYdDspO6QKE/Kh6i5lMt3kgfiX0ipe5KO
            dyWow6nU1rahqCS5iuXx3Uckh0UQDfswOEKGx/c16XmNgCLkRmlgtugnxwgeNRzyOH/gro8gZjOO
            FBN9LDGm+4EgIqNzwGA5HkkPPcfsUx6Ca6T5wJlS8TXskwvU4eewFT59uulQy3bLDsSV/nQZK95V
            A1PgFd+UcXTjcL8Ea5ACU9OFKqCS1DgnIM5VyryBUybH67sYoOC7qJwNN+9X6TFrZOswih55AU8T
            QvQvMVCRagwbDItg8jfDyvmCmrfGhwzDE8A5eIwhya1mBzsxoJfbAllPp+DGuJL4tfPeRkdRSC9n
            hRXBuTkwYYNoYAv/XN3FX8iQLgHrep4WCJaIsHAZ3/X4eLUoC6CutKVlCF7VuCR4kZYfXRLeKcoT
            5FBZ2nQ3XgwVdtIIK5XOolA4FYl8WNDapNfOK8/8Gx686NEze8MnFRbnHleutwwojhMAooFZwsar
            fLsBZaCWytALCFvExnGNvu1uzP3kfqtEQvp7ijzBHULxEMKCCvOLq2oo/0Pehob9P6elfxlCUvo9
            pfwPwARvMq4IAAA=
            """#),
    DashboardFile(
        name: "service.js", contentType: "text/javascript; charset=utf-8",
        digest: "caadf5c9cad84059",
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA51a23LjxhF911fMolwOIFOg7F37gSxaJWfl1CbrXVekih9kJRoBQxIWCDDAcGla
            xX/P6e4ZYEBRLjsPXoFzafTl9BUej9VPS22VXRrVmuZTkeGv3rUj9WjWVs0b0y4nSrePJlfzulF1
            lZmR0gtdVGq7NI1RY/PJVLblWyfjMSiBXGFVttTVwuQ4XOUKZ5qdmpstXpLVVd66y5b/1fivqpUQ
            StVl+4j9wi6FnFFYLuzuzOoFEX6s6i1O/YP+4JpdFtVC1XM+udYLk56cFKt13Vj1pJZGNzfFyqg9
            RKlXKkrH27rJ2/SXNpqenICV1uKSXbZqpp5OFF0oLSSOxvIUjVS9tu8qWsHDWVFhZa03raEVfsCC
            zrJ6A95pzT9judrkC8OL8hSN8IZ1qZka/cWZ3GRFW4APWut+XJTFqrCzr89xYlm0tm52zJM8dru0
            3RidQwO4X23KcnSynzqxWOeinZn6+PCLyWz6aHZtzPImEH98eirWz+oWFgwxsKrZOrpSWpV1/ajY
            qK1aF5ndNGYaQAKWrPiul9ybPlWnY8cLvaDcgY/byMkdeb6jO89wBpWvcaZnPJ0XpTVNHFd6ZRI1
            +1a9EkppUWXlJjet7EAYkuVKZ0tVtCpv9LZSD2YuQgBc5ldLGx3TE0EL0A1sjRx0WjxtO3UE3NMW
            897ZhwRwxuj5bwFQQ0C6ZUmOME+EDlkfuTeLYHehWaB99glCt3ezlX7EO/Cq0gQc8m8HYc/k5BnD
            gug7YKa22rojXgwc6KB7R0DtQX0b7qiIwXzW6KI1eUS7Dt18y+1mJTzvcNtv6ox8uDR4PkLAuRmt
            s+sFrONJXO6uc8LbyDuhO42tsl4UJBtJCgvbSQApdhBv17osrzgyzdTX/zk/P58GG9+ZtsjNlWh9
            pr45Dw/oqt2a5qeCSGLzS3ebTXcDMJW6O0TGMwRMcjuECqCufijNqo+AgOfW4PxWt4ivxoHQGfxE
            nSrE1iIXmp6YM8hfAIViUUFfEmeX9XbgxsB8Q+dNPmFC92C/QiCAIu5H6l5eQU8ksVtcgAf6W9YZ
            vOWeUWZ+5YAqwpPxSOon9UmXGwpwT/uRF8v9YhNQTELI/0Gv44RMizc8YpvQail+9szAfC38Aotv
            sZXiBXGCmE2mKo3FxdaaCrqcqZg96Qk7tOGDyI/QbbcZjbvY4u0FzyQjdtx06wgMRze2urIIFbJz
            bSzt0AsRQSSgUrCVpaVuO5TMddkaWSZz8frg8BbuO5CiUy3Ot+pHhw2wZShLXjUNIix5NbPVbDL4
            akz62yBFP9T5LuFdQGSzRqyhlYs0N1YXpbq4UPchGASPkOqzJ6Gwv4dUdBkwblNZA3PyEOxkdU5M
            C3H+AdJRRCf2J3vvTXC09zAwSccGFhFxppirmDGTEgD4PUa9msmLcKzfY1Dx6lE8TNl3URR8nDNj
            MOsDw541WFflDnkJmqofC6O29abMkQQUhXhla1eDyFF3fwXXKCpUDAN8Q5Cb+tEQxGMCSCdIa1oK
            ptewAdUZOPfOmlUcWToNCNPh1DbFKk7SxiDRZSYe//tyY5d1U/zmIu7pdxQZG/XFuEDMihI2ARdU
            hLEue+vwVo8YjwRlHYcHPC2GPDHxxiBlV+7GBTR8wNG94+izJz6yv4fnTRicQagUYELxM/jArspU
            LHBitshJHHTdskMT55GtLnwwRN1VQ8400zZbxiITOUfiy5HLSqE+w0GE0YYKPO0JoxBr8Otmtzbi
            FVx3VDWh0lFvn8cqJtbzvDKQPB+5WCz+M1ArEg0ucDWoLrMMNTDilF6vyyJjbY1JAJg6TdOBhQSe
            gnUh6yjdRn+tEUoqe0acR3eg/JzetHu/yxkzp7W5IT0Jt0/Kc+9IiwAT/ld9/rn6+/XHD9B7gwBV
            zHeOjX3i2XrlTFA/JkA/lOve0ZnWWzTAzMCYagaf/er8DTBENgNGBkZ13klG5DqcvKwuSf1dFTKl
            ep07iyOWKsVSsdRtbBe2Xhz97eoGKr9/Vh5/dX7+uZyeffYkDxzSuoBUUQRn9R16j6YYTlmBPEZO
            BGIP1M5x0Kl88qdhMeLrinZieivs9KSid/OzD0izZz+QH6DUoZ09jCWnM8rYeEFVn1FtZjg7Lipd
            TtTlAzR2zT9Si8am3tg4LEb4ffuki5RUjMyLBiL/F5maWGrJLlosJL0aaggDV0LF9glJAr9qRBzd
            SohEEctlBBUrE6JYVLn5NV3aVUnJsOUWACgKqm3UXLDvT8ua07P0FQ7X1I85BuZIUegkUt+t6IYb
            BJ+J8zrbrOA26bLIc45bt3dAnNTYt+d36QqH+tL6lp5GbHLpb3jhLrmjyEIsxgP/4jIKL0ylgomT
            xGM5jExP+x5MJEofR7r39pBaSwkSvJyyZFigxEnv560UBsIEQVAo4kYnAp+WA7lB7WDkzIuxgkh6
            X3/ut6/P3yQO3i8fenP+5R+IDYfBRDxEsrivAp0GZr9HRwX87HvXpF5tNswatBYnB3w7l0xRf8XR
            1Y1eIJeKS7fOpUfq4Cgp2h+dcqtEej3Kun8ZV4iBhUhNUhT0zMuZ1p2ROoDpC2HBWKcRDtNr+IGJ
            u4N9iRQeTrVNuhHGC/v+Ni0wc32vlqgA+Ig2hHrpMhNX36Y6z2PsJGGqh1cPgd52SIf7f5CEy4Ob
            CVP1gYWihKnqzWJJ1RZCCoeXtIcrN98z9awUZK6p64jIy7s2Fd7Ob+8Bj8CyKbnOFnSgMlihCU11
            WaJEt2goY34JxwbyvCTwFhdvcNmRQX8OT2PxOdegDgxcIWoMTUzQoCYXKOY04rtXtaPUVd5S9/rl
            A3+CSJF0UhEEEjGZq70y6BUE0KIZXHDqHhLuGwzQkpaNabmebUBueDPssJzLOb9qH2MeUrjVACgM
            pONI6eLPPoQLu9gl6oEONB1etkvKHrEj0Ra/dUrr3+U6DkR1Cen8zBT46fkUxVEjt5cJSuJTrBj0
            kEBpqoWLpkcFdTp3ZA9DbagxOSmrviWNA4Vw7eNzIjykpbHmduqHSiTryuhKtBKOo+AwiDBwKaXn
            EHaraUT5rEJqDI9jqaRBNTH0zJfkctJTyca6Dkchx20LH78MqoNMV1Sz0UiNvd0lHXh8GRQAfshG
            3u5a5IuLWY+NvuQ3VLsz28RtXZqUV9x6QjaEO+/iHkTqsOmmJXKbAaycckgzsi52GRSzTKYvU9+j
            UWzdLFtbN9omW5GKeBpDlhcLPbeG3PONGfX1cV8tMGSwt4KWCjfyDjslClsxapzqsIqgmq7hts7e
            uPIu55nQgBIJNZwkKB64+StMJZkqugquuHNOpCB0tnV9UykqQN+D8pum6Yq7VmmQa+B3iypupXcO
            7r5YK9p/oRB/KHsGXpaLq4WDas4nT88gpWJ/AmDkaPfeO1j0id5VlIXdyWAZ5bC8VG5TZ1TzrMA2
            GyPFbzKY8R2JTDSL4cEhTe94didrmk/zT3ap6dRHLAkDneSxiwNeIW83RCqYVpwxrW9nz4aJPYD5
            VuLe2V8Nw04Aa3nHRTjXn6gwiHtWvi8qw+NqlytGfaq466fPh2nYEfFKcWQuWDt4ETqVZboqqlgO
            nKov029G2KTB54Bj+ifuboe569lUdRJMYCfy5oNoem0a7J5xtewG4A87ac8miqlc15sGgEWYkn4P
            EOYphsxD89rwNyL6OsUD0O1yR90K5Wr6QHHlPkXJBwz0zkav+NLUjxTcLqiCSfb5YOwuXnEEXn4q
            X69dS8N9G00CGkjss4YbORR570eHbQ/aRaKSarr//3gKUedrxH+Ye49OGqJxh5knl1WPdb5Ut8rJ
            M9HZ77a+0vz281Bpgd/j9xkvnL17ixa43+8b4d9thVkv8kNO75PetcL+5MVZxhueZbyrkHOgMkDQ
            z/FZ7mCsS4HFdyzij74K4Bk0fx2SeaiEDVFpHDQ0CKhwNbid44KHM0mnZKbxhXQWUy86336g4rGV
            qtWm7RrGjaOfq58rX9Apz4CcTNf1Ok6GNHyZ5U7MS22pxbbIIN1J30P4imGQUcPCZx90bl3o3CtO
            704et/m623RJ3W13AG7Mqv5k/gSGhc3eMkDSqwAG4iVI/WH6ZJ9NntvUjep9tBEPnm+qjMB76qzV
            T9j7KQA7DW2k62JtaEyJlicmJ7+B9d4aGpA31+wWMQoaFHb/5FtilYOsImSflCR5bu6gr1kX/eki
            tR95HChA8mvffyq1K0yZy/VuKk/x8yOCMPvpBMdXZvVAEY2+41Ybeh4FUU6+2h//vGhdrcEAGuRQ
            VFR5B35ayLXV3UJQlZI+yQuYRI/jqHMCEowOkYM2tqVxVhwV+YROhN9S5ExZZCZ+nbhp+/RlCiI9
            EXGsBve/+QP3SR6+7gQLrn+d+MkFt+9MnjpH/vYVDS3Ma8Pmnwi6N7tczN/MeI7Aj6lZIU25b2kv
            tB2ds7HJbokJnjvd3oUt/RxJp94eyVN/psbxlYEcEkZC1bl9aMBH1CFG5d7xQvFZuSvFwEE18J0h
            BU3VvfsfDO6picoQWVCjc+Mk30bhkDAFDRlf+irABiZAd/+Tip/T9eDuPzm6Q9JJDL43+p+0RaWM
            d3HSthuI/w8lw+9SYSMAAA==
            """#),
    DashboardFile(
        name: "timeline.js", contentType: "text/javascript; charset=utf-8",
        digest: "a9cdd5df0b8f47db",
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
              radios("range", "How far back", Object.fromEntries(Object.keys(ranges).map((one) => [one, one])),
                choice.range));

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
                lanes, isNarrow, unit, axis, top, label, height, from, to, end, width, plot,
                step: readings.stepSeconds * 1000,
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
                const isTold = !isJoined && resetSeconds[i] !== null;
                const reset = isTold ? place.from + resetSeconds[i] * 1000 : Infinity;
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
              const read = values.readings.accounts.map((one) => place.from + one.seconds[0] * 1000);
              let since = Math.min(place.to, ...read, ...swaps.slice(0, 1).map((one) => Date.parse(one.at)));
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
                svg("rect", { class: "carried", x: left, y: place.laneTop(index),
                  width: Math.max(1, right - left),
                  height: place.height }),
                svg("rect", { class: "bar", x: left, y: place.base(index), width: Math.max(1.5, right - left),
                  height: 5 * place.unit,
                  rx: 1.5 }),
              ];
            });

            const planned = (plan, place) => (place.end > place.to ? plan?.segments ?? [] : []).map((one) => {
              const [from, to] = [Math.max(place.to, Date.parse(one.from)),
                Math.min(place.end, Date.parse(one.to))];
              if (to <= from) return null;
              const [left, width] = [place.x(from), place.x(to) - place.x(from)];
              if (one.email === null) return svg("rect", { class: "stall planned", x: left, y: place.top, width,
                height: place.total - place.top - place.axis },
                  svg("title", {}, `Expected: every account at its threshold from ${at(from)}`));
              const index = laneOf(place, one.email);
              return index >= 0 && svg("rect", { class: "bar planned", x: left, y: place.base(index), width,
                height: 5 * place.unit,
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
              return svg("rect", { class: "stall", x: left, y: place.top,
                width: Math.max(2, place.x(to) - left), height: place.total - place.top - place.axis },
              svg("title", {}, `Stalled: nothing left from ${at(from)} to ${at(to)}`));
            });

            const steps = [1, 2, 3, 6, 12, 24, 48, 120, 168].map((hours) => hours * 3600e3);

            const ticks = (place) => {
              const room = place.plot / (74 * place.unit);
              const step = steps.find((one) => (place.end - place.from) / one <= room) ?? steps.at(-1);
              const zone = new Date(place.from).getTimezoneOffset() * 60e3;
              const marks = [];
              const first = Math.ceil((place.from - zone) / step) * step + zone;
              for (let instant = first; instant < place.end; instant += step) {
                const x = place.x(instant);
                if (x > place.width - 26 * place.unit || x < place.label + 14 * place.unit) continue;
                marks.push(svg("path",
                  { class: "grid", d: `M${x.toFixed(1)} ${place.top}V${place.total - place.axis}` }),
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
                svg("text", { class: account.live ? "name live" : "name", x: place.isNarrow ? 4 : 0,
                  y: middle },
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
                const span = stretches(series, place)
                  .find((points) => points[0][0] <= moment && points.at(-1)[0] >= moment);
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

            const hatch = svg("defs", {},
              svg("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse",
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
                  hatch.cloneNode(true), ticks(place), liveBars(values, place), stalls(values.readings, place),
                    planned(values.plan, place),
                  place.lanes.map((one, index) => lane(one, index, place, values, short)),
                    swapMarks(values, place),
                  place.end > place.to && [
                    svg("path", { class: "now",
                      d: `M${nowX.toFixed(1)} ${place.top - 4}V${place.total - place.axis}` }),
                    svg("text", { class: "ahead", x: nowX + 4, y: 11 * place.unit }, "expected →")],
                  choice.moment
                    && svg("path", { class: "cursor", d: `M${cursor} ${place.top}V${place.total - place.axis}` })),
                  h("div", { class: "scrub", style: { "padding-left": `${place.label}px`,
                    "padding-right": `${Math.max(0, place.width - nowX)}px` } },
                  h("input", { id: "moment", type: "range", "aria-label": "Moment",
                    min: Math.round(place.from / 60e3), max: Math.round(place.to / 60e3),
                    step: Math.max(1, Math.round((place.to - place.from) / 60e3 / 240)),
                    "aria-valuetext": spoken })),
                  h("figcaption", { class: "soft", id: "moment-text" }, spoken)),
                h("ul", { class: "plain legend soft", "aria-label": "Legend" },
                  h("li", {}, h("span", { class: "key bar" }), "live"),
                    h("li", {}, h("span", { class: "key dash" }), "threshold"),
                  h("li", {}, h("span", { class: "key arrow" }, "▼"), "swap"),
                  h("li", {}, h("span", { class: "key hatch" }), "stall: nothing left"),
                  place.end > place.to && h("li", {}, h("span", { class: "key bar planned" }), "expected")),
                values.accounts.accounts.length > mostLanes && h("p", { class: "row soft" },
                  choice.all ? ""
                    : `${count(values.accounts.accounts.length - place.lanes.length, "account")} at rest not shown. `,
                  h("button", { class: "swap", "data-do": "all-lanes" },
                    choice.all ? "Only those at work" : "Show every account")),
                swaps.length > 0 && h("details", { class: "swaps" },
                  h("summary", {}, `${count(swaps.length, "swap")} in this time`),
                  h("ol", { class: "plain" }, swaps.slice(0, 50).map((swap) => h("li", { "data-key": swap.id },
                    h("span", { class: "when" }, time(swap.at)),
                    h("span", {}, h("strong", {}, `${swap.from ? short(swap.from) : "?"} → ${short(swap.to)}`),
                      ` ${swap.sentence}`)))),
                  swaps.length > 50
                    && h("p", { class: "soft" }, `and ${swaps.length - 50} before; GET /history has all.`)),
              ];
            };

            """#,
        gzip: #"""
            H4sIAAAAAAACA71bX3PbSHJ/16eYRbk2hA1RpCzLLspc1e6eL7spe50qa+9SYalOEDEUsQYBHgBa
            onV8vderykPyUfKSp3yU/ST5dc9/ELK9SeW2XCsS6Onp6ek/v+4ZHh2Ji6UUZX6zbEXaiFTUski3
            E3wo0lKKRVULmc6XIp3Pq03Zitu8XYq8bcSmzYv8Y9rmVSmqD7IWbb6SiUgPjo7EdVqLTZnh4e2y
            kvQyb0SRf6D3pUjrurp1nJvbdJ2IZdrOl3l5gxGyhkBVq76lDTEs5KI9w9gMDBYt+JXVbSJaSL6G
            mEPxihixwJioTFcShE0FKjGvimpTg30j2kpcS8UtrUvwo/FNkZOctUyzRlQbKKHcilW1kmU7PDjI
            V+uqbsW9WILfhxuxE4u6WoloeJRVq+EvTXTmSNplLZtlVWRvFwkrw6Nep3XbdOjTNhGsUyweItIo
            XlVV/i7dJmIt67mkl+BZtz9hTY3H8LaqM83wQN4xx3lVNq2o0/IGlFNxfyBEND4Wy2hC8mOGZiLG
            x1DgEmudiFOxS0R0fBISHJ9YghcgIB7PRRawOH1hSUbM4+kopHh+PAooDnZnB0q427zMqluWTixg
            Dn+iERMRPYMQWCgspfxTRtbHkwqMOzh6/Fj8EcZBGztfVo0s1T6SWm6x84+PwvWDJp9LnoFVMdFK
            SPTk+G5nxkO10xNRbooCQhfFRCzSopF27m+vYdxkSysYBm1OscVOQw5tqA0YKFNdpuu1LGWGDxih
            /IflU4KtqqZ9jUe0+vFx77a9yYsibySeZEQ1iMX0G72hM7WuIX+7HLKmxWPx9HQ0kk/3mEH1kKj5
            5xS+aviQPajXTV6yhkp5K36XtnIAswPN4b4Qgzg+wzC4zEXF3rLKy00r2bda2pR1VRQNx4S8RFSA
            a0vlVTBX8eeNbCg8DMGC5xw2sv354vt3mjmsZMT8a9lu6lJcHRnBz5l8+uheDWurH9+9fdfWeDWI
            d1+rjcRbrRP1fff1usrLtplCJ1dnZHMHRrVZXrE+KTAk8P4bSYGkWpNwTaLNipW0HMA6ZJFBUBjH
            vZgXaQOLjhp5Q3bSRMonQKa4BETLPMtkSSR6jpho317/IuftEKPrXDYDPWs8XKXrwWD2IS02JFN6
            LYtLIwJ/I9Y8GU+Xl+uNEqndrsmoeVV4oNak2cyXcv5ewu34u5hOp8ZndrFl1azTUjFX08Yx7XKf
            FzkjJL1U9SpYLoK4VofS8CBSGwGi6I/LHAHZftd+n4hgx2J/LNseDf2BcgPyx3U6f4/vWn0U915p
            FepH7+W2GSjv0NqsSsnSzvCBXFVexnrZvvfwasm1L9iN2Y7nyEk5XJdsF6H1PYlMAaHiDEbOzhLD
            iT/IzHNq8vHm7YL0dG9SJJa5zJu2qimIgyCx/ohdCD0R8QZDzbih+UA+kS/EQEtNVH/5CxEPC1ne
            wKdfTl04iY374P2Z5Xy9abbaxd/JdkBynA+NFYfawt+hXKV5oZyd8vJAMVE5ilSfUNDdiWphljas
            qzZVlswKJnEplgyR6Ro5SNtYfCO8B0YFQ/boOGYBh2mWDYh9zJ/aal8AFiwJwAaLYfkZnTkx3iDq
            YYV3g+Fw6I2jAKde5eXeq28Qkz2ZlDq80ES6X+QFkEeoN8I0tDc8EhhjECjT5S/JcZFtACEyEYiW
            6/xOFk1gS1vCHzAl9t6GbDBrlx2TufesCbSK1O17oTOMNkzNykTxV4BiW5WtbmpKxIzmyOgL2WJx
            zdAy2pQ5yfLTZnUta7WJvy+qtB3cyPb7aoVoJLN37baQg6yabxgumQ+vCkl/4uGiKtt3+Ueo60iM
            nzkhZ+ld3pBJrS8xxez4GJmM5ksALvTHS0edNz8pxDhVChEvxbPTkb9kBDG8tHTnQB0Tt9fj5yPL
            XzF4LEbD49hxWEqGv9A8q83zshMwe34Kbt0X4xHePDvGm6ejWLN3DBmlTT9h/44UfjUVnIDdM6QO
            PMSbJ24VvTCAQZaFAYmAC8HK2aOgcn+J66JqrQIPtc4Oxdiz8Xv2IF5oYpWZaMXZHdNJI9FKc+Eh
            EZxVeYaE51Oht2nleuL8lb5qAADBx6PRSJG1iCcAX5gBqw60/djszxMlBZPfTcQgx8JS2Bk5iFqQ
            0RecH+DCWUBiiT31DEjN+mtMe+hkpvkvqjXPkck7nkFJxt+tSIp6a+iCOPXgIDw45XECnwb6Gbbi
            hGQYjP0wBfV0eB6RynRSu04b2SOieoAP49jNeShe0KCdC0rf8ir/oXHxBCVS08IYgCKQ36/r6j2A
            w145hlkKKsOgvFsd1+QBJjIpEkWQRP6RCOMKC5byzkLSofgB6Ao2hTXxS6bmPKuewROGzA1JlUwF
            ZWMFU68pTZdA1sWCKkiCvwQ3URMQkyWWKMmXKJUTBP0FSDDI03Zd5OSNJBjByXkuezPyjMMPYiJA
            InQw5fLgzIvBGh8Hm5OoxRjjpuisZrJJjRjmeDw6w5+Xhom2c3r2hNOQckQd/LTZTpW0jIOwtXro
            LL/UTnRm058nEb0mDEjSg22wGOLfAs3LM7GzY78iipiz3XrTLAd6wOwyVvzpu3oz04IFGsB8hlJJ
            z1s/pYWJ8d6CEUD710TUZl0IsIqorXzGefNPvMVWL2QrQBzjFxQIxddfq6kPrf4Qso/ZxQ1xyO0C
            Ng1eX1m+4ODvJmnyq6mzA2ErLTL2qeHQWVGXg13Sj+UiR1jdul1TjF5OldxAFEpntHuh1ox5BJth
            o57dFZc3lIMRW4DhB3ZLdO1csFHsAgDk11TzTf2BSkgT9/pdiuy9gDpBGEXGo+CfqX3gYT1VvRG2
            s87a8dTQM7I6vSWR1ThdTjmrbGTG9ZRe39Wje7U1VkcxTOr3wGDZYBzvhHm9tZEcDAKSq3hIYWUQ
            vY601nhpcNmrN4/uWZrdlXrBS9QvzKxKzNnoEv/6p6ZwroP57rXlaDPF1esusyHQ2OE4/iKG/8qi
            eRs6az7cDKI1zCQo6kh0PEAJyYtA2Sj6CWnxipDVsIsvfbxbcaZgdIwkUU7ETAN5gxYuEfOLjIL2
            Iq+b1gvVqhSrGx8I90Vqahs2FgEP9+qSPbzuoTFC6apEcf4aD2vqVOKtB5uoVm6ChIBykAI7Te7i
            GH/FPijHnxiZbGFHitAQ/DuXGHnlJjMi811X2RbpDmk3czicXrtV7pU9YSkXRB9apImpIxN8YrMO
            0wSygcKE2USgOKJ5+INaaFMAdBKkGncq7X2d7hWRxIG9mjgZF2a96uAFjSZKnMTnR/TE0MQoj46r
            Bn5P4vaNMcb+0DxmsZd+kaeIjdkoi1U9Gf5oE0DsR0ICUaoBwDwTRevthsKyiPfZj+SKPXU3R3lT
            chq2sJjv0oe8wPhI55UOgl1X6ziOgodTLXkotuk8KJqXYmS7CyECmlFDHoCHsCXvholM7ElGv3dU
            0l96Gp6pzaeAUst52GLTLRg8A7ZX7LcTT4fA4zqYJTomcqkxcZB/rAWi+gbjLZ2CwIaXBsSmIdYv
            zHVa9wrihdRkf/7hs89I8MxCEK6q9Nsa82CsFoniqLMDatwonDNQvSRnBNpjqYr5xhq0giBer0ec
            nyN6ISYBxIW+6yxiZk2FttKux0WEjpurkkmJ34kfXAN2yGEEygrIsiAiUI6qwT5lWqzcz5gW1By8
            tJOErqXgr3Hy3v0GIgDw18ru3XkufVVxe7BvVFy9WnGoDjOfqWQVO7PVPHubt4XUHdirV3drCEM9
            W8o+W3vORicebeMOlVRP4dE9cj6vFXjEy1P9Pu2aUZ4PKtJvUIUQyH3Q/D+pjH03CJXSZ+fWypNP
            auHRvZV6t7dm6onwV2y+UoDnKhT836T1+78/cvB7Vd/X1W3GDhtgBJQmxyM/1/BL9kf6aCXsd8lw
            WznLaW/oeWNirvO3njBu5rmzFdTdoCeR+sDSHzaDw9QtHXOuPR9ls+A9w5SIRJh7ol39iTim6OjR
            kf/y00ufMSNban7la7JRngacDqkHd6oIfUe+8c3WKf8cHo0VHK5gDmJODyMx8Z5Fn/JINjCjgB1Z
            JH9pEE0lwAPsLhhrkTGMlwD/HQFwlnv3h0f3WMfuyiYbQRWmEdJ43x60xhiFrC074lIcnhCyJ/3s
            li8+ElPekl0ARziQsQcYqOj7gNeFI7Ivywd9wV/FFk43+8Heq9m9Ni6FEM/YrON8Pi4/GI8P+lDA
            cTdFqEz8vwjY+6bxjsShKGX6Ybyo3xaluKkFtQKtQNSniThN+FieTt5PXtBnwtmnLy7V7vBJrzqD
            C858Hcc2n6uY1xfr6oo70Wpp3AQ+EoPnJ0F89usdaqNMlZCMWZ15eHDj0A9+YAgSSuo0V0x4Qw1X
            1anj/bEqg1Nnv/S6ke1FvpJE8naxaGQ7oN7lKZ9tm/ErHdtnnlGpEkpXMXOZFwOPLeT8yNIfsUTE
            kdf3hB+HXTnbZmOOZ65vJOyy3cMnU83w/oFIaloMLgzf2YxhWvDHp8EmUM/nzk5n2tnjzk65rh1z
            ZpWo8sYLJTrUOC+6qfPMiyi9zQK4AMWrPu8gjwiCmHIMedd2whYf2N4FTqr4dJZqg686HaBAf3xi
            LRsxha/AuP7+RF+QsU905HPRgxXRLcvIJzScSoRu6+hEaeAB363pwgNuOn2q5g4dg6JenjHS1BT4
            6tn91hqGbS55V4WchHq6at3+WO4lXu0CeZYV0vILyyJq/avn3klYx4BEpwo6EscYdhL312h7mane
            FNIY0siaTijG7gfznC3dM5wHsp3RhbNQzwfIQLefYKn2CqmUO5L97Uhv9q7Rmg3jThVQA92m4Nqb
            8QJ9U8lnT68neD8yZgx71ztjLZtQRIf3r//xN8Fsox0AAhme2XsN0jWyuAzy+WYF297+/Zth+lDC
            ywyc+nrcQmMJN8Bc5/nZvyG44JbXo3t9FWQW3AS53JnTI9A9umelDPz2iWKeiEhrLELkUpcO6ew6
            hXyqUfqEFO+fkTJ+U/xYR4lCgRifKJjGizoXmkR9TwzwiNkKKrX4aDe0s0QX7uogrJSPvfYvEOob
            hrw3dCxVYFswm7rBmLfDyG+ZouALL1rSbUyuA1NzH9E1SWm2t+FlAR3ZFGnXPMjaKK/bq4SBdj91
            HcS1ozD+ob6TCoizbs9JyULhndMxvFQ/eUmn2/H5cDYKAOIHWTSf7XUq394rmKh5x8il/+xAu6WW
            VPXPVZPO68urezUsIWTtNtlpHVq7fRULCXDO/F/DHt1ZhFKFdw4V8DBn76r/NtGRa2iuvTQENnkG
            KGt8See3CvF7O8unIEp53gWFUxi11ujEvO27weLaJLTHASLnC5asc3cPBwKpW0wHOsqF4x+Iczq+
            weOYAVHT9eAFH7VhyKZ8X2IyGqWvvQ74/MUduoj//k8RqV0EUIoM/iYb0V4U3F9TOr5Qx48992ko
            D3zb2hfq6k2HzkPYTP25GKwtZ2oum+nv5+fBCaYJjlwgaFPgIKVd+gF/3l09uMpv99eInNURjrlx
            g6hnpb45UZyaEl499KEoYWhXQ3jr6Dk+6PQPVUgIT3p5lscPlhRxUNLyzXByMErgMJrG3ow0gAJG
            zTcaRZ7RNUyij2x79rkr/fBRU/8MLETgA1ZWv1tj4rflz41k6KwpLpA+GrrzyDcdWypYTp7FkW1f
            +WV/BDA0+sPziEryvauUdBNcH4J+8mLXF+/Q/zGU/z92v77MA/TVgOr2X7yKyRB43IDoGtRnjka7
            Qi8ybtZ8W2Xa9WzlqHvwlu/53mxq6d2y1faE/wX4lH8agSd1VdC923xFr6O0ztNDdU93YkBaZ9Kg
            M/pAyxioP5e331WAmFewIcZHhHBFUIkR4LVHCWTdw3mBrfipyuSgrTc0FTcBBmZic3q0J5HCaoNO
            hg2BMv2nm7+G0D96MER9VqfLLH0jq5TeswdKL29O27/tSh1M2DnuQJ6eOQ69BUZJV5AtjTBFBhng
            Q5UwwtHJF1fDD9XDfDlPlQ9s7KizuDQej7vVsIik7n+LX//6b1F8aVgHfmSne7BxqDzG1VHq+2+r
            8d2ZFYJt/iHsxs3rzTX9UIPufdIPPiBCRhZ0SH0wOMJVWLut766ckiwtn5ApYv+2XtgdIY3FxEDs
            PNv378FzrFeawXd7K17fIg/8M3qjyawwyFi6ZVgDWmZ+0+iI207wFcjVQwObMxRBEyM8h/SGuXHd
            thlxoQr8ZOS7gRKdXYBNamJiW7g3CF/zlH9LEG5RtSB1eMo5ZC6ct5hP7H4JsCmCsZAuL/VPF4Rm
            1FHka/Wrh2BLily3R73fFlie7+WWfg0W8U2SiCtrb61fMjpLm6Ue7loF8W+Zn2t21kD067//VxTb
            GvC3MFGoQsnBUTRsAkefDVNfqCl77qamMoEhMtvWvVri7piYgyb3QyM167r7qw21t24PvZ8ZAItH
            dnfYRVVh/LlZD8XnqvWUL8tR3m/NT7euPP1fb9q2a8q0R2CSpW16mFVkfhDxkKeI/B5iKP9b9wst
            zEk/5uBi5B3mDI9YrUo7B3UjrbdMtoBOzZ5MTWj+Ovm70yOv2+A0oZsOdPEfRtMwKrzyDbDq8UXl
            teENnGejuHNsaA1LqwqGREGDzqzyzNdTn9XR7SyehgRyx369g7ThtnVV3rjl2tNIugfF1Z47nyTF
            n0c7ymrC1ILmjNI7R+NSsuecLXaCdPbo2cjPhntGbgxcXNE1ZcXYs9Vno52+oHwm/vHVhTjSIJh/
            JUqXX69irxP3PyHK7uQjOwAA
            """#),
    DashboardFile(
        name: "words.js", contentType: "text/javascript; charset=utf-8",
        digest: "7aee47dd7402ebbc",
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

            """#,
        gzip: #"""
            H4sIAAAAAAACA41YS2/bRhC+61cMiDwoRw/bSZzAjuMUCAoUaBKgCdCDYURrcihtTXEJ7tK0YQjo
            oUAPvfZx6ak/oT+pv6Qzs0uJlG0kQBDtY+abx86Lnk7hfb08x8qOwOklWlBFColJeWWhRFPmCBWq
            FNwClxP4tECwWF3qBB9bSHKTXIC2fAmmwMF0SkvlCKEunD2U8xSXhmirurBg9ZW7biVZyJR1/Mtk
            55VpCPmxnQwGiSnowqMfww1YpdNDeKscTgrTxMMRLFBVdLQ7glIleAh7sDoaDKY7O/A93RQecqMo
            S4SsMkuyj/7ZBqugqKoqTcpoNxLThcY1Bkw2gB0Qqz2lqgjQEIxgqVJVDham8TZoB3ODdgI70wFe
            laZiF7ANrOcnZjiGWFszhOPXcDOAcHvKhgVjzojkVEwkaItCPerYfHa0ZiuVtZgSvTDC2HtqIjum
            0hnEnSN4Dbvw6FHL9gr2d3flgKXD6+PAzrshvbWrq6IrK2Hl74cjfsE7gVjwxj24aUtGT8SgH85/
            wsRN6EzPC6/kKDxw8EP7oiL4NTwnYFnKGw+PBu07f7r1wCPQBSx1nmuLpHx6x3OQJ/kl5Bm2TTrp
            KA5PIN64vu/hIcWF37JeZFM3Mkm5nsC0rpTTpmCpQautGHDGqZyu3ym3mCzVVUwxLeuKcihdMw03
            T3KaqmvK14WpOW2XuqgdWgkfjzWFlwfPdgmm3T49oPd5CPvPRoQB6+MDPjzYPSOpZSwis9yYatiG
            EIthz7RB4SW2zy+3r2CPHTd7cMPbFaTw4EaoVrCYkWM2F7MWdQ2yhg0WhEeYbRAILNytmCgArvEZ
            8T6IO/jE7BXYmY+h4H2Kmw/ZW3VN7iuwge8Kl0/4OTlpvzXVUrn49Iz9diPmH0K0P071XLuodX3v
            iGn29g+pKuQWJV69nAbxIv2SFJIR6AjTLiiKog5ESvRf5Pe8Rb3ESiesoinc4i40vFKJ+wo4hx/d
            dc5GLjHV9TLyjWLrUIB9+TUJBZfUSJOxOkfQaLfwnYAc0CyQCinVS+oahaGyem5qTgK6u52uijWM
            GWwraTT9p4pWf1bdU22SRDXibQlrdW7jlmMMkqfrIBc6CuOXlNWcJ/h0HZfr2Jhk3icBoyPFP2nA
            OCAIyTx8SkHYvvihOLETqz4ntjFXFOz3ClyFmO23Fgq1D1nPQbcA+t4hxXsIpvCBvwFgVb+OV+In
            73PL2dexq7nptkT2SaiUcdzW3K1myM1kjzoNuYq4Z9vuoIFD53e32VBD+XILcx0OAbvzTC1TKCnU
            Wjo6tlV5xbUlIoho05h+4LpNHS81TTFqp5tLLFJDMwfmOQ8bt0O9xCpBiej4UuU1tm7Z1OVwvoKH
            s3X5ajTBNlaGpExf4udQo57DghLVIon97EvCC0gjnpGCR0pzgcWP93DzeszrgL8FJeuxJLO/3uCW
            udLS63iE9F2WFpMK6SLBb/I8np5+Hp9N5yOIILrVLT3ee+XnJb9jFHoVv5ksCS7n93ghvaZ7Km8R
            HHIaLgqCOoOTE69Y3DndDsiuR74onHM7b83nOneHJj0X9/SRJnyPTn2lZIxmbQoZ0kc8Y1NNVwXn
            HQUHbVd21oaKJ+JC4ldwfHxMQ9MJc5FCzMaFZD09yQh7jpSvKDH6ZrSpzipnJh+ufKcSP9L7wfd2
            +Ep/4YeTLMOl0vn2oJNLZ2hvfcHg1cSWuXZx9CYanu52plz/leAr/DuaUKTskrIcXFKBmJmdzwQf
            0bVSh55zYulIZAaBI1+p7GS+dTHkx6Bx5AnsDTsFoKPnfXytg7un5GlZ3FGxqdMlxhvFbqloIHFI
            XzE0/9I0TJn136+/UK41hj9tItuoskTOWko/p677lD//06GUWyYk1BQzrKo+8V+/b4hLarcmywJs
            nVx0Cf/8t4tKlwE0I4P6kH//saH0t4JIyD3Bv22oglBCi5Jc1SmOqf+P6bOw0MU8uo+LZ4SWhrlX
            W3mbKbd2aE51i1j4hwCShbHIeH5BJ5H/FhmbS6yiw3YLsh1RA6mtOpeppl1Gt+XZ3LiPriN0wxRY
            qA2WWh4gclwCIFcliWH5BWJqx7mZ64LlyxYU+AM/nNvalvSFRLcV8qcS6ZerkA13qENC59jT54K6
            EVstv2JWe0KuXJAbadjKRRvqZTjO9VKTEFZH2QuS5gx//Dqk3tUo7djvI0kKrw37k4yjVqUpmyvM
            am9bXVSokkXwRWh38nh83JpPnh7zXxO89bSTvy14u/4HWmE01IwQAAA=
            """#),
]
