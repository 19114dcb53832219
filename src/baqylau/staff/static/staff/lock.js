// Locks the desk when nobody has touched it, keeps what was typed, and fills it in again.
const form = document.querySelector("form[data-lock]");
const limit = Number(form?.dataset.lock ?? 0) * 1000;
const PING = 20_000; // ms between two notes to the server that somebody is typing
const SOON = 60_000; // ms before the lock at which a text that is not kept is told of
const SECRET = /pass|pin|code|secret|token|credential/i;
let touchedAt = Date.now();
let toldAt = Date.now();
let isLocking = false;

const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
const post = (address, body) =>
  fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "follow" });

const isChanged = (each) => [...each.elements].some((field) =>
  field.type === "checkbox" || field.type === "radio"
    ? field.checked !== field.defaultChecked
    : field.options
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : "defaultValue" in field && field.value !== field.defaultValue);

function typed() {
  const pairs = [];
  for (const each of document.querySelectorAll("main form[method=post]:not([data-sealed])")) {
    if (!isChanged(each)) continue;
    for (const [name, value] of new FormData(each))
      if (typeof value === "string" && !name.startsWith("csrf") && !SECRET.test(name) &&
        each.elements[name]?.type !== "password") pairs.push([name, value]);
  }
  return pairs;
}

async function lock() {
  if (isLocking) return;
  isLocking = true;
  const body = new URLSearchParams({
    next: location.pathname + location.search, fields: JSON.stringify(typed()),
  });
  const main = document.querySelector("main");
  main.hidden = true; // seen by nobody while the network is slow; lost by nobody if it is down
  try {
    const answer = await post(form.action, body);
    if (!answer.ok) throw new Error(answer.statusText);
    location.replace(answer.url);
  } catch {
    isLocking = false;
    setTimeout(lock, 5000);
  }
}

// What is sealed by its page alone goes with it: whoever typed there is told a minute before.
function warn() {
  const isSoon = Date.now() - touchedAt > limit - Math.min(SOON, limit / 2);
  const said = document.querySelector("main > .soon");
  if (!isSoon) return said?.remove();
  if (said || ![...document.querySelectorAll("form[data-sealed]")].some((each) =>
    each.hasAttribute("data-carried") || isChanged(each))) return;
  const words = document.createElement("p");
  words.className = "notice warning soon";
  words.setAttribute("role", "alert");
  words.textContent = form.dataset.soon;
  document.querySelector("main").prepend(words);
}

function touch() {
  const now = Date.now();
  if (now - touchedAt > limit) return lock();
  touchedAt = now;
  warn();
  if (now - toldAt > PING) {
    toldAt = now;
    post(form.dataset.present).then((answer) => answer.ok && !answer.redirected || lock(), () => {});
  }
}

async function fill(number) {
  const answer = await fetch(`${form.dataset.kept}${number}/`);
  if (!answer.ok) return;
  const { fields } = await answer.json();
  const names = new Set(fields.map(([name]) => name));
  const target = [...document.querySelectorAll("main form[method=post]")].find((each) =>
    [...each.elements].some((field) => names.has(field.name)));
  if (!target) return location.replace(form.dataset.kept);
  const left = [...fields];
  for (const field of target.elements) {
    if (!field.name || field.type === "hidden" || field.type === "password") continue;
    const same = left.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = same.includes(field.value);
    else if (field.multiple && field.options)
      for (const option of field.options) option.selected = same.includes(option.value);
    else if (same.length) {
      field.value = same[0];
      left.splice(left.findIndex(([name, value]) => name === field.name && value === same[0]), 1);
    }
  }
  history.replaceState(null, "", location.pathname + location.search);
  await post(`${form.dataset.kept}${number}/drop/`);
}

if (form) {
  for (const event of ["keydown", "pointerdown", "input", "scroll"])
    document.addEventListener(event, touch, { passive: true });
  setInterval(() => (Date.now() - touchedAt > limit ? lock() : warn()), 1000);
  form.addEventListener("submit", (event) => { event.preventDefault(); lock(); });
  const kept = /^#kept-(\d+)$/.exec(location.hash);
  if (kept) fill(kept[1]);
}
