"""The frame of the site: its languages, what is not there, what stands around every answer."""

from __future__ import annotations

import pytest

LANGUAGES = ("en", "kk", "ru")


@pytest.mark.parametrize(
    ("accepted", "language"), [("ru;q=0.5, kk;q=0.9", "kk"), ("de, ru-RU", "ru"), ("", "en"), ("*;q=x,\x00", "en")]
)
def test_the_start_is_in_the_language_that_the_browser_likes_best(client, accepted, language):
    answer = client.get("/", headers={"accept-language": accepted})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_path(client, site, language):
    answer = client.get(f"/{language}/nowhere")
    assert answer.status_code == 404
    assert f'<html lang="{language}">' in answer.text
    assert site.voices[language].translations.gettext("There is no such page") in answer.text


def test_a_language_that_does_not_ship_is_not_there(client):
    assert client.get("/xx/").status_code == 404


def test_every_answer_forbids_what_it_does_not_need(client):
    for path in ("/en/", "/en/nowhere", "/static/koshiqon.css", "/health"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in headers


def test_a_form_that_is_too_large_is_refused_before_it_is_read(client):
    assert client.post("/en/stay", content=b"x" * 300_000).status_code == 413


def test_a_form_that_hides_how_large_it_is_is_refused_too(client):
    def parts():
        for _ in range(40):
            yield b"a" * 10_000

    head = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/en/stay", content=parts(), headers=head).status_code == 413
