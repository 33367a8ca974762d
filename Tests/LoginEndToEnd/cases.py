"""The cases. Each gets a vendor and makes its own world; a case that returns
has held, and its world is looked at afterwards for what must not be left."""
import json
import os
import signal
import time

from world import BUILT, HERE, Failed, World, wait_for

ALICE = "alice@example.com"
BOB = "bob@example.com"


def expect(condition, text):
    if not condition:
        raise Failed(text)


def failed_with(world, email, reason, seconds=60):
    login = world.reached(email, "failed", seconds)
    expect(login["failure"] == reason, "failed with %s: %s" % (login["failure"], login["detail"]))
    return login


def seed(world, email, who=None):
    """The human signs in in the window and goes away: a profile with a live
    session, and no slot."""
    world.begin()
    world.login(email)
    world.reached(email, "window-open")
    world.sign_in(who or email)
    wait_for("the consent page", lambda: True)
    time.sleep(1)
    world.call("DELETE", "/accounts/%s/login" % email)
    expect(email not in world.accounts(), "filed without a consent")


def by_itself(world):
    wait_for("a sign-in by itself", lambda: (world.state(BOB) or {}).get("unattended"), 20)


def first_login(vendor):
    world = World(vendor, "first-login")
    yield world
    world.begin()
    command = world.command("login", ALICE)
    world.reached(ALICE, "window-open")
    world.sign_in(ALICE)
    world.consent()
    world.reached(ALICE, "stored")
    output, errors = command.communicate(timeout=30)
    world.outputs += [output, errors]
    expect(command.returncode == 0, "the command exited %d: %s" % (command.returncode, errors))
    expect("is signed in and filed" in output, output)
    told = [line.split(":")[0] for line in errors.splitlines()]
    order = ["starting", "window-open", "signed-in", "authorised", "verified", "stored"]
    expect([s for s in order if s in told] == told, "told out of order: %s" % told)
    slot = world.accounts()[ALICE]["slot"]
    expect(slot["state"] == "usable" and slot["canRefresh"], "the slot: %s" % slot)


def login_by_opener(vendor):
    """A client that does not ask BROWSER is caught as well."""
    world = World(vendor, "opener", STAND_IN_OPENER="xdg-open")
    yield world
    world.begin()
    world.login(ALICE)
    world.reached(ALICE, "window-open")
    world.sign_in(ALICE)
    world.consent()
    world.reached(ALICE, "stored")


def open_login_script(vendor):
    """The Python rotator's command of that name."""
    world = World(vendor, "open-login-script")
    yield world
    os.symlink(BUILT + "/rotator", world.home + "/bin/rotator")
    world.begin()
    command = world.run([os.path.dirname(HERE) + "/../scripts/open-login.sh", ALICE])
    wait_for("the sign-in", lambda: world.state(ALICE), 20)
    world.reached(ALICE, "window-open")
    world.sign_in(ALICE)
    world.consent()
    output, errors = command.communicate(timeout=30)
    world.outputs += [output, errors]
    expect(command.returncode == 0 and "filed" in output, errors)


def re_login(vendor):
    """Of the live account: the next tick makes the newer one live."""
    world = World(vendor, "re-login")
    yield world
    world.begin()
    world.login(ALICE)
    world.reached(ALICE, "window-open")
    world.sign_in(ALICE)
    world.consent()
    world.reached(ALICE, "stored")
    status, _ = world.call("PUT", "/live", {"email": ALICE, "force": True})
    expect(status == 200, "the swap into an empty store: %d" % status)

    def live():
        with open(world.home + "/.claude/.credentials.json") as file:
            return json.load(file)["claudeAiOauth"]["accessToken"]
    before = live()
    world.login(ALICE)
    world.reached(ALICE, "window-open")
    world.consent()
    world.reached(ALICE, "stored")
    expect(live() == before, "a sign-in must not touch the live store")
    world.call("PUT", "/opt-in", {"enabled": True})
    world.tick()
    expect(live() != before, "the tick must make the newer credential live")
    lineage = world.call("GET", "/accounts/%s/lineage" % ALICE)[1]["entries"]
    expect([e["writer"] for e in lineage if e["event"] == "first-seen"] == ["enrolled"] * 2,
           "the lineage: %s" % lineage)


def wrong_account(vendor):
    world = World(vendor, "wrong-account")
    yield world
    world.begin()
    world.login(BOB)
    world.reached(BOB, "window-open")
    world.sign_in(ALICE)
    world.consent()
    login = world.reached(BOB, "stored")
    expect(login["filedAs"] == ALICE and list(world.accounts()) == [ALICE], "filed: %s" % login)


