/* My stay: rows added in place, a calendar to click the days on, a link that carries the case behind its #.
   Without this script the same form works by its buttons. */
"use strict";

const form = document.getElementById("case");
const part = (name) => document.querySelector(`[data-${name}]`);

/* --- a link that carries the case: behind the #, which no browser sends to a server --- */

const CASE = "#case=";
const FIELD = /^(citizenship|on|entry|exit|paper|paper_first|paper_last|plan_entry|plan_exit|fact\.[a-z0-9_.]+)$/;

function written(pairs) {
  const bytes = new TextEncoder().encode(JSON.stringify(pairs));
  const base = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return base.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function read(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const pairs = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  const fits = (pair) => Array.isArray(pair) && pair.length === 2 && FIELD.test(pair[0]) && typeof pair[1] === "string";
  if (!Array.isArray(pairs) || pairs.length > 400 || !pairs.every(fits)) throw new Error("no case");
  return pairs;
}

function openLink() {
  if (!location.hash.startsWith(CASE)) return;
  let pairs;
  try {
    pairs = read(location.hash.slice(CASE.length));
  } catch {
    part("broken").hidden = false;
    part("broken").focus();
    return;
  }
  const sent = document.createElement("form");
  sent.method = "post";
  sent.action = form.action;
  sent.hidden = true;
  for (const [name, value] of pairs) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    sent.append(field);
  }
  document.body.append(sent);
  history.replaceState(null, "", location.pathname);
  sent.submit();
}

function offerLink() {
  const linking = part("linking");
  if (!linking) return;
  linking.hidden = false;
  part("copy").addEventListener("click", async () => {
    const pairs = [...new FormData(linking.closest("form"))];
    const field = document.createElement("input");
    field.readOnly = true;
    field.setAttribute("aria-label", linking.dataset.ready);
    field.value = `${form.action.split("#")[0]}${CASE}${written(pairs)}`;
    let said = linking.dataset.copied;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      said = linking.dataset.ready;
    }
    part("link-says").replaceChildren(said, " ", field);
    field.focus();
    field.select();
  });
}

/* --- rows --- */

const rowsOf = (kind) => [...part(`rows="${kind}"`).children];

function numbered(rows) {
  rows.forEach((row, place) => {
    const number = String(place + 1);
    row.querySelector(".number").textContent = number;
    row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+/, number));
    for (const field of row.querySelectorAll("[id]")) field.id = field.id.replace(/\d+$/, number);
    const remove = row.querySelector(".remove");
    if (remove) remove.setAttribute("aria-label", `${form.dataset.remove}: ${row.getAttribute("aria-label")}`);
  });
}

function emptied(row) {
  for (const field of row.querySelectorAll("input, select")) {
    field.value = "";
    field.removeAttribute("aria-invalid");
  }
  return row;
}

function addRow(kind) {
  const rows = rowsOf(kind);
  const row = emptied(rows.at(-1).cloneNode(true));
  rows.at(-1).after(row);
  numbered(rowsOf(kind));
  return row;
}

function removable(row) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "remove";
  button.textContent = "×";
  row.append(button);
}

function removeRow(row) {
  const rows = row.parentElement;
  if (rows.children.length === 1) emptied(row);
  else row.remove();
  numbered([...rows.children]);
  (rows.lastElementChild.querySelector("select, input") ?? form).focus();
  mark();
}

function useRows() {
  for (const rows of document.querySelectorAll("[data-rows]")) {
    [...rows.children].forEach(removable);
    numbered([...rows.children]);
    rows.addEventListener("click", (event) => {
      if (event.target.matches(".remove")) removeRow(event.target.closest("[role=group]"));
    });
  }
  for (const button of document.querySelectorAll("[data-add]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      addRow(button.dataset.add).querySelector("select, input").focus();
    });
  }
}

/* --- the calendar: months of buttons, one of which the Tab key reaches; arrows go from day to day --- */

