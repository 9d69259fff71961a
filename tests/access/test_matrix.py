"""Every address of the product by every role: who may, and what the others get.

login: sent to the sign-in. 302: sent on. 403: not yours to do. 404: not yours to see. 405: not that way.
409: not in this state. 422: what was typed is not enough. A POST brings nothing but a form's key.
An exclamation mark behind it, which never is in the table: the answer tells a stranger what is in the person's form.
person: whose task it is, or whose figures. neighbour, inspektur: of another office of the same government;
the inspektur heads it, so he looks after its people. elsewhere: heads an office of another government.

Who may is decided by the same statements on both databases, and is asked of every role once, on SQLite. That the
statements behind every address run on PostgreSQL too, one role shows that gets as far as any.
"""

import pytest
from django.db import connection, transaction
from django.urls import Resolver404, resolve

from runut.audit.models import Entry
from runut.sop.models import Task
from tests.access.addresses import Addresses, patterns, work_of
from tests.access.stage import STRANGERS, secrets_in
from tests.access.table import TABLE

pytestmark = pytest.mark.django_db


def _rows():
    heading, *lines = [line for line in TABLE.splitlines() if line.strip()]
    roles = heading.split()
    cells = [line.split() for line in lines]
    return roles, {(method, name): dict(zip(roles, found, strict=True)) for method, name, *found in cells}


ROLES, ROWS = _rows()


def _asked(expected):
    """The roles of whom a row is true here: all; on PostgreSQL one that is let in, and if none is, any."""
    if connection.vendor == "sqlite":
        return ROLES
    far = ("200", "302", "409", "422", "403", "405", "404", "login")
    return [min(ROLES, key=lambda role: far.index(expected[role]))]


def _outcome(answer, role):
    told = bool(secrets_in(answer)) and role in STRANGERS
    if answer.status_code == 302:
        return "login" if answer["Location"].startswith("/masuk/?") else "302"
    return f"{answer.status_code}{'!' if told else ''}"


@pytest.fixture
def addresses(access):
    return Addresses(access)


@pytest.fixture
def ask(access, addresses, browser_of, long_pages):
    """What an address answers to a role. What the request did is undone, also to the browser's cookies."""
    browsers = {}

    def of(name, role):
        work = work_of(name)
        person = access.whose(work) if role == "person" and work in access.tasks else access.people[role]
        key = person and person.pk
        if key not in browsers:
            browsers[key] = browser_of(person)
        return browsers[key]

    def ask(method, name, role):
        browser = of(name, role)
        cookies = {cookie: morsel.value for cookie, morsel in browser.cookies.items()}
        with transaction.atomic():
            if (work := work_of(name)) in access.tasks:
                # On a real stage the steps before and after this one are not open too.
                Task.objects.filter(state="open").exclude(pk=access.tasks[work].pk).update(state="covered")
            answer = getattr(browser, method.lower())(addresses.of(name), {"key": "k"} if method == "POST" else {})
            found = _outcome(answer, role)
            transaction.set_rollback(True)
        browser.cookies.clear()
        for cookie, value in cookies.items():
            browser.cookies[cookie] = value
        return found

    return ask


def test_every_address_stands_in_the_table():
    assert {name for method, name in ROWS if method == "GET"} == set(patterns())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_role_gets_what_the_table_says(ask, method):
    wrong = {}
    for (asked, name), expected in ROWS.items():
        if asked == method:
            roles = _asked(expected)
            found = {role: ask(method, name, role) for role in roles}
            if found != {role: expected[role] for role in roles}:
                wrong[name] = " ".join(f"{found[role]:9}" for role in roles)

    assert wrong == {}


def test_what_has_no_row_for_post_takes_none(ask):
    silent = [name for name in patterns() if ("POST", name) not in ROWS]

    assert {name: ask("POST", name, "head") for name in silent} == dict.fromkeys(silent, "405")


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("documents:compile", "colleague"),
        ("collection:sheet", "colleague"),
        ("organisation:reset_password", "superior"),
        ("sop:cancel", "superior"),
        ("correction:open", "admin"),
        ("publication:withdraw", "neighbour"),
        ("documents:sign_document", "inspektur"),
        ("sop:hand_over", "elsewhere"),
    ],
)
def test_an_act_that_is_refused_is_in_the_log(access, addresses, browser_of, name, role):
    person = access.people[role]

    browser_of(person).post(addresses.of(name), {"key": "k"})

    entry = Entry.objects.filter(refused=True).latest("pk")
    assert (entry.event, entry.actor_id, entry.stream) == (name, person.pk, f"pegawai:{person.pk}")


@pytest.mark.parametrize("path", ["/demo/", "/demo/masuk/"])
def test_nobody_changes_roles_outside_the_demonstration(path):
    with pytest.raises(Resolver404):
        resolve(path)
