"""Runs the cases; names of some may be given. Exits 1 when one does not hold."""
import sys
import time

from cases import ALL
from world import Failed, Vendor


def run(case):
    vendor = Vendor()
    world = None
    try:
        steps = case(vendor)
        world = next(steps)
        for _ in steps:
            pass
        world.check_clean()
        return None
    except (Failed, OSError, KeyError, TypeError) as error:
        if world:
            world.picture("failed")
            world.tell()
        return "%s: %s" % (type(error).__name__, error)
    finally:
        if world:
            world.remove()
        vendor.stop()


def main():
    wanted = sys.argv[1:]
    failures = 0
    cases = [case for case in ALL if not wanted or case.__name__ in wanted]
    for case in cases:
        began = time.monotonic()
        failure = run(case)
        name = case.__name__.replace("_", " ")
        print("%s %s (%.1f s)%s" % (
            "FAIL" if failure else "ok  ", name, time.monotonic() - began,
            ": " + failure if failure else ""), flush=True)
        failures += failure is not None
    if not cases:
        sys.exit("no such case")
    print("%d of %d sign-ins held" % (len(cases) - failures, len(cases)))
    sys.exit(1 if failures else 0)


main()
