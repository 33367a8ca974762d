"""A tick's latency with and without a bootstrap that runs: a window that waits
for its click. Median and 95th percentile over the unix socket, in milliseconds."""
import os
import statistics
import time

from cases import BOB, by_itself, seed
from world import Vendor, World

COUNT = int(os.environ.get("TICKS", "200"))


def ticks(world):
    took = []
    for _ in range(COUNT):
        began = time.perf_counter()
        world.tick()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return statistics.median(took), took[int(len(took) * 0.95)]


def main():
    vendor = Vendor()
    world = World(vendor, "bench", ROTATOR_BOOTSTRAP="true", ROTATOR_LOGIN_TIMEOUT_SECONDS="600")
    try:
        seed(world, BOB)
        world.stop()
        world.environment["ROTATOR_BOOTSTRAP"] = "false"
        world.start()
        world.call("PUT", "/opt-in", {"enabled": True})
        ticks(world)
        without = ticks(world)
        world.stop()
        world.environment["ROTATOR_BOOTSTRAP"] = "true"
        world.start()
        world.tick()
        by_itself(world)
        world.reached(BOB, "window-open")
        # The browser has started; from here on it only waits.
        time.sleep(10)
        ticks(world)
        beside = ticks(world)
        print("%-28s %9s %9s" % ("%d ticks" % COUNT, "median ms", "p95 ms"))
        print("%-28s %9.2f %9.2f" % (("without a bootstrap",) + without))
        print("%-28s %9.2f %9.2f" % (("while one runs",) + beside))
    finally:
        world.remove()
        vendor.stop()


main()
