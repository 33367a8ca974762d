# The real binary as a process, in a throw-away home: the demo, or a service with
# a history made for it. Every one that is started is stopped.

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from seed import Seeder

BINARY = os.environ["BINARY"]
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A running binary and the API it serves."""

    def __init__(self, arguments, environment, port):
        self.port = port
        self.base = f"http://127.0.0.1:{port}/"
        self.token = None
        self.process = subprocess.Popen(
            [BINARY, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], **environment})
        self.until(self.answers, "the service did not start")

    def answers(self):
        try:
            return self.call("GET", "/health")
        except OSError:
            return None

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.base + path.lstrip("/"), method=method)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with OPENER.open(request, data, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text and path != "/openapi.yaml" else text

    @staticmethod
    def until(condition, complaint, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = condition()
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(complaint)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)


class Demo(Process):
    """`rotator demo --keep`: three accounts on the embedded vendor, after its first swap."""

    def __init__(self, speed=60):
        self.directory = tempfile.mkdtemp(prefix="rotator-browser-")
        port = free_port()
        super().__init__(
            ["demo", "--keep", "--port", str(port), "--speed", str(speed)],
            {"TMPDIR": self.directory}, port)
        self.until(lambda: self.call("GET", "/history")["rotations"], "the demo made no swap")

    def stop(self):
        super().stop()
        shutil.rmtree(self.directory, ignore_errors=True)


class Seeded(Process):
    """A service on a history of `count` accounts over `days`; its vendor is nowhere."""

    def __init__(self, count, days, **environment):
        self.home = tempfile.mkdtemp(prefix="rotator-browser-")
        os.makedirs(self.home + "/.claude/sessions")
        with open(self.home + "/.claude.json", "w") as file:
            file.write("{}")
        self.environment = {
            "HOME": self.home, "ROTATOR_DATA_DIR": self.home + "/rotator", "ROTATOR_STORE": "file",
            "ROTATOR_API_BASE_URL": "https://vendor.invalid", "ROTATOR_ALLOW_OTHER_HOSTS": "true",
            **environment,
        }
        self.port = free_port()
        self.start()
        self.call("GET", "/decisions")
        self.stop(keep=True)
        Seeder(self.home + "/rotator/rotator.sqlite", count, days).run()
        self.start()

    def start(self):
        super().__init__(["serve", "--port", str(self.port)], self.environment, self.port)

    def stop(self, keep=False):
        super().stop()
        if not keep:
            shutil.rmtree(self.home, ignore_errors=True)

    def rotator(self, *arguments):
        done = subprocess.run(
            [BINARY, *arguments], env={"PATH": os.environ["PATH"], **self.environment},
            capture_output=True, text=True, check=True)
        return done.stdout


class Bare:
    """The least page there is: one script, which asks one question. What it takes is
    the browser's and the machine's own share of any page."""

    FILES = {
        "/": ("text/html", "<!doctype html><link rel='icon' href='data:,'>"
                           "<script type='module' src='/main.js'></script><p>Bare"),
        "/main.js": ("text/javascript", "await (await fetch('/answer')).json();"
                                        "document.body.append('!'); performance.mark('drawn');"),
        "/answer": ("application/json", "{}"),
    }

    def __init__(self):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                kind, text = Bare.FILES[self.path]
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
