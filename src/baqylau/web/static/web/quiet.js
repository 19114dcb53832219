// The harmless screen. At the desk it covers the page at once and keeps what was typed; on its own
// page it only listens for the keys that lead back.
const page = document.getElementById("quiet");
let title = "";
let address = "";
let frame = "";
let covered = [];

export const isHidden = () => document.body.hasAttribute("data-quiet-on");

export function hide() {
  if (!page) return;
  document.querySelectorAll("dialog[open]").forEach((each) => each.close());
  covered = [...document.body.children].filter((each) => !each.hidden);
  for (const each of covered) each.hidden = true;
  frame = document.body.className;
  document.body.className = "";
  document.body.append(page.content.cloneNode(true));
  document.body.setAttribute("data-quiet-on", "");
  title = document.title;
  address = location.href;
  document.title = page.dataset.title;
  history.replaceState(null, "", page.dataset.url);
  document.dispatchEvent(new Event("quiet"));
}

export function show() {
  for (const each of [...document.body.children]) if (!each.hidden) each.remove();
  for (const each of covered) each.hidden = false;
  document.body.className = frame;
  document.body.removeAttribute("data-quiet-on");
  document.title = title;
  history.replaceState(null, "", address);
}

if (!page) {
  let escapedAt = -600;
  document.addEventListener("keydown", (event) => {
    const now = performance.now();
    const isTwice = event.key === "Escape" && now - escapedAt < 600;
    if (event.key === "Escape") escapedAt = now;
    if (isTwice || event.key === "F2") location.assign("?back");
  });
}
