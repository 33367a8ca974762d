# The page beside the whole job: the demo's three accounts, swaps that happen while
# it is open, and everything a person can do on it.

import re
import unittest

from pages import BrowserTest, SIZES
from services import Demo


class DemoTests(BrowserTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = Demo()

    def live(self):
        return self.service.call("GET", "/accounts")["live"]

    def hold_still(self):
        """Nothing is swapped but by the test itself."""
        self.service.call("PUT", "/pause", {})
        self.addCleanup(self.service.call, "DELETE", "/pause")

    def other(self):
        """An account with room that is not live."""
        accounts = self.service.call("GET", "/accounts")["accounts"]
        return min((one for one in accounts if not one["live"]),
                   key=lambda one: one["usage"]["tightest"]["utilization"])

    def card(self, page, email):
        return page.locator(".card", has=page.get_by_role("heading", name=email, exact=True))

    def said(self, page, part):
        self.until(page, "(part) => document.getElementById('said').textContent.includes(part)", part)

    def test_it_says_who_is_live_what_is_left_what_happened_and_what_to_do(self):
        page = self.open()
        # The present is drawn first, and what has happened when it has been read.
        self.until(page, "() => !document.body.innerText.includes('Not read yet')")
        self.assertIn(self.live(), self.text(page, ".tile.live"))
        self.assertRegex(self.text(page, ".tile.left .big"), r"^\d+ % of (5 h|7 d)$")
        self.assertRegex(self.text(page, ".tile.tonight .big"), r"^\d+ swaps?$")
        self.assertIn("Nothing", self.text(page, ".tile.you"))
        self.assertEqual(page.get_by_role("meter").count(), 7)
        self.assertEqual(page.locator(".card.live").count(), 1)
        self.assertIn(f"{self.live()} is live", page.title())

    def test_a_swap_elsewhere_is_shown_without_a_reload(self):
        self.hold_still()
        page = self.open()
        target = self.other()["email"]
        self.service.call("PUT", "/live", {"email": target, "force": True})
        self.until(page, "(email) => document.querySelector('.tile.live').innerText.includes(email)", target)
        self.until(page, "(email) => document.title.startsWith(email)", target)
        self.assertIn("live", self.card(page, target).get_attribute("class"))
        self.not_reloaded(page)

    def test_a_swap_is_asked_about_first_and_escape_is_no(self):
        self.hold_still()
        page = self.open()
        target = self.other()["email"]
        button = self.card(page, target).get_by_role("button", name="Swap to this account")
        button.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name=f"Make {target} live?")
        dialog.wait_for()
        self.accessible(page, "the question before a swap")
        page.keyboard.press("Escape")
        dialog.wait_for(state="hidden")
        self.assertNotEqual(self.live(), target)
        self.assertTrue(button.evaluate("(one) => one === document.activeElement"))
        button.click()
        dialog.get_by_role("button", name="Swap", exact=True).click()
        dialog.wait_for(state="hidden")
        self.assertEqual(self.live(), target)
        self.until(page, "(email) => document.querySelector('.tile.live').innerText.includes(email)", target)
        self.not_reloaded(page)

    def test_a_swap_that_is_refused_says_why_and_stays_open(self):
        self.hold_still()
        page = self.open()
        target = self.other()["email"]
        self.card(page, target).get_by_role("button", name="Swap to this account").click()
        self.service.call("PUT", "/live", {"email": target, "force": True})
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Swap", exact=True).click()
        alert = dialog.get_by_role("alert")
        alert.wait_for()
        self.assertIn("is live already", alert.inner_text())
        self.wrong = [one for one in self.wrong if "409" not in one]

    def test_rotation_is_switched_with_the_keyboard(self):
        page = self.open()
        switch = page.get_by_role("switch", name="Rotation on")
        switch.focus()
        page.keyboard.press("Space")
        page.get_by_role("switch", name="Rotation off").wait_for()
        self.assertFalse(self.service.call("GET", "/opt-in")["enabled"])
        self.assertEqual(page.get_by_role("switch").get_attribute("aria-checked"), "false")
        self.assertTrue(page.title().startswith("(off)"))
        self.assertIn("rotation is off", self.text(page, ".tile.you"))
        page.keyboard.press("Space")
        page.get_by_role("switch", name="Rotation on").wait_for()
        self.assertTrue(self.service.call("GET", "/opt-in")["enabled"])

    def test_swaps_are_paused_and_resumed(self):
        page = self.open()
        page.get_by_role("button", name="Pause…").click()
        dialog = page.get_by_role("dialog", name="Pause swaps")
        dialog.get_by_role("button", name="4 hours").click()
        page.get_by_role("button", name=re.compile("^Resume")).wait_for()
        self.assertTrue(self.service.call("GET", "/pause")["paused"])
        page.get_by_role("button", name=re.compile("^Resume")).click()
        page.get_by_role("button", name="Pause…").wait_for()
        self.assertFalse(self.service.call("GET", "/pause")["paused"])

    def test_a_tick_says_what_came_of_it(self):
        page = self.open()
        page.get_by_role("button", name="Tick now").click()
        self.said(page, "Tick ")
        self.assertEqual(page.locator("#said").get_attribute("role"), "status")

    def test_a_decision_opens_to_a_sentence_about_every_account(self):
        self.hold_still()
        page = self.open()
        row = page.locator(".decision.rotated").first
        row.locator("summary").focus()
        page.keyboard.press("Enter")
        shown = [one.split("\n")[-1] for one in row.locator(".considered li").all_inner_texts()]
        decisions = self.service.call("GET", "/decisions?limit=500")["decisions"]
        decision = next(one for one in decisions if one["outcome"] == "rotated")
        self.assertEqual(shown, [one["sentence"] for one in decision["considerations"]])
        # It stays open while ticks go on.
        before = self.text(page, ".decisions > li:first-child .when")
        self.until(page, "(before) => document.querySelector('.decisions .when').innerText !== before", before)
        self.assertTrue(row.evaluate("(one) => one.open"))

    def test_the_slider_reads_out_any_moment(self):
        page = self.open()
        slider = page.get_by_role("slider", name="Moment")
        slider.wait_for()
        slider.focus()
        page.keyboard.press("Home")
        self.assertRegex(slider.get_attribute("aria-valuetext"), r"^.*\d\d:\d\d: ")
        self.assertEqual(self.text(page, "#moment-text"), slider.get_attribute("aria-valuetext"))

    def test_an_order_that_fails_says_what_to_do(self):
        def refuse(page):
            page.route("**/tick", lambda route: route.fulfill(
                status=429, content_type="application/problem+json",
                body='{"status":429,"code":"too-many-requests","detail":"try again in 2 s"}'))
        page = self.open(may_fail=["429"])
        refuse(page)
        page.get_by_role("button", name="Tick now").click()
        self.said(page, "No tick: try again in 2 s")

    def test_one_part_that_fails_leaves_the_rest(self):
        def fail(page):
            page.route(re.compile(r"^http://[^/]+/(plan|readings|nudges|decisions)\b"), lambda route: route.fulfill(
                status=503, content_type="application/problem+json",
                body='{"status":503,"code":"history-unavailable","detail":"the disk is full"}'))
        page = self.open(may_fail=["503"], before=fail)
        page.get_by_text("/plan could not be read: the disk is full").wait_for()
        self.assertIn(self.live(), self.text(page, ".tile.live"))
        # What was not read is no good news.
        for part in (".tile.tonight", ".tile.you", "#decisions"):
            self.assertIn("Not read yet", self.text(page, part))

    def test_a_service_that_wants_its_token_is_given_it(self):
        def lock(page):
            def gate(route):
                if route.request.headers.get("authorization") == "Bearer canary":
                    return route.continue_()
                route.fulfill(status=401, content_type="application/problem+json",
                              body='{"status":401,"code":"unauthorized","detail":"wants its token"}')
            page.route(re.compile(r"^http://[^/]+/(health|opt-in|pause|accounts|nudges|plan|decisions|history|readings|events)\b"), gate)
        page = self.open(may_fail=["401"], before=lock)
        field = page.get_by_label("This service wants its token")
        field.wait_for()
        self.accessible(page, "locked")
        field.fill("Authorization: Bearer canary\n")
        page.get_by_role("button", name="Unlock").click()
        page.locator(".tile.live").wait_for()
        self.assertFalse(field.is_visible())
        self.assertEqual(page.evaluate("sessionStorage.token"), "canary")
        self.assertNotIn("canary", page.content())

    def test_pictures_at_three_sizes_in_both_schemes(self):
        for size in SIZES:
            for scheme in ("light", "dark"):
                page = self.open(size=size, scheme=scheme)
                page.locator("svg.night").wait_for()
                self.fits(page, f"demo at {size[0]} px")
                self.accessible(page, f"demo at {size[0]} px, {scheme}")
                self.picture(page, f"demo-{size[0]}-{scheme}")


if __name__ == "__main__":
    unittest.main()
