"""What an end-to-end sign-in happens in: the simulated vendor, a throw-away
home with a running service, a browser on a virtual screen, and a person who
types and presses keys there."""
import glob
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT = os.environ["LOGIN_TEST_BUILT"]
ARTEFACTS = os.environ["LOGIN_TEST_ARTEFACTS"]


STATES = ["starting", "window-open", "signed-in", "authorised", "verified", "stored", "failed"]


class Failed(Exception):
    pass


def wait_for(what, check, seconds=60):
    """Polls until `check` answers something true; fails with what was waited for."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = check()
        if value:
            return value
        time.sleep(0.1)
    raise Failed("waited %d s for %s" % (seconds, what))


class Vendor:
    def __init__(self):
        self.process = subprocess.Popen(
            [BUILT + "/login-stage"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.base = "http://127.0.0.1:" + self.process.stdout.readline().split()[1]

    def ask(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if answer == "what?":
            raise Failed("the stage does not know: " + " ".join(words))
        return answer

    def seen(self, path):
        return int(self.ask("seen", path))

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Socket(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(30)
        self.sock.connect(self.path)


class World:
    """One home, one service."""

    def __init__(self, vendor, name, **settings):
        self.vendor = vendor
        self.name = name
        self.path = tempfile.mkdtemp(prefix="rotator-login-")
        self.home = self.path + "/home"
        self.data = self.home + "/state"
        self.outputs = []
        self.service = None
        os.makedirs(self.home + "/bin")
        os.makedirs(self.home + "/.claude", mode=0o700)
        # The user's own browser: it must never be asked.
        for opener in ("xdg-open", "open", "sensible-browser"):
            with open(self.home + "/bin/" + opener, "w") as file:
                file.write("#!/bin/sh\necho \"$@\" >>'%s/default-browser'\n" % self.path)
            os.chmod(self.home + "/bin/" + opener, 0o755)
        os.symlink(HERE + "/claude", self.home + "/bin/claude")
        self.environment = {
            "HOME": self.home, "PATH": self.home + "/bin:/usr/local/bin:/usr/bin:/bin",
            "DISPLAY": os.environ["DISPLAY"],
            "XAUTHORITY": os.environ.get("XAUTHORITY", ""), "LANG": "C.UTF-8", "USER": "tester",
            "ROTATOR_DATA_DIR": self.data, "ROTATOR_STORE": "file", "ROTATOR_PORT": "0",
            "ROTATOR_API_BASE_URL": vendor.base,
            "ROTATOR_TOKEN_URL": vendor.base + "/v1/oauth/token",
            "ROTATOR_LOGIN_PAGES": vendor.base + "/oauth/authorize",
            # Chromium's sandbox cannot be had as root; a test's need, never a default.
            "ROTATOR_BROWSER_ARGUMENTS":
                "--no-sandbox,--disable-gpu,--disable-dev-shm-usage" if os.geteuid() == 0 else "",
            "ROTATOR_TICK_INTERVAL_SECONDS": "3600", "ROTATOR_LOG_LEVEL": "debug",
            "STAND_IN_VENDOR": vendor.base,
            # Must not reach the client.
            "ANTHROPIC_API_KEY": "",
        }
        self.environment.update(settings)
        self.start()

    # -- the service

    def start(self):
        log = open(self.path + "/service.txt", "a")
        self.service = subprocess.Popen(
            [BUILT + "/rotator", "serve"], env=self.environment, stdout=log, stderr=log,
            start_new_session=True)
        log.close()
        wait_for("the service", lambda: self.answers("/health"), 30)

    def answers(self, path):
        try:
            return self.call("GET", path)[0] == 200
        except OSError:
            return False

    def call(self, method, path, body=None):
        connection = Socket(self.data + "/rotator.sock")
        try:
            connection.request(
                method, path, body=None if body is None else json.dumps(body),
                headers={} if body is None else {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read().decode()
            self.outputs.append(text)
            return answer.status, json.loads(text) if text else None
        finally:
            connection.close()

    def tick(self):
        return self.call("POST", "/tick?only-if-claude-running=false")[1]

    def login(self, email, **body):
        status, answer = self.call("POST", "/accounts/%s/login" % email, body or None)
        if status != 202:
            raise Failed("POST login: %d %s" % (status, answer))
        return answer["login"]

    def state(self, email):
        status, answer = self.call("GET", "/accounts/%s/login" % email)
        return answer["login"] if status == 200 else None

    def reached(self, email, state, seconds=60):
        def check():
            login = self.state(email)
            if login and login["state"] == "failed" != state:
                raise Failed("the sign-in failed: %s" % login)
            if not login or state == "failed" != login["state"]:
                return None
            # It may have gone on meanwhile.
            return login if STATES.index(login["state"]) >= STATES.index(state) else None
        return wait_for("%s to be %s" % (email, state), check, seconds)

    def accounts(self):
        return {a["email"]: a for a in self.call("GET", "/accounts")[1]["accounts"]}

    def command(self, *arguments):
        return self.run([BUILT + "/rotator", *arguments])

    def run(self, words):
        return subprocess.Popen(
            words, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True)

    def kill(self):
        self.service.send_signal(signal.SIGKILL)
        self.service.wait()

    def stop(self):
        self.service.send_signal(signal.SIGTERM)
        self.service.wait(60)

    # -- the machine

    def processes(self):
        """Every process that names this world, but the service."""
        found = {}
        for directory in glob.glob("/proc/[0-9]*"):
            pid = int(directory[6:])
            if pid in (os.getpid(), self.service.pid if self.service else 0):
                continue
            try:
                with open(directory + "/cmdline", "rb") as file:
                    line = file.read().replace(b"\0", b" ").decode(errors="replace")
                with open(directory + "/environ", "rb") as file:
                    environment = file.read().decode(errors="replace")
            except OSError:
                continue
            if self.path in line or self.path in environment:
                found[pid] = line
        return found

    def browser(self):
        """The browser's first process."""
        return next(
            (pid for pid, line in self.processes().items()
             if "--user-data-dir=" in line and "--type=" not in line and "chromium" in line), None)

    # -- the person

    def keys(self, *arguments):
        subprocess.run(["xdotool", *arguments], check=False, stderr=subprocess.DEVNULL)

    def focus(self):
        self.keys("mousemove", "500", "600", "click", "1")

    def sign_in(self, email):
        """Types an e-mail into the form that has the focus, until it was taken."""
        wait_for("the form", lambda: self.vendor.seen("/login") > self.forms)
        taken = self.vendor.seen("/oauth/authorize")

        tries = []

        def once():
            time.sleep(1.5)
            if tries:
                self.keys("key", "alt+Left")
                time.sleep(1.5)
            tries.append(1)
            self.keys("key", "ctrl+a")
            self.keys("type", "--delay", "40", email)
            self.picture("form")
            self.keys("key", "Return")
            time.sleep(1)
            return self.vendor.seen("/oauth/authorize") > taken
        wait_for("the form to be taken", once)

    def consent(self):
        before = self.vendor.seen("/oauth/consent")

        def once():
            time.sleep(1.5)
            self.picture("consent")
            self.keys("key", "Return")
            time.sleep(1)
            return self.vendor.seen("/oauth/consent") > before
        wait_for("the consent", once)

    def begin(self):
        """Notes what was served before, so that what comes is told apart."""
        self.forms = self.vendor.seen("/login")

    def picture(self, what):
        target = "%s/%s-%s.png" % (ARTEFACTS, self.name, what)
        subprocess.run(["import", "-window", "root", target], check=False)

    # -- what must be left

    def check_clean(self):
        """After every run: no process, no directory, no secret."""
        try:
            wait_for("the last process to end", lambda: not self.processes(), 20)
        except Failed:
            raise Failed("orphans: %s" % self.processes())
        def left():
            return glob.glob(self.data + "/sign-ins/*")
        try:
            wait_for("the last directory to go", lambda: not left(), 5)
        except Failed:
            raise Failed("left behind: %s" % left())
        if os.path.exists(self.path + "/default-browser"):
            raise Failed("the default browser was asked")
        secrets = self.vendor.ask("secrets").split()
        if len(secrets) < 4:
            raise Failed("there was no secret to look for")
        for place, text in self.texts():
            for secret in secrets:
                if secret in text:
                    raise Failed("a secret is in " + place)

    def texts(self):
        yield "an answer", "\n".join(self.outputs)
        for directory, names, files in os.walk(self.path):
            # Where credentials belong, and the browser's own.
            for kept in ("profiles", "slots", ".claude"):
                if kept in names:
                    names.remove(kept)
            for name in files:
                if not os.path.isfile(directory + "/" + name):
                    continue
                with open(directory + "/" + name, "rb") as file:
                    yield directory + "/" + name, file.read().decode(errors="replace")

    def tell(self):
        """What helps to see why a case did not hold."""
        for name in ("service.txt", "home/client-error.txt"):
            if os.path.exists(self.path + "/" + name):
                print(open(self.path + "/" + name).read())
        for pid, line in self.processes().items():
            print("runs:", pid, line[:200])

    def remove(self):
        if self.service and self.service.poll() is None:
            self.stop()
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        shutil.rmtree(self.path, ignore_errors=True)
