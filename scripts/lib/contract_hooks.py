"""What schemathesis cannot read from openapi.yaml, told to it by scripts/contract.

A schema cannot say "to come", so a time that a route takes only within reach of
now is moved there; nothing that is wrong becomes right by it. And the codes a
route's description lists are checked, as a schema of every route would.
"""

import datetime
import pathlib
import re

import schemathesis
import yaml

DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
DOCUMENT = yaml.safe_load(
    pathlib.Path(__file__).parents[2].joinpath("openapi.yaml").read_text(encoding="utf-8")
)
INTRODUCTION = re.compile(r"`([a-z-]+)`\s+with\s+(\d{3})")


def moved(value, ahead):
    """A date-time, moved to so many days from now; anything else as it is."""
    if not isinstance(value, str) or not DATE_TIME.fullmatch(value):
        return value
    time = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=ahead)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def move(members, name, ahead):
    if isinstance(members, dict) and name in members:
        members[name] = moved(members[name], ahead)


@schemathesis.hook
def before_call(context, case, kwargs):
    operation = f"{case.method.upper()} {case.path}"
    if case.path in ("/accounts", "/health") and isinstance(case.query, dict):
        # A long poll is long by design: what may wait, waits no second.
        if str(case.query.get("wait", "")).isdigit() and 0 <= int(case.query["wait"]) <= 60:
            case.query["wait"] = 0
    elif operation == "GET /events" and isinstance(case.query, dict):
        # Two words for the same thing: one of them is sent.
        if "after" in case.query:
            case.query.pop("last-event-id", None)
    elif operation == "GET /readings":
        # A stretch that begins before it ends.
        move(case.query, "since", -2)
        move(case.query, "until", -1)
    elif operation == "GET /plan":
        # Later than now, by 7 days at most.
        move(case.query, "until", 3)
    elif operation == "PUT /pause":
        # A time to come.
        move(case.body, "until", 30)
    elif operation == "POST /observations" and isinstance(case.body, dict):
        # At most 11 hours ahead.
        windows = case.body.get("windows")
        for window in windows if isinstance(windows, list) else []:
            move(window, "resetsAt", 0)


@schemathesis.check
def problem_code_conformance(ctx, response, case):
    """A problem's code is one its route lists for its status."""
    operation = DOCUMENT["paths"][case.path].get(case.method.lower(), {"responses": {}})
    written = operation["responses"].get(str(response.status_code))
    if response.status_code < 400 or written is None:
        return
    problem = response.json()
    listed = re.findall(r"`([a-z-]+)`", written.get("description", ""))
    if not listed:
        only = INTRODUCTION.findall(DOCUMENT["info"]["description"])
        listed = [code for code, status in only if int(status) == response.status_code]
    assert problem["code"] in listed, f"{problem['code']} is not among {listed}"
    assert problem["status"] == response.status_code
