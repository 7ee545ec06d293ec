"""What a stranger may try on a site: the forms of its pages, found by reading them, and what to type into each."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_from_bytes, unquote_plus, urlsplit

MARK = "told-by-a-stranger"
SUM = 7919 * 7907
HOSTILE = (
    f"\"'><b id={MARK} onclick=x>{{{{7919*7907}}}}${{7919*7907}}#{{7919*7907}}<%= 7919*7907 %>{{%raw%}}"
    "{voice.__class__.__mro__}{0}%(x)s%s</title></textarea></select></option></details></script>"
    f"<script>{MARK}()</script><svg onload=x><a href=javascript:{MARK}()>../../../../../../etc/passwd"
    f"\r\nset-cookie: told=1\r\nx-told: {MARK}\x00"
).encode()
"""Everything at once: markup, templates of several kinds, format strings, a path upwards, a header, the letter zero."""
ODD = {
    "zero": b"\x00",
    "half a character": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe\xc3\x28",
    "long": b"A" * 50_000,
    "long number": b"9" * 5_000,
    "written backwards": "\u202e2026-01-01\u202c".encode(),
    "digits of others": "٢٠٢٦-٠١-٠١ ９９９９".encode(),
    "the year zero": b"0000-00-00",
    "the end of the calendar": b"9999-12-31",
    "its beginning": b"0001-01-01",
    "below zero": b"-1",
    "no number": b"NaN",
    "more than there is": b"1e309",
    "many letters in one": ("e" + "\u0301" * 500).encode(),
    "many lines": b"2026-01-01\n" * 3_000,
    "a list": b"[[[[[[[[[[]]]]]]]]]]",
    "nothing": b"",
}


@dataclass(slots=True)
class Form:
    """A form as a browser would send it: its method, where it goes, its fields with what stands in them."""

    method: str
    action: str
    kind: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    others: list[tuple[str, str, str]] = field(default_factory=list)
    """Where its buttons lead: action, name and value of the button."""

    @property
    def targets(self) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
        """All places that it can be sent to, each with what its button adds."""
        pressed = [(action, ((name, value),) if name else ()) for action, name, value in self.others]
        return list(dict.fromkeys([(self.action, ()), *pressed]))

    def key(self, action: str, pressed: tuple[tuple[str, str], ...]) -> tuple[str, str, object, frozenset[str]]:
        """What makes it the same form on another page, sent by the same button."""
        return self.method, action, pressed, frozenset(name for name, _ in self.fields)

    def filled(self, typed: dict[str, str], pressed: tuple[tuple[str, str], ...]) -> list[tuple[str, bytes]]:
        """Its fields with what stands in them, or what is typed where nothing does, the first of a name only."""
        left, fields = dict(typed), []
        for name, value in (*self.fields, *pressed):
            fields.append((name, (value or left.pop(name, "")).encode()))
        return fields


class Page(HTMLParser):
    """A page read: its links, its forms, and what a browser would run of it."""

    def __init__(self, text: str, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.status = 200
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.runs: list[str] = []
        self._named: dict[str, Form] = {}
        self._within: Form | None = None
        self._select: str | None = None
        self._first = False
        self._area: list[str] | None = None
        self._late: list[tuple[str, tuple[str, str, str] | tuple[str, str]]] = []
        self.feed(text)
        for name, given in self._late:
            self._add(self._named.get(name), given)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._watch(tag, given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            action = (given.get("action") or self.path).partition("#")[0]
            kind = given.get("enctype", "application/x-www-form-urlencoded")
            self._within = Form(given.get("method", "get").lower(), action, kind)
            self.forms.append(self._within)
            self._named[given.get("id", "")] = self._within
        elif tag in ("input", "button", "select", "textarea"):
            self._field(tag, given)
        elif tag == "option" and self._select is not None:
            self._option(self._select, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._within = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            name, *words = self._area
            self._fields().append((name, "".join(words)))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)

    def _fields(self) -> list[tuple[str, str]]:
        return self._within.fields if self._within else []

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, value, kind = given.get("name", ""), given.get("value", ""), given.get("type", "")
        if tag == "select":
            self._select, self._first = name, True
        elif tag == "textarea":
            self._area = [name]
        elif tag == "button" or kind == "submit":
            self._put(given, (given.get("formaction", "").partition("#")[0], name, value))
        elif name and not (kind in ("radio", "checkbox") and "checked" not in given and name in dict(self._fields())):
            self._put(given, (name, value))

    def _option(self, name: str, given: dict[str, str]) -> None:
        """A select holds its first option, or else the one that is selected."""
        fields = self._fields()
        if "selected" in given or self._first:
            fields[:] = fields if self._first else fields[:-1]
            fields.append((name, given.get("value", "")))
            self._first = False

    def _put(self, given: dict[str, str], what: tuple[str, str, str] | tuple[str, str]) -> None:
        if "form" in given:
            self._late.append((given["form"], what))
        else:
            self._add(self._within, what)

    def _add(self, form: Form | None, what: tuple[str, str, str] | tuple[str, str]) -> None:
        if form is None:
            return
        if len(what) == 3:
            form.others.append((what[0] or form.action, what[1], what[2]))
        else:
            form.fields.append(what)

    def _watch(self, tag: str, given: dict[str, str]) -> None:
        """What a page of ours never holds: code or style within it, an address that is code, the stranger's mark."""
        self.runs += [f"<{tag} {name}>" for name in given if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.runs.append(f"<{tag}>")
        for name in ("href", "src", "action", "formaction"):
            if given.get(name, "").strip().lower().startswith(("javascript:", "vbscript:", "data:text")):
                self.runs.append(f"{name}={given[name][:40]}")
        if given.get("id") == MARK:
            self.runs.append(f"<{tag} id={MARK}>")


def encoded(fields: list[tuple[str, bytes]]) -> bytes:
    """Fields as a form sends them, bytes that are no text among them."""
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in fields).encode()


def path_of(link: str) -> str:
    """The path of a link on this site without its fragment; empty for a link elsewhere."""
    parts = urlsplit(link)
    return "" if parts.scheme or parts.netloc or not parts.path else unquote_plus(parts.path)
