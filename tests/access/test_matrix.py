"""Every address of the product by every role: who may, and what the others get.

login: sent to the sign-in. 302: sent on. 403: not yours to do. 404: not yours to see. 405: not that way.
409: not in this state. 422: what was typed is not enough. A POST brings nothing but a form's key.
An exclamation mark behind it, which never is in the table: the answer tells a stranger what is in the person's form.
person: whose task it is, or whose figures. neighbour, inspektur: of another office of the same government;
the inspektur heads it, so he looks after its people. elsewhere: heads an office of another government.
"""

# A row of the table is a line.
# ruff: noqa: E501

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from runut.audit.models import Entry
from runut.sop.models import Task
from tests.access.addresses import Addresses, patterns, work_of
from tests.access.stage import STRANGERS, secrets_in

pytestmark = pytest.mark.django_db

TABLE = """
                                    anonymous person    superior  colleague head      admin     neighbour inspektur elsewhere leaver
GET  web:home                       200       302       302       302       302       302       302       302       302       200
GET  web:change_language            405       405       405       405       405       405       405       405       405       405
GET  web:help_page                  200       200       200       200       200       200       200       200       200       200
GET  web:guide                      200       200       200       200       200       200       200       200       200       200
GET  web:office_log                 login     403       403       403       200       200       403       200       200       login
GET  web:setup                      login     403       403       403       200       200       403       200       200       login
GET  web:imports                    login     403       403       403       200       200       403       200       200       login
GET  web:import_outcome             login     404       404       404       404       200       404       404       404       login
GET  web:import_table               login     403       403       403       200       200       404       404       404       login
GET  web:import_period              login     200       200       200       200       200       404       404       404       login
GET  web:import_example             login     403       403       403       200       200       404       404       404       login
GET  web:import_present             login     403       403       403       200       200       404       404       404       login
GET  web:trail                      login     200       200       404       200       404       404       404       404       login
GET  web:healthz                    200       200       200       200       200       200       200       200       200       200
GET  organisation:sign_in           200       302       302       302       302       302       302       302       302       200
GET  organisation:sign_out          login     405       405       405       405       405       405       405       405       login
GET  organisation:forgot_password   200       200       200       200       200       200       200       200       200       200
GET  organisation:activation        200       200       200       200       200       200       200       200       200       200
GET  organisation:me                login     200       200       200       200       200       200       200       200       login
GET  organisation:change_password   login     200       200       200       200       200       200       200       200       login
GET  organisation:people            login     403       403       403       200       200       403       200       200       login
GET  organisation:add_person        login     403       403       403       200       200       403       200       200       login
GET  organisation:issue_codes       login     405       405       405       405       405       405       405       405       login
GET  organisation:person            login     403       403       403       200       200       404       404       404       login
GET  organisation:edit_person       login     403       403       403       200       200       404       404       404       login
GET  organisation:assign            login     403       403       403       200       200       404       404       404       login
GET  organisation:set_superior      login     403       403       403       200       200       404       404       404       login
GET  organisation:reset_password    login     405       405       405       405       405       405       405       405       login
GET  organisation:close_assignment  login     403       403       403       200       200       404       404       404       login
GET  organisation:units             login     403       403       403       200       200       403       200       200       login
GET  organisation:add_unit          login     403       403       403       200       200       404       404       404       login
GET  organisation:edit_unit         login     403       403       403       200       200       404       404       404       login
GET  organisation:close_unit        login     403       403       403       200       200       404       404       404       login
GET  organisation:reopen_unit       login     405       405       405       405       405       405       405       405       login
GET  organisation:positions         login     403       403       403       200       200       403       200       200       login
GET  organisation:add_position      login     403       403       403       200       200       404       404       404       login
GET  organisation:edit_position     login     403       403       403       200       200       404       404       404       login
GET  organisation:calendar          login     403       403       403       200       200       403       200       200       login
GET  organisation:add_holiday       login     405       405       405       405       405       405       405       405       login
GET  organisation:fill_holidays     login     405       405       405       405       405       405       405       405       login
GET  organisation:remove_holiday    login     405       405       405       405       405       405       405       405       login
GET  organisation:add_season        login     405       405       405       405       405       405       405       405       login
GET  organisation:remove_season     login     405       405       405       405       405       405       405       405       login
GET  planning:indicators            login     200       200       200       200       200       200       200       200       login
GET  planning:add_indicator         login     403       403       403       200       200       404       404       404       login
GET  planning:indicator             login     200       404       404       200       200       404       404       404       login
GET  planning:revise_indicator      login     403       404       404       200       200       404       404       404       login
GET  planning:hang_indicator        login     403       404       404       200       200       404       404       404       login
GET  planning:targets               login     403       404       404       200       200       404       404       404       login
GET  planning:scales                login     200       200       200       200       200       200       200       200       login
GET  planning:take_up_scale         login     403       403       403       200       200       404       404       404       login
GET  planning:plans                 login     200       200       200       200       200       200       200       200       login
GET  planning:add_plan              login     403       403       403       200       200       404       404       404       login
GET  planning:plan                  login     200       200       200       200       200       404       404       404       login
GET  planning:revise_plan           login     403       403       403       200       200       404       404       404       login
GET  planning:add_goal              login     403       403       403       200       200       404       404       404       login
GET  planning:add_objective         login     403       403       403       200       200       404       404       404       login
GET  planning:reword                login     403       403       403       200       200       404       404       404       login
GET  planning:register              login     403       403       403       200       200       404       404       404       login
GET  planning:registered            login     200       200       200       200       200       404       404       404       login
GET  planning:activities            login     200       200       200       200       200       200       200       200       login
GET  planning:add_activity          login     403       403       403       200       200       404       404       404       login
GET  planning:activity              login     403       403       403       200       200       404       404       404       login
GET  planning:budget                login     403       403       403       200       200       404       404       404       login
GET  planning:stakeholder           login     403       403       403       200       200       404       404       404       login
GET  sop:inbox                      login     200       200       200       200       200       200       200       200       login
GET  sop:waiting                    login     200       200       200       200       200       200       200       200       login
GET  sop:done                       login     200       200       200       200       200       200       200       200       login
GET  sop:task                       login     200       200       200       200       200       404       404       404       login
GET  sop:do                         login     200       302       302       302       302       404       404       404       login
GET  sop:coordinate                 login     200       302       302       302       302       404       404       404       login
GET  sop:task_file                  login     200       200       200       200       200       404       404       404       login
GET  sop:remind                     login     200       200       200       200       200       404       404       404       login
GET  sop:hand_over                  login     403       403       403       200       200       404       404       404       login
GET  sop:runs                       login     200       200       200       200       200       200       200       200       login
GET  sop:run                        login     200       200       200       200       200       404       404       404       login
GET  sop:run_history                login     200       200       200       200       200       404       404       404       login
GET  sop:hold                       login     403       403       403       200       200       404       404       404       login
GET  sop:resume                     login     405       405       405       405       405       405       405       405       login
GET  sop:cancel                     login     403       403       403       200       200       404       404       404       login
GET  sop:library                    login     200       200       200       200       200       200       200       200       login
GET  sop:import_sop                 login     403       403       403       200       200       403       200       200       login
GET  sop:sop                        login     200       200       200       200       200       404       404       404       login
GET  sop:version                    login     200       200       200       200       200       404       404       404       login
GET  sop:source                     login     200       200       200       200       200       404       404       404       login
GET  sop:compare                    login     200       200       200       200       200       404       404       404       login
GET  sop:lanes                      login     403       403       403       200       200       404       404       404       login
GET  sop:ratify                     login     403       403       403       200       200       404       404       404       login
GET  sop:start                      login     200       200       200       200       200       404       404       404       login
GET  collection:periods             login     200       200       200       200       200       200       200       200       login
GET  collection:start               login     200       200       200       200       200       200       200       200       login
GET  collection:period              login     200       200       200       200       200       404       404       404       login
GET  collection:matrix_csv          login     200       200       200       200       200       404       404       404       login
GET  collection:remind              login     403       403       403       200       200       404       404       404       login
GET  collection:download_period     login     403       403       403       200       403       404       404       404       login
GET  collection:add_member          login     403       403       403       200       200       404       404       404       login
GET  collection:prepare             login     200       302       302       302       302       404       404       404       login
GET  collection:distribute          login     200       200       200       200       200       404       404       404       login
GET  collection:fill                login     302       302       302       302       302       404       404       404       login
GET  collection:review              login     302       302       302       302       302       404       404       404       login
GET  collection:sheet               login     200       200       404       200       404       404       404       404       login
GET  collection:paste               login     405       405       405       405       405       405       405       405       login
GET  collection:download            login     200       200       404       200       404       404       404       404       login
GET  collection:import_sheet        login     302       302       404       302       404       404       404       404       login
GET  collection:line                login     200       200       404       200       404       404       404       404       login
GET  collection:check               login     302       302       404       302       404       404       404       404       login
GET  collection:sent                login     200       200       404       200       404       404       404       404       login
GET  collection:nil                 login     302       302       404       302       404       404       404       404       login
GET  collection:paper               login     403       403       404       200       404       404       404       404       login
GET  collection:scan                login     200       200       404       200       404       404       404       404       login
GET  collection:take_back           login     200       200       404       200       404       404       404       404       login
GET  collection:withdraw_form       login     403       403       404       200       404       404       404       404       login
GET  collection:evidence            login     200       200       404       200       404       404       404       404       login
GET  collection:withdraw            login     405       405       405       405       405       405       405       405       login
GET  collection:validation          login     200       200       404       200       404       404       404       404       login
GET  collection:send_back           login     200       200       404       200       404       404       404       404       login
GET  collection:figure              login     200       200       404       200       404       404       404       404       login
GET  collection:tree                login     200       200       200       200       200       404       404       404       login
GET  collection:check_table         login     200       200       200       200       200       200       200       200       login
GET  correction:reports             login     200       200       200       200       200       200       200       200       login
GET  correction:report              login     200       200       404       200       404       404       404       404       login
GET  correction:decline             login     200       200       404       200       404       404       404       404       login
GET  correction:corrections         login     200       200       200       200       200       200       200       200       login
GET  correction:open                login     200       200       200       200       200       404       404       404       login
GET  correction:correction          login     200       200       200       200       200       404       404       404       login
GET  correction:items               login     200       200       200       200       200       404       404       404       login
GET  correction:withdraw            login     404       404       404       404       404       404       404       404       login
GET  correction:meeting             login     302       302       302       302       302       404       404       404       login
GET  correction:minutes             login     200       200       200       200       200       404       404       404       login
GET  correction:instruct            login     200       200       200       200       200       404       404       404       login
GET  correction:plan                login     200       200       200       200       200       404       404       404       login
GET  correction:analyse             login     200       200       200       200       200       404       404       404       login
GET  correction:meet                login     302       302       302       302       302       404       404       404       login
GET  correction:task_minutes        login     200       200       200       200       200       404       404       404       login
GET  documents:compile              login     200       302       302       302       302       404       404       404       login
GET  documents:compilation          login     200       200       200       200       200       404       404       404       login
GET  documents:draft                login     200       302       302       302       302       404       404       404       login
GET  documents:approve              login     200       302       302       200       302       404       404       404       login
GET  documents:report               login     200       302       302       302       302       404       404       404       login
GET  documents:initial              login     200       302       302       302       302       404       404       404       login
GET  documents:register             login     200       302       302       302       302       404       404       404       login
GET  documents:reproduce            login     200       302       302       302       302       404       404       404       login
GET  documents:dispatch             login     200       302       302       302       302       404       404       404       login
GET  documents:archive              login     200       302       302       302       302       404       404       404       login
GET  documents:receipt              login     403       403       403       403       403       404       404       404       login
GET  documents:letter               login     200       200       200       200       200       404       404       404       login
GET  documents:sign                 login     302       302       302       302       302       404       404       404       login
GET  documents:refresh              login     405       405       405       405       405       405       405       405       login
GET  documents:renew_task           login     302       302       302       302       302       404       404       404       login
GET  documents:sign_document        login     200       404       404       200       404       404       404       404       login
GET  documents:documents            login     200       200       200       200       200       200       200       200       login
GET  documents:of_run               login     404       404       404       302       404       404       404       404       login
GET  documents:document             login     404       404       404       200       404       404       404       404       login
GET  documents:renew                login     404       404       404       302       404       404       404       404       login
GET  documents:archive_list         login     200       200       200       200       200       200       200       200       login
GET  documents:reports              login     302       302       302       302       302       302       302       302       login
GET  documents:report_year          login     200       200       200       200       200       200       200       200       login
GET  publication:publish            login     302       302       302       302       302       404       404       404       login
GET  publication:publish_document   login     200       404       404       200       404       404       404       404       login
GET  publication:withdraw           login     403       403       403       200       403       404       404       404       login
GET  publication:offices            200       200       200       200       200       200       200       200       200       200
GET  publication:office             200       200       200       200       200       200       200       200       200       200
GET  publication:office_year        302       302       302       302       302       302       302       302       302       302
GET  publication:release            200       200       200       200       200       200       200       200       200       200
GET  publication:release_csv        200       200       200       200       200       200       200       200       200       200

POST web:change_language            302       302       302       302       302       302       302       302       302       302
POST organisation:sign_in           422       422       422       422       422       422       422       422       422       422
POST organisation:sign_out          login     302       302       302       302       302       302       302       302       login
POST organisation:activation        422       422       422       422       422       422       422       422       422       422
POST organisation:me                login     422       422       422       422       422       422       422       422       login
POST organisation:change_password   login     422       422       422       422       422       422       422       422       login
POST organisation:add_person        login     403       403       403       422       422       403       422       422       login
POST organisation:issue_codes       login     403       403       403       302       302       403       302       302       login
POST organisation:edit_person       login     403       403       403       422       422       404       404       404       login
POST organisation:assign            login     403       403       403       422       422       404       404       404       login
POST organisation:set_superior      login     403       403       403       422       422       404       404       404       login
POST organisation:reset_password    login     403       403       403       200       200       404       404       404       login
POST organisation:close_assignment  login     403       403       403       422       422       404       404       404       login
POST organisation:add_unit          login     403       403       403       422       422       404       404       404       login
POST organisation:edit_unit         login     403       403       403       422       422       404       404       404       login
POST organisation:close_unit        login     403       403       403       422       422       404       404       404       login
POST organisation:reopen_unit       login     403       403       403       409       409       404       404       404       login
POST organisation:add_position      login     403       403       403       422       422       404       404       404       login
POST organisation:edit_position     login     403       403       403       422       422       404       404       404       login
POST organisation:calendar          login     403       403       403       422       422       403       422       422       login
POST organisation:add_holiday       login     403       403       403       422       422       403       422       422       login
POST organisation:fill_holidays     login     403       403       403       422       422       403       422       422       login
POST organisation:remove_holiday    login     403       403       403       422       422       403       422       404       login
POST organisation:add_season        login     403       403       403       422       422       403       422       422       login
POST organisation:remove_season     login     403       403       403       422       422       403       422       404       login
POST planning:add_indicator         login     403       403       403       422       422       404       404       404       login
POST planning:revise_indicator      login     403       404       404       422       422       404       404       404       login
POST planning:hang_indicator        login     403       404       404       302       302       404       404       404       login
POST planning:take_up_scale         login     403       403       403       422       422       404       404       404       login
POST planning:targets               login     403       404       404       302       302       404       404       404       login
POST web:import_outcome             login     404       404       404       404       302       404       404       404       login
POST web:import_period              login     422       422       422       422       422       404       404       404       login
POST web:import_table               login     403       403       403       422       422       404       404       404       login
POST planning:add_plan              login     403       403       403       422       422       404       404       404       login
POST planning:revise_plan           login     403       403       403       422       422       404       404       404       login
POST planning:add_goal              login     403       403       403       422       422       404       404       404       login
POST planning:add_objective         login     403       403       403       422       422       404       404       404       login
POST planning:reword                login     403       403       403       422       422       404       404       404       login
POST planning:register              login     403       403       403       422       422       404       404       404       login
POST planning:add_activity          login     403       403       403       422       422       404       404       404       login
POST planning:activity              login     403       403       403       422       422       404       404       404       login
POST planning:budget                login     403       403       403       302       302       404       404       404       login
POST planning:stakeholder           login     403       403       403       422       422       404       404       404       login
POST sop:do                         login     422       403       403       403       403       404       404       404       login
POST sop:coordinate                 login     422       403       403       403       403       404       404       404       login
POST sop:hand_over                  login     403       403       403       422       422       404       404       404       login
POST sop:hold                       login     403       403       403       422       422       404       404       404       login
POST sop:resume                     login     403       403       403       409       409       404       404       404       login
POST sop:cancel                     login     403       403       403       422       422       404       404       404       login
POST sop:import_sop                 login     403       403       403       422       422       403       422       422       login
POST sop:lanes                      login     403       403       403       422       422       404       404       404       login
POST sop:ratify                     login     403       403       403       422       409       404       404       404       login
POST sop:start                      login     422       422       422       422       422       404       404       404       login
POST collection:start               login     422       422       422       422       422       422       422       422       login
POST collection:add_member          login     403       403       403       422       422       404       404       404       login
POST collection:prepare             login     422       403       403       403       403       404       404       404       login
POST collection:distribute          login     302       403       403       403       403       404       404       404       login
POST collection:sheet               login     409       409       404       409       404       404       404       404       login
POST collection:paste               login     409       409       404       409       404       404       404       404       login
POST collection:import_sheet        login     409       409       404       409       404       404       404       404       login
POST collection:line                login     409       409       404       409       404       404       404       404       login
POST collection:check               login     409       403       404       403       404       404       404       404       login
POST collection:nil                 login     409       409       404       409       404       404       404       404       login
POST collection:paper               login     403       403       404       422       404       404       404       404       login
POST collection:take_back           login     409       403       404       403       404       404       404       404       login
POST collection:withdraw_form       login     403       403       404       422       404       404       404       404       login
POST collection:remind              login     403       403       403       409       409       404       404       404       login
POST collection:withdraw            login     409       409       404       409       404       404       404       404       login
POST collection:validation          login     403       409       404       403       404       404       404       404       login
POST collection:send_back           login     403       409       404       403       404       404       404       404       login
POST collection:check_table         login     422       422       422       422       422       422       422       422       login
POST correction:report              login     422       422       404       422       404       404       404       404       login
POST correction:decline             login     403       403       404       422       404       404       404       404       login
POST correction:open                login     403       403       403       422       403       404       404       404       login
POST correction:items               login     403       403       403       409       403       404       404       404       login
POST correction:withdraw            login     403       403       403       422       403       404       404       404       login
POST correction:instruct            login     422       403       403       422       403       404       404       404       login
POST correction:plan                login     422       403       403       403       403       404       404       404       login
POST correction:analyse             login     302       403       403       403       403       404       404       404       login
POST correction:meet                login     422       403       403       403       403       404       404       404       login
POST documents:compile              login     409       403       403       403       403       404       404       404       login
POST documents:draft                login     422       403       403       403       403       404       404       404       login
POST documents:approve              login     409       403       403       409       403       404       404       404       login
POST documents:report               login     422       403       403       403       403       404       404       404       login
POST documents:initial              login     409       403       403       403       403       404       404       404       login
POST documents:register             login     422       403       403       403       403       404       404       404       login
POST documents:reproduce            login     422       403       403       403       403       404       404       404       login
POST documents:dispatch             login     422       403       403       403       403       404       404       404       login
POST documents:archive              login     422       403       403       403       403       404       404       404       login
POST documents:receipt              login     403       403       403       403       403       404       404       404       login
POST documents:refresh              login     302       403       403       302       403       404       404       404       login
POST documents:sign_document        login     422       404       404       422       404       404       404       404       login
POST documents:renew                login     404       404       404       409       404       404       404       404       login
POST publication:publish_document   login     422       404       404       422       404       404       404       404       login
POST publication:withdraw           login     403       403       403       422       403       404       404       404       login
"""


def _rows():
    heading, *lines = [line for line in TABLE.splitlines() if line.strip()]
    roles = heading.split()
    cells = [line.split() for line in lines]
    return roles, {(method, name): dict(zip(roles, found, strict=True)) for method, name, *found in cells}


ROLES, ROWS = _rows()


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
            found = {role: ask(method, name, role) for role in ROLES}
            if found != expected:
                wrong[name] = " ".join(f"{found[role]:9}" for role in ROLES)

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