def wrong_account_refused(vendor):
    world = World(vendor, "wrong-account-refused")
    yield world
    world.begin()
    world.login(BOB, refuseOthers=True)
    world.reached(BOB, "window-open")
    world.sign_in(ALICE)
    world.consent()
    failed_with(world, BOB, "other-account")
    expect(world.accounts() == {}, "something was filed")


def window_closed(vendor):
    world = World(vendor, "window-closed")
    yield world
    world.begin()
    world.login(ALICE)
    world.reached(ALICE, "window-open")
    wait_for("the form", lambda: vendor.seen("/login") > world.forms)
    time.sleep(3)

    def close():
        world.keys("key", "ctrl+w")
        time.sleep(1)
        return world.browser() is None
    wait_for("the window to close", close)
    failed_with(world, ALICE, "window-closed")


def browser_killed(vendor):
    world = World(vendor, "browser-killed")
    yield world
    world.begin()
    world.login(ALICE)
    world.reached(ALICE, "window-open")
    wait_for("the form", lambda: vendor.seen("/login") > world.forms)
    time.sleep(2)
    os.kill(world.browser(), signal.SIGKILL)
    failed_with(world, ALICE, "window-closed")


def timed_out(vendor):
    world = World(vendor, "timed-out", ROTATOR_LOGIN_TIMEOUT_SECONDS="8")
    yield world
    world.login(ALICE)
    failed_with(world, ALICE, "timed-out")


def cancelled(vendor):
    world = World(vendor, "cancelled")
    yield world
    world.begin()
    command = world.command("login", ALICE)
    world.reached(ALICE, "window-open")
    wait_for("the form", lambda: vendor.seen("/login") > world.forms)
    status, _ = world.call("POST", "/accounts/%s/login" % BOB)
    expect(status == 409, "a second sign-in: %d" % status)
    command.send_signal(signal.SIGINT)
    output, errors = command.communicate(timeout=30)
    world.outputs += [output, errors]
    expect(command.returncode == 1 and "nothing of it is left" in errors, errors)
    failed_with(world, ALICE, "cancelled", 5)


def service_killed(vendor):
    """Killed while the window is open: the kernel ends the children, the next
    start removes the directory."""
    world = World(vendor, "service-killed")
    yield world
    world.begin()
    world.login(ALICE)
    world.reached(ALICE, "window-open")
    wait_for("the form", lambda: vendor.seen("/login") > world.forms)
    world.kill()
    wait_for("the children to end", lambda: not world.processes(), 20)
    world.start()
    wait_for("the directory to go", lambda: os.listdir(world.data + "/sign-ins") == [], 10)


def service_killed_late(vendor):
    """Killed between the client's storing and our filing: the next start files
    what the person has just done."""
    world = World(vendor, "service-killed-late")
    yield world
    world.begin()
    world.login(ALICE)
    world.reached(ALICE, "window-open")
    world.sign_in(ALICE)
    vendor.ask("behave", ALICE, "error")
    world.consent()
    world.reached(ALICE, "authorised")
    world.kill()
    wait_for("the children to end", lambda: not world.processes(), 20)
    expect(len(os.listdir(world.data + "/sign-ins")) == 1, "the credential is lost")
    vendor.ask("behave", ALICE, "normal")
    world.start()
    wait_for("it to be filed", lambda: ALICE in world.accounts(), 20)


def bootstrap_ask(vendor):
    world = World(vendor, "bootstrap-ask", ROTATOR_BOOTSTRAP="true")
    yield world
    seed(world, BOB)
    world.call("PUT", "/opt-in", {"enabled": True})
    world.tick()
    by_itself(world)
    world.reached(BOB, "window-open")
    time.sleep(4)
    expect(world.state(BOB)["state"] != "stored", "it did not wait for the click")
    world.consent()
    world.reached(BOB, "stored")
    expect(world.accounts()[BOB]["slot"]["canRefresh"], "the slot cannot refresh")


def bootstrap_off(vendor):
    world = World(vendor, "bootstrap-off")
    yield world
    seed(world, BOB)
    world.call("PUT", "/opt-in", {"enabled": True})
    world.tick()
    time.sleep(2)
    expect(not world.state(BOB)["unattended"], "it began by itself although that is off")