const DAY = 86_400_000;
const clicking = part("clicking");
const months = part("months");
const named = new Map(clicking.dataset.monthsNamed.split("\n").map((line) => [line.slice(0, 7), line.split("|")]));
const time = (iso) => Date.parse(`${iso}T00:00Z`);
const iso = (moment) => new Date(moment).toISOString().slice(0, 10);
const button = (day) => months.querySelector(`[data-day="${day}"]`);
const long = (day) => (named.get(day.slice(0, 7))?.[2] ?? day).replace("{d}", String(Number(day.slice(8))));
let pending = null;

function made(name, words = "") {
  const element = document.createElement(name);
  element.textContent = words;
  return element;
}

function monthTable(month) {
  const table = made("table");
  table.append(made("caption", named.get(month)[1]));
  const head = table.createTHead().insertRow();
  for (const name of clicking.dataset.weekdays.split("\n")) {
    const cell = made("th", name);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  const first = time(`${month}-01`);
  let row = body.insertRow();
  for (let skipped = (new Date(first).getUTCDay() + 6) % 7; skipped > 0; skipped -= 1) row.insertCell();
  for (let day = first; iso(day).startsWith(month); day += DAY) {
    if (row.cells.length === 7) row = body.insertRow();
    const cell = row.insertCell();
    if (clicking.dataset.first <= iso(day) && iso(day) <= clicking.dataset.last) cell.append(dayButton(day));
  }
  return table;
}

function dayButton(day) {
  const shown = made("button", String(new Date(day).getUTCDate()));
  shown.type = "button";
  shown.tabIndex = -1;
  shown.dataset.day = iso(day);
  return shown;
}

function drawMonths() {
  months.append(...[...named.keys()].map(monthTable));
  const current = button(clicking.dataset.today);
  current.setAttribute("aria-current", "date");
  current.tabIndex = 0;
  months.scrollLeft = current.closest("table").offsetLeft - months.offsetLeft - 40;
  part("says").textContent = clicking.dataset.free;
  mark();
}

function trips() {
  return rowsOf("trip").map((row) => {
    const [entry, exit] = [...row.querySelectorAll("input")].map((field) => time(field.value));
    const end = Number.isNaN(exit) ? Math.max(entry, time(clicking.dataset.today)) : exit;
    return { entry, exit, end };
  });
}

function mark() {
  if (!months.children.length) return;
  const given = trips();
  for (const day of months.querySelectorAll("button")) {
    const moment = time(day.dataset.day);
    const inside = given.some((trip) => trip.entry <= moment && moment <= trip.end);
    day.classList.toggle("inside", inside);
    day.classList.toggle("end", given.some((trip) => trip.entry === moment || trip.exit === moment));
    day.setAttribute("aria-label", long(day.dataset.day) + (inside ? `, ${clicking.dataset.inside}` : ""));
  }
}

const isEmpty = (row) => [...row.querySelectorAll("input")].every((field) => !field.value);

function choose(day) {
  stopAt(button(day));
  if (pending?.isConnected && pending.querySelector("[name=entry]").value) {
    const [entry, exit] = pending.querySelectorAll("input");
    [entry.value, exit.value] = [entry.value, day].sort();
    const said = clicking.dataset.done.replace("{first}", long(entry.value)).replace("{last}", long(exit.value));
    part("says").textContent = said;
    pending = null;
  } else {
    pending = rowsOf("trip").find(isEmpty) ?? addRow("trip");
    pending.querySelector("[name=entry]").value = day;
    part("says").textContent = clicking.dataset.entered.replace("{day}", long(day));
  }
  mark();
}

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 };

function walk(event) {
  const step = STEPS[event.key];
  if (!step || !event.target.dataset.day) return;
  event.preventDefault();
  const next = button(iso(time(event.target.dataset.day) + step * DAY));
  if (!next) return;
  stopAt(next);
  next.focus();
}

function stopAt(next) {
  for (const day of months.querySelectorAll("[tabindex='0']")) day.tabIndex = -1;
  next.tabIndex = 0;
}

function useCalendar() {
  clicking.hidden = false;
  clicking.addEventListener("toggle", () => clicking.open && !months.children.length && drawMonths());
  months.addEventListener("keydown", walk);
  months.addEventListener("click", (event) => event.target.dataset.day && choose(event.target.dataset.day));
  form.addEventListener("input", mark);
}

useRows();
useCalendar();
offerLink();
openLink();
addEventListener("hashchange", openLink);
