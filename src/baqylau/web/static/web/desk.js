// The desk works without this file; it only makes the keyboard quicker.
import { hide, isHidden, show } from "./quiet.js";

const TWICE = 600; // ms between two presses of Esc
const GO = 1500; // ms between g and its letter
const dialog = document.getElementById("keys");
let escapedAt = -TWICE;
let wentAt = -GO;

const isTyping = (element) =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

const lists = () => [...document.querySelectorAll("[data-list] > tbody > tr, ul[data-list] > li, ol[data-list] > li")];

function move(step) {
  const rows = lists();
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.classList.contains("here"));
  const next = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  rows[here]?.classList.remove("here");
  next.classList.add("here");
  (next.querySelector("a[href]") ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

const moves = {
  "?": () => dialog?.showModal(),
  "/": () => document.querySelector("main input[type=search], #find")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  g: () => { wentAt = performance.now(); },
};

function go(letter) {
  const link = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === letter);
  link?.click();
  return Boolean(link);
}

function toggle(event) {
  event.preventDefault();
  if (isHidden()) show();
  else hide();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "F2") return toggle(event);
  if (event.key === "Escape") {
    const now = performance.now();
    document.querySelector(".more details[open]")?.removeAttribute("open");
    if (now - escapedAt < TWICE) { escapedAt = -TWICE; return toggle(event); }
    escapedAt = now;
    return;
  }
  if (isHidden() || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  // By the key's place where the letter is Cyrillic: g is g on a Kazakh keyboard too.
  const letter = /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : event.key;
  const isGo = performance.now() - wentAt < GO;
  wentAt = -GO;
  if (isGo ? go(letter) : moves[letter] ?? moves[event.key]) {
    event.preventDefault();
    if (!isGo) (moves[letter] ?? moves[event.key])();
  }
});

document.querySelector("[data-keys]")?.addEventListener("click", (event) => {
  event.preventDefault();
  dialog?.showModal();
});
document.addEventListener("click", (event) => {
  const open = document.querySelector(".more details[open]");
  if (open && !open.contains(event.target)) open.removeAttribute("open");
});
document.querySelector("[data-quiet]")?.addEventListener("click", toggle);
document.querySelector(".summary")?.focus();