def bootstrap_automatic(vendor, headless=""):
    name = "bootstrap-automatic" + ("-headless" if headless else "")
    world = World(vendor, name, ROTATOR_BOOTSTRAP="true", ROTATOR_BOOTSTRAP_CONSENT="automatic",
                  CLAUDE_ROTATOR_BOOTSTRAP_HEADLESS=headless)
    yield world
    seed(world, BOB)
    if headless:
        # Proves that no window is needed.
        world.stop()
        del world.environment["DISPLAY"]
        world.start()
    world.call("PUT", "/opt-in", {"enabled": True})
    began = time.monotonic()
    world.tick()
    took = time.monotonic() - began
    by_itself(world)
    world.reached(BOB, "stored")
    print("    the tick that began it took %.0f ms" % (took * 1000))
    expect(world.state(BOB)["unattended"], "it did not begin by itself")
    world.tick()
    time.sleep(1)
    expect(world.browser() is None, "an account that is whole is signed in to again")


def bootstrap_headless(vendor):
    yield from bootstrap_automatic(vendor, headless="1")


def stopped_by_page(vendor, page, reason, name):
    world = World(vendor, name, ROTATOR_BOOTSTRAP="true", ROTATOR_BOOTSTRAP_CONSENT="automatic")
    yield world
    seed(world, BOB)
    vendor.ask("page", page)
    world.call("PUT", "/opt-in", {"enabled": True})
    consents = vendor.seen("/oauth/consent")
    world.tick()
    by_itself(world)
    failed_with(world, BOB, reason)
    world.picture("stopped")
    vendor.ask("page", "consent")
    nudges = world.tick()["nudges"]
    stalled = [n for n in nudges if n["code"] == "oauth-capture-stalled"]
    expect(len(stalled) == 1 and stalled[0]["email"] == BOB, "the nudges: %s" % nudges)
    expect(BOB in stalled[0]["command"], "the command: %s" % stalled)
    time.sleep(2)
    expect(world.browser() is None, "it was tried again although a person has to look")
    expect(vendor.seen("/oauth/consent") == consents, "something was pressed")


def challenge(vendor):
    yield from stopped_by_page(vendor, "challenge", "challenge", "challenge")


def signed_out(vendor):
    yield from stopped_by_page(vendor, "form", "sign-in-form", "signed-out")


def unexpected_account(vendor):
    world = World(vendor, "unexpected-account", ROTATOR_BOOTSTRAP="true",
                  ROTATOR_BOOTSTRAP_CONSENT="automatic")
    yield world
    seed(world, BOB, who=ALICE)
    world.call("PUT", "/opt-in", {"enabled": True})
    consents = vendor.seen("/oauth/consent")
    world.tick()
    by_itself(world)
    failed_with(world, BOB, "unexpected-account")
    expect(vendor.seen("/oauth/consent") == consents, "something was pressed")


def three_tries(vendor):
    world = World(vendor, "three-tries", ROTATOR_BOOTSTRAP="true",
                  ROTATOR_LOGIN_TIMEOUT_SECONDS="300")
    yield world
    seed(world, BOB)
    world.stop()
    world.environment["ROTATOR_LOGIN_TIMEOUT_SECONDS"] = "6"
    world.start()
    world.call("PUT", "/opt-in", {"enabled": True})
    log = world.data + "/logs/login-%s.log" % BOB

    def launches():
        with open(log) as file:
            return file.read().count("starting (by itself)")
    for number in (1, 2, 3):
        world.tick()
        wait_for("try %d" % number, lambda: launches() == number, 20)
        failed_with(world, BOB, "timed-out")
        # A restart is no new beginning.
        world.stop()
        world.start()
    nudges = world.tick()["nudges"]
    expect("oauth-capture-stalled" in [n["code"] for n in nudges], "the nudges: %s" % nudges)
    time.sleep(2)
    expect(launches() == 3 and world.browser() is None, "a fourth try")


def programs_missing(vendor):
    world = World(vendor, "programs-missing", ROTATOR_BROWSER="/nowhere/chrome")
    yield world
    status, answer = world.call("POST", "/accounts/%s/login" % ALICE)
    expect((status, answer["code"]) == (424, "browser-missing"), answer)
    expect("/nowhere/chrome" in answer["detail"], answer)
    world.stop()
    world.environment["ROTATOR_CLAUDE"] = "/nowhere/claude"
    world.start()
    status, answer = world.call("POST", "/accounts/%s/login" % ALICE)
    expect((status, answer["code"]) == (424, "claude-missing"), answer)
    expect("/nowhere/claude" in answer["detail"], answer)


ALL = [
    first_login, login_by_opener, open_login_script, re_login, wrong_account,
    wrong_account_refused, window_closed, browser_killed, timed_out, cancelled, service_killed, service_killed_late, bootstrap_off,
    bootstrap_ask, bootstrap_automatic, bootstrap_headless, challenge, signed_out,
    unexpected_account, three_tries, programs_missing,
]
