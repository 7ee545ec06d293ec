// Looks again at a run while it waits or is at work, so that nobody has to. Without this script a link does the same.
"use strict";

const EACH = 1500;

async function look() {
  const shown = document.getElementById("job");
  if (!["waiting", "at_work"].includes(shown.dataset.state)) return;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("job");
    if (now.dataset.state === shown.dataset.state) {
      document.getElementById("progress").replaceWith(page.getElementById("progress"));
    } else {
      renew(shown, now);
    }
  } catch {
    // The server is away for a moment: look again.
  }
  setTimeout(look, EACH);
}

// The sentence stays where it is, so that a reader who listens hears it change.
function renew(shown, now) {
  const state = shown.querySelector("#state");
  const told = now.querySelector("#state");
  state.textContent = told.textContent;
  told.remove();
  shown.replaceChildren(state, ...now.childNodes);
  shown.dataset.state = now.dataset.state;
}

setTimeout(look, EACH);
