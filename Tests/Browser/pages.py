# A page that is watched: what the console says, what fails, and every request that
# leaves the service's own origin is held against it when the test ends.

import os
import time
import unittest

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

OUT = os.environ["OUT"]
SIZES = [(360, 780), (1280, 900), (3840, 2160)]
# Slow machines are no reason to fail; a page that never shows it is.
PATIENCE = 20_000


class BrowserTest(unittest.TestCase):
    service = None

    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        if cls.service:
            cls.service.stop()

    def setUp(self):
        self.wrong = []
        self.contexts = []

    def tearDown(self):
        for context in self.contexts:
            context.close()
        self.assertEqual(self.wrong, [])

    def open(self, service=None, size=(1280, 900), scheme="light", may_fail=(), before=None):
        """A page that has drawn. `may_fail`: parts of console errors that are meant to come."""
        service = service or self.service
        if b"\n  /events:" not in service.call("GET", "/openapi.yaml"):
            may_fail = [*may_fail, "/events"]
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()

        def hear(message):
            text = f"{message.text} {message.location.get('url', '')}"
            if message.type in ("error", "warning") and not any(one in text for one in may_fail):
                self.wrong.append(f"console: {text}")

        def watch(request):
            if not request.url.startswith(service.base):
                self.wrong.append(f"left the origin: {request.url}")

        page.on("console", hear)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("request", watch)
        if before:
            before(page)
        page.goto(service.base)
        if not before:
            self.until(page, "performance.getEntriesByName('drawn').length > 0")
            page.evaluate("window.unchanged = true")
        return page

    def until(self, page, expression, arg=None):
        """Asked from here: Playwright's own waiting evaluates text in the page, which its policy forbids."""
        end = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < end:
            if page.evaluate(expression, arg):
                return
            page.wait_for_timeout(50)
        self.fail(f"never became true: {expression} {arg or ''}")

    def picture(self, page, name, whole=True):
        page.screenshot(path=f"{OUT}/{name}.png", full_page=whole)

    def accessible(self, page, what):
        found = Axe().run(page).response["violations"]
        said = [f"{what}: {one['id']}: {node['target']} {node['failureSummary']}"
                for one in found for node in one["nodes"][:3]]
        self.assertEqual(said, [])

    def fits(self, page, what):
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        self.assertLessEqual(width, 0, f"{what} is {width} px too wide")

    def not_reloaded(self, page):
        self.assertTrue(page.evaluate("window.unchanged === true"), "the page was loaded anew")

    @staticmethod
    def text(page, selector):
        return page.locator(selector).inner_text()
