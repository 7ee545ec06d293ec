"""The calendar file of an answer, read back as calendars read it (RFC 5545)."""

from __future__ import annotations

import re

import pytest

GUEST = {"citizenship": "UZB", "entry": ["2026-11-01"], "exit": [""]}
"""May stay 30 days, to 30 November; today is 22 November."""
Property = tuple[str, dict[str, str], str]


def unfolded(content: bytes) -> list[str]:
    """The lines of a calendar file. Every line ends with CR and LF; one that begins with a space goes on."""
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")[:-1]
    assert max(map(len, lines)) <= 75
    joined: list[bytes] = []
    for line in lines:
        line.decode()  # a letter cut in two could not be read
        if line.startswith(b" "):
            joined[-1] += line[1:]
        else:
            joined.append(line)
    return [line.decode() for line in joined]


def read(line: str) -> Property:
    head, _, value = line.partition(":")
    name, *parameters = head.split(";")
    return name, dict(part.split("=", 1) for part in parameters), plain(value)


def plain(value: str) -> str:
    told, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            escaped = next(signs)
            assert escaped in "\\;,n", f"\\{escaped} means nothing"
            told += "\n" if escaped == "n" else escaped
        else:
            told += sign
    return told


def events(content: bytes) -> list[dict[str, list[Property]]]:
    """The events, each with its properties by name; those of its reminders as `VALARM.NAME`."""
    found: list[dict[str, list[Property]]] = []
    within: list[str] = []
    for line in unfolded(content):
        name, parameters, value = read(line)
        if name == "BEGIN":
            within.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert within.pop() == value
        elif within[1:] and within[1] == "VEVENT":
            place = name if within[-1] == "VEVENT" else f"{within[-1]}.{name}"
            found[-1].setdefault(place, []).append((name, parameters, value))
    assert within == []
    return found


def one(event: dict[str, list[Property]], name: str) -> str:
    (only,) = event[name]
    return only[2]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Last day that you may stay"), ("ru", "Последний день"), ("kk", "соңғы күн")],
)
def test_the_last_lawful_day_is_a_whole_day_with_two_reminders(client, language, words):
    answer = client.post(f"/{language}/stay/deadlines.ics", data=GUEST)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="koshiqon-2026-11-22.ics"'
    days = {one(event, "DTSTART"): event for event in events(answer.content)}
    last = days["20261130"]
    assert last["DTSTART"][0][1] == {"VALUE": "DATE"} and one(last, "DTEND") == "20261201"
    assert any(words in one(event, "SUMMARY") for event in events(answer.content))
    assert last["SUMMARY"][0][1] == {"LANGUAGE": language}
    assert [value for _, _, value in last["VALARM.TRIGGER"]] == ["-P6DT15H", "-PT15H"]


def test_a_file_tells_nothing_of_the_person_and_two_files_are_not_mixed_up(client):
    first, second = (client.post("/en/stay/deadlines.ics", data=GUEST).content for _ in range(2))
    marks = [{one(event, "UID") for event in events(content)} for content in (first, second)]
    assert len(marks[0]) == len(events(first)) and not marks[0] & marks[1]
    assert {one(event, "DTSTAMP") for event in events(first)} == {"20261122T000000Z"}
    assert b"UZB" not in first and b"Uzbekistan" not in first.replace(b"\r\n ", b"")


def test_no_day_is_told_that_is_over(client):
    longer = {"citizenship": "TJK", "entry": ["2026-10-05"], "exit": [""]}
    assert "The last day was 8 October 2026" in re.sub(r"<[^>]+>", "", client.post("/en/stay", data=longer).text)
    days = [one(event, "DTSTART") for event in events(client.post("/en/stay/deadlines.ics", data=longer).content)]
    assert days and min(days) >= "20261122"


def test_duties_come_with_their_office_and_provision(client):
    content = client.post("/en/stay/deadlines.ics", data=GUEST | {"exit": ["2026-12-20"]}).content
    told = {one(event, "SUMMARY"): one(event, "DESCRIPTION") for event in events(content)}
    duty = next(words for summary, words in told.items() if summary.startswith("Last day: leave"))
    assert "Where: " in duty and "Migration Law, Art. 6 para. 4" in duty and "\n" in duty


def test_the_day_of_return_is_told_to_somebody_who_has_used_all_days(client):
    used = {"citizenship": "RUS", "entry": ["2026-08-01"], "exit": ["2026-10-29"]}
    content = client.post("/en/stay/deadlines.ics", data=used).content
    returns = [event for event in events(content) if one(event, "SUMMARY") == "From today on you may enter again"]
    assert [one(event, "DTSTART") for event in returns] == ["20270128"], "1 August leaves the 180 days on 28 January"


def test_an_answer_without_a_day_ahead_says_so_instead(client):
    answer = client.post("/en/stay/deadlines.ics", data={"citizenship": "UZB"})
    assert answer.status_code == 422
    assert "This answer has no day ahead that a calendar could hold" in answer.text
    assert "deadlines.ics" not in client.post("/en/stay", data={"citizenship": "UZB"}).text
