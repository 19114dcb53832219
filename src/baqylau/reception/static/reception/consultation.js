// The screen works without this file; with it a consultation needs the keyboard alone.
const form = document.querySelector("form[data-consult]");
const WAIT = 120; // ms after the last letter before services are looked for
const KEEP = 3000; // ms after a touch before the draft is kept
const PATIENCE = 8000; // ms that the network may take
const FEWEST = 3; // letters
const query = form.elements.query;
const hits = document.getElementById("hits");
const card = document.getElementById("card");
const words = form.querySelector("[data-say]");
const save = form.querySelector("[data-save]");
let looking = 0;
let asked = "";
let found = Promise.resolve();
let keeping = 0;
let kept = state();

const chosen = (name) => form.querySelector(`input[name=${name}]:checked`);
const letters = (text) => [...text].filter((sign) => /\p{L}/u.test(sign)).length;
const isChoice = (element) => element.type === "radio";

function state() {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString();
}

async function piece(address, values) {
  const answer = await fetch(`${address}?${new URLSearchParams(values)}`);
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  return answer.text();
}

// Services, as they are typed
function look() {
  clearTimeout(looking);
  const text = query.value.trim();
  if (letters(text) < FEWEST || text === asked) return found;
  asked = text;
  const service = chosen("service")?.value ?? "";
  found = piece(form.dataset.hits, { q: text, service: service === "-" ? "" : service }).then((html) => {
    if (asked !== text) return found;
    hits.innerHTML = html;
    hits.classList.remove("picked");
  }, () => { asked = ""; });
  return found;
}

async function show() {
  const service = chosen("service")?.value ?? "";
  try {
    card.innerHTML = await piece(form.dataset.card, { service, language: chosen("language")?.value ?? "" });
    open();
  } catch { say("lost"); }
}

function open() {
  const part = card.querySelector(`[data-part="${chosen("part")?.value}"]`);
  const title = card.querySelector("h2");
  const top = part ? part.getBoundingClientRect().top - card.getBoundingClientRect().top : 0;
  card.scrollTop = chosen("part")?.value === "answer" || !part ? 0 : card.scrollTop + top - (title?.offsetHeight ?? 0) - 8;
}

function pick(radio) {
  radio.checked = true;
  hits.classList.add("picked");
  show();
}

// The next field: Enter leads through them
function onward(from) {
  const group = (name) => chosen(name) ?? form.querySelector(`input[name=${name}]`);
  const ways = {
    language: query, channel: query, room: query, service: () => group("part"),
    part: form.elements.answer, kind: form.elements.answer, result: save,
  };
  const target = ways[from.name];
  if (!target) return false;
  (typeof target === "function" ? target() : target).focus();
  return true;
}

// The focus goes on at once, so that nothing typed meanwhile lands in the wrong field.
function enter() {
  if (!query.value.trim()) return onward({ name: "service" });
  if (letters(query.value) < FEWEST) return;
  const old = asked;
  const looked = look();
  if (asked === old && hits.classList.contains("picked")) return onward({ name: "service" });
  onward({ name: "service" });
  looked.then(() => {
    const first = hits.querySelector("input:checked") ?? hits.querySelector("input");
    if (first) pick(first);
    else query.focus();
  });
}

// The draft
function say(what) {
  if (words) words.textContent = what ? words.dataset[what] : "";
}

async function keep() {
  clearTimeout(keeping);
  keeping = 0;
  const now = state();
  if (!form.elements.key || now === kept) return true;
  // The page is being locked: its lock keeps the text, and the locked desk would keep it twice.
  if (form.closest("main").hidden && !document.body.hasAttribute("data-quiet-on")) return false;
  const body = new FormData(form);
  body.set("do", "keep");
  try {
    const answer = await fetch(location.href, {
      method: "POST", body, headers: { "X-Baqylau-Keep": "1" }, signal: AbortSignal.timeout(PATIENCE), keepalive: true,
    });
    if (answer.redirected && !new URL(answer.url).pathname.startsWith("/desk/reception/")) return say("locked"), false;
    if (answer.status === 403) return say("locked"), false;
    if (!answer.ok) return say("lost"), false;
    kept = now;
    say("kept");
    return true;
  } catch {
    say("lost");
    return false;
  }
}

async function send() {
  kept = "";
  if (await keep()) form.requestSubmit(save);
}

function byDigit(event) {
  const place = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (!place || !isChoice(event.target)) return false;
  const group = [...form.querySelectorAll(`input[name="${event.target.name}"]`)];
  const radio = group[Number(place[1]) - 1];
  if (!radio) return false;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function pressed(event) {
  const { target, key } = event;
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) { if (form.elements.key) send(); else form.requestSubmit(save); return true; }
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (key === "F8") { form.querySelector("[data-on=F8]")?.click(); return true; }
  if (key === "F9") { pick(form.querySelector("[data-unlisted]")); form.elements.answer.focus(); return true; }
  if (target === query && key === "Enter") { enter(); return true; }
  if (target === query && key === "ArrowDown") {
    const first = hits.querySelector("input");
    if (first) { first.focus(); first.checked = true; show(); }
    return Boolean(first);
  }
  if (key === "Enter" && isChoice(target)) {
    if (target.name === "service") pick(target);
    return onward(target);
  }
  if (key === "Enter" && target.name === "room") return onward(target);
  return byDigit(event);
}

form.addEventListener("keydown", (event) => { if (pressed(event)) event.preventDefault(); });
document.addEventListener("keydown", (event) => {
  if (!form.contains(event.target) && /^F[89]$|^Enter$/.test(event.key) && (event.key !== "Enter" || event.ctrlKey) && pressed(event))
    event.preventDefault();
});
form.addEventListener("input", (event) => {
  if (event.target === query) {
    clearTimeout(looking);
    looking = setTimeout(look, WAIT);
  }
  // Not put off by every letter: who writes on without a pause is kept too.
  keeping ||= setTimeout(keep, KEEP);
});
form.addEventListener("change", ({ target }) => {
  if (target.name === "service" || target.name === "language") show();
  if (target.name === "part") open();
});
form.addEventListener("focusout", () => {
  if (state() === kept) return;
  clearTimeout(keeping);
  keeping = setTimeout(keep, 300);
});
document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
form.addEventListener("submit", () => clearTimeout(keeping));

// A second tab with the same draft: the first one keeps what it has, the second one fetches it
const token = form.elements.key?.value;
const tabs = token ? new BroadcastChannel("consultation") : null;
function tell(what) { tabs?.postMessage({ token, what }); }
tabs?.addEventListener("message", async ({ data }) => {
  if (data.token !== token) return;
  if (data.what === "opened") {
    const isBehind = state() !== kept;
    if (!isBehind || await keep()) tell(isBehind ? "kept" : "here");
  } else if (data.what === "kept" && "fresh" in form.dataset && state() === kept) {
    location.reload();
    return;
  }
  say("twice");
});
tell("opened");
open();
