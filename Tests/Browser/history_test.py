# The page on histories of any size: none, one, three over a month, fifty; what it
# weighs and how fast it draws; and that it outlives its service.

import os
import statistics
import tempfile
import unittest

from pages import OUT, PATIENCE, BrowserTest, SIZES
from services import Bare, Seeded


class HistoryTests(BrowserTest):
    def serve(self, count, days, **environment):
        service = Seeded(count, days, **environment)
        self.addCleanup(service.stop)
        return service

    def pictures(self, service, name, sizes=SIZES, whole=True):
        for size in sizes:
            for scheme in ("light", "dark"):
                page = self.open(service, size=size, scheme=scheme)
                if service.count:
                    page.locator("svg.night").wait_for()
                self.fits(page, f"{name} at {size[0]} px")
                self.accessible(page, f"{name} at {size[0]} px, {scheme}")
                self.picture(page, f"{name}-{size[0]}-{scheme}", whole)

    def test_no_account_is_told_how_to_begin(self):
        service = self.serve(0, 0)
        service.count = 0
        page = self.open(service)
        self.assertIn("No account yet", self.text(page, ".tile.live"))
        self.assertIn("rotator capture", self.text(page, "#accounts"))
        self.pictures(service, "none")

    def test_one_account_and_what_it_needs(self):
        service = self.serve(1, 1)
        service.count = 1
        service.call("PUT", "/opt-in", {"enabled": True})
        service.call("POST", "/tick")
        page = self.open(service)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        nudge = page.locator(".nudges li", has_text="vendor.invalid")
        nudge.wait_for()
        self.assertIn("1 thing", self.text(page, ".tile.you"))
        self.picture(page, "nudge-1280-light")
        nudge.get_by_role("button", name="Copy rotator config").click()
        self.until(page, "document.getElementById('said').textContent.includes('Copied')")
        self.assertEqual(page.evaluate("navigator.clipboard.readText()"), "rotator config")
        nudge.get_by_role("button", name="Silence").click()
        nudge.wait_for(state="detached")
        self.assertEqual(service.call("GET", "/nudges")["nudges"], [])
        self.assertIn("Nothing", self.text(page, ".tile.you"))
        self.pictures(service, "one")

    def test_a_sign_in_is_followed_while_it_goes(self):
        # A client that never names its page: the sign-in waits until it is cancelled.
        directory = tempfile.TemporaryDirectory(prefix="rotator-browser-")
        self.addCleanup(directory.cleanup)
        client = os.path.join(directory.name, "claude")
        with open(client, "w") as file:
            file.write("#!/bin/sh\nexec sleep 60\n")
        os.chmod(client, 0o700)
        service = self.serve(1, 1, ROTATOR_CLAUDE=client, DISPLAY=":9",
                             ROTATOR_BROWSER=os.environ["CHROMIUM"])
        page = self.open(service)
        self.until(page, "document.getElementById('link').textContent.includes('following')")
        service.call("POST", "/accounts/new@example.com/login")
        said = "(part) => document.getElementById('logins').textContent.includes(part)"
        self.until(page, said, "Sign-in to new@example.com: the official client")
        self.picture(page, "sign-in-1280-light")
        service.call("DELETE", "/accounts/new@example.com/login")
        self.until(page, said, "▲ Sign-in to new@example.com: ")
        self.accessible(page, "a sign-in")
        self.not_reloaded(page)

    def test_fifty_accounts(self):
        service = self.serve(50, 1)
        service.count = 50
        page = self.open(service)
        self.assertEqual(page.locator(".card").count(), 50)
        page.locator("svg.night").wait_for()
        lanes = page.locator(".night .name").count()
        self.assertTrue(1 <= lanes < 50, f"{lanes} lanes")
        page.get_by_role("button", name="Show every account").click()
        self.until(page, "document.querySelectorAll('.night .name').length === 50")
        self.pictures(service, "fifty")

    def test_a_month_is_drawn_at_once(self):
        service = self.serve(3, 30)
        service.count = 3
        page = self.open(service)
        page.locator("svg.night").wait_for()
        page.get_by_text("30 d", exact=True).click()
        self.until(page, """() => document.getElementById('night').getAttribute('aria-busy') === 'false'
            && document.querySelectorAll('.night .swap-mark').length > 20""")
        draws = page.evaluate("performance.getEntriesByName('night-drawn').map((one) => one.duration)")
        self.figure(f"a month of 3 accounts, {page.locator('.night .swap-mark').count()} swaps: "
                    f"drawn in {max(draws):.1f} ms at most of {len(draws)}")
        self.picture(page, "month-1280-light")
        self.pictures(service, "three")

    def test_the_page_is_light_and_drawn_soon(self):
        service, bare = self.serve(3, 30), Bare()
        self.addCleanup(bare.stop)
        page = self.open(service)
        files, weight = page.evaluate("""() => {
            const loads = [...performance.getEntriesByType('navigation'),
                ...performance.getEntriesByType('resource').filter((one) => /assets/.test(one.name))];
            return [loads.length, loads.reduce((sum, one) => sum + one.transferSize, 0)];
        }""")
        self.assertLess(weight, 60_000)
        page.context.close()
        # By turns, each in a browser that has nothing else to do.
        turns = [(self.drawn(service.base), self.drawn(bare.base)) for _ in range(11)]
        ours, least = (statistics.median(one) for one in zip(*turns))
        self.figure(f"{files} files, {weight} bytes with their heads")
        self.figure(f"drawn {ours:.0f} ms after the request, a bare page {least:.0f} ms: "
                    f"medians of {len(turns)}")

    def drawn(self, base):
        """Milliseconds from the request to what the page marks as drawn."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(base)
        mark = "performance.getEntriesByName('drawn')"
        self.until(page, f"{mark}.length > 0")
        start = page.evaluate(f"{mark}[0].startTime")
        context.close()
        return start

    @staticmethod
    def figure(line):
        with open(os.path.join(OUT, "figures.txt"), "a") as file:
            file.write(line + "\n")
        print("\n" + line)

    def test_it_outlives_its_service_and_goes_on_by_itself(self):
        service = self.serve(3, 0.5)
        page = self.open(service, may_fail=["ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED", "ERR_EMPTY_RESPONSE"])
        page.locator("svg.night").wait_for()
        service.stop(keep=True)
        alert = page.get_by_role("alert").filter(has_text="does not answer")
        alert.wait_for()
        self.assertRegex(alert.inner_text(), r"since\s+\d\d:\d\d:\d\d")
        self.assertEqual(page.locator(".card").count(), 3)
        page.get_by_role("button", name="Tick now").click()
        self.until(page, "document.getElementById('said').textContent.includes('does not answer')")
        self.accessible(page, "gone")
        self.picture(page, "gone-1280-light")
        service.start()
        alert.wait_for(state="detached", timeout=PATIENCE)
        self.not_reloaded(page)

    def test_a_real_token_unlocks_it_and_a_new_one_locks_it_again(self):
        service = self.serve(2, 0.2)
        if b"securitySchemes" not in service.call("GET", "/openapi.yaml"):
            self.skipTest("this service knows no token")
        service.rotator("token", "on")
        with open(service.rotator("token", "show-path").strip()) as file:
            secret = file.read().strip()
        page = self.open(service, may_fail=["401"], before=lambda page: None)
        field = page.get_by_label("This service wants its token")
        field.fill(secret)
        page.get_by_role("button", name="Unlock").click()
        page.locator(".tile.live").wait_for()
        self.assertFalse(field.is_visible())
        page.get_by_role("switch", name="Rotation off").click()
        page.get_by_role("switch", name="Rotation on").wait_for()
        service.rotator("token", "rotate")
        page.get_by_role("button", name="Tick now").click()
        self.until(page, "document.getElementById('said').textContent.includes('No tick')")
        field.wait_for()

    def test_a_reload_moves_no_bytes_of_the_page(self):
        service = self.serve(0, 0)
        page = self.open(service)
        with page.expect_response(lambda answer: answer.url.endswith("/assets/main.js")) as answer:
            page.reload()
        self.assertIn(answer.value.status, (200, 304))
        sizes = page.evaluate("""() => performance.getEntriesByType('resource')
            .filter((one) => /assets/.test(one.name)).map((one) => one.transferSize)""")
        self.assertTrue(sizes and max(sizes) <= 400, sizes)


if __name__ == "__main__":
    unittest.main()
