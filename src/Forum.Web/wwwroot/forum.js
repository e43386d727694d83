// Small comforts on top of pages that work without them. Everything may run again and again: Blazor patches the page
// after an enhanced navigation, and what it patched is simply looked at anew.

const month = 30 * 86400;
const units = [["day", 86400], ["hour", 3600], ["minute", 60]];
const written = new WeakMap();

// A recent time reads "2 hours ago"; what is older than a month stays a date. The title has date and hour where the reader is.
function tellTime(time, words, titles, now) {
  const text = time.firstChild;
  if (!text || text.nodeType !== Node.TEXT_NODE || time.childNodes.length > 1) return;
  const moment = Date.parse(time.dateTime);
  if (Number.isNaN(moment)) return;

  const last = written.get(time);
  const absolute = last && last.shown === text.data && last.moment === moment ? last.absolute : text.data;
  const seconds = Math.round((moment - now) / 1000);
  const shown = Math.abs(seconds) < month ? relative(seconds, words) : absolute;

  // A patched page may have lost the title together with the words.
  if (!time.title) time.title = titles.format(moment);
  if (text.data !== shown) text.data = shown;
  written.set(time, { shown, moment, absolute });
}

function relative(seconds, words) {
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  return words.format(0, "second");
}

function tellTimes() {
  const language = document.documentElement.lang || undefined;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const titles = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const now = Date.now();
  document.querySelectorAll("time[datetime]").forEach(time => tellTime(time, words, titles, now));
}

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach(menu => {
    if (!menu.contains(except)) menu.open = false;
  });
}

document.addEventListener("click", event => closeMenus(event.target));

document.addEventListener("keydown", event => {
  if (event.key === "Escape") {
    const menu = event.target.closest?.("details.menu[open]") ?? document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }

  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing && event.target.matches?.(".composer textarea")) {
    const form = event.target.form;
    const post = form?.querySelector("button.primary");
    if (!post || post.disabled) return;
    event.preventDefault();
    form.requestSubmit(post);
  }
});

// Whoever follows a link to the accepted reply in its thread came to read it there.
function openTarget() {
  const post = document.getElementById(location.hash.slice(1));
  const solution = post?.querySelector(":scope > details.solution-in-thread");
  if (solution) solution.open = true;
}

// The address of a post leads over a redirect, in which an enhanced navigation loses the place on the page.
const permalink = /^\/t\/(\d+)\/[^/]+\/(-?\d+)$/;

// Not one that asks for another tab or window.
const isPlain = click => !(click.button || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey);

const topicHere = () => /^\/t\/(\d+)\//.exec(location.pathname)?.[1];

document.addEventListener("click", event => {
  const link = event.target.closest?.("a[href]");
  const to = link?.origin === location.origin && permalink.exec(link.pathname);
  if (!to || !isPlain(event)) return;
  const from = link.dataset.back && link.closest("[id^=post-]")?.id.slice("post-".length);
  if (from) keepBack({ topic: to[1], post: to[2], from, words: link.dataset.back });
  const post = topicHere() === to[1] && document.getElementById(`post-${to[2]}`);
  if (!post) {
    link.dataset.enhanceNav = "false";
    return;
  }
  event.preventDefault();
  if (location.hash === `#${post.id}`) post.scrollIntoView();
  else location.hash = post.id;
}, true);

function keepBack(back) {
  try { sessionStorage.setItem("back", JSON.stringify(back)); } catch { /* Storage may be refused; the browser's own way back remains. */ }
}

function keptBack() {
  try { return JSON.parse(sessionStorage.getItem("back")); } catch { return null; }
}

// Whoever followed a reply to the post that it answers finds the way back there.
function offerBack() {
  document.querySelector(".way-back")?.remove();
  const back = keptBack();
  if (!back || back.topic !== topicHere() || location.hash !== `#post-${back.post}`) return;
  const link = Object.assign(document.createElement("a"), { className: "way-back", href: `/t/${back.topic}/-/${back.from}`, textContent: back.words });
  document.getElementById(`post-${back.post}`)?.querySelector(".who")?.append(link);
}

// What was written comes back with the whole page, at its place in the topic; looking at it does not leave the page.
document.addEventListener("submit", event => {
  const enhance = event.submitter?.dataset.enhance;
  if (enhance) event.target.dataset.enhance = enhance;
}, true);

// The buttons of a form may stand elsewhere in its post.
function rename(form) {
  const buttons = form.closest(".post").querySelectorAll(`[form="${form.id}"]`);
  form.id += "-inside";
  buttons.forEach(button => button.setAttribute("form", form.id));
}

// The replies to a post open under it, and close again.
document.addEventListener("click", async event => {
  const link = event.target.closest?.("a[data-replies-to]");
  const post = link?.closest(".post");
  if (!post || !isPlain(event)) return;
  event.preventDefault();
  const opens = link.ariaExpanded !== "true";
  link.ariaExpanded = String(opens);
  if (!opens) return post.querySelector(":scope > .inside")?.remove();
  const answer = await fetch(link.href).catch(() => null);
  const replies = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-replies]");
  if (!replies) return location.assign(link.href);
  // Closed again, or opened a second time, while they were on their way.
  if (link.ariaExpanded !== "true" || post.querySelector(":scope > .inside")) return;
  // Each of them stands on this page already, or may come to stand there, with an id of its own.
  replies.querySelectorAll("[id]").forEach(element => element.matches("form") ? rename(element) : element.removeAttribute("id"));
  replies.className = "inside";
  post.append(replies);
  tellTimes();
}, true);

// Visitors have no live connection: an open page asks now and then whether its topic has news.
async function lookForNews() {
  const place = document.querySelector("[data-news]");
  if (!place || document.hidden) return;
  const answer = await fetch(place.dataset.news).catch(() => null);
  if (answer?.status !== 200) return;
  const { text, address } = await answer.json();
  const link = place.querySelector("a") ?? place.appendChild(Object.assign(document.createElement("a"), { className: "btn primary" }));
  if (link.textContent !== text) link.textContent = text;
  link.href = address;
}

setInterval(lookForNews, 30_000);
document.addEventListener("visibilitychange", lookForNews);

// Keys of one letter move through what there is to read; what they do is fetched with the first of them. Whoever speaks to their machine, or
// hits keys by accident, switches them off.
const letters = ["j", "k", "o", "/", "?"];

// Where storage is refused, the choice lasts as long as the page.
let silent = false;

function areKeysOff() {
  try { return localStorage.getItem("keys") === "off"; } catch { return silent; }
}

document.addEventListener("keydown", async event => {
  if (!letters.includes(event.key) && !document.querySelector(`[data-key="${CSS.escape(event.key)}"], [data-key-page="${CSS.escape(event.key)}"]`) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.isContentEditable || event.target.closest?.("input, textarea, select, dialog") || areKeysOff()) return;
  const link = document.querySelector("a[data-keys]");
  if (!link) return;
  event.preventDefault();
  (await import(new URL(link.dataset.keys, document.baseURI))).press(event.key, link);
});

document.addEventListener("change", event => {
  if (!event.target.matches?.("[data-keys-switch]")) return;
  silent = !event.target.checked;
  try {
    if (silent) localStorage.setItem("keys", "off");
    else localStorage.removeItem("keys");
  } catch { /* The variable holds it. */ }
  showKeys();
});

function showKeys() {
  document.querySelectorAll("[data-keys-switch]").forEach(box => box.checked = !areKeysOff());
}

// What somebody may be about to look for is suggested while they type; fetched with the first search field that they enter.
document.addEventListener("focusin", async event => {
  const path = event.target.dataset?.suggest;
  if (path) (await import(new URL(path, document.baseURI))).offer(event.target);
});

// Writing has comforts of its own, fetched where somebody can write; and how far one reads is noted where there is something to read.
const modules = new Set();

async function fetchModules() {
  const { composer, module } = Object.assign({}, ...["[data-composer]", "[data-module]"].map(has => document.querySelector(has)?.dataset));
  for (const path of [composer, module]) if (path) modules.add(new URL(path, document.baseURI).href);
  // Those fetched before learn that the page is another one.
  for (const path of modules) (await import(path)).arrive();
}

// Where the browser can copy, there are buttons for it.
function offerCopies() {
  if (navigator.clipboard) document.querySelectorAll("button[data-copy][hidden]").forEach(button => button.hidden = false);
}

document.addEventListener("click", async event => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(new URL(button.dataset.copy, document.baseURI).href);
  const words = button.lastChild, before = words.data;
  words.data = button.dataset.copied;
  setTimeout(() => { words.data = before; }, 2000);
});

function arrive() {
  tellTimes();
  openTarget();
  offerBack();
  showKeys();
  offerCopies();
  fetchModules();
}

// Parts of the page are new.
document.addEventListener("forum:changed", () => {
  tellTimes();
  offerCopies();
});

arrive();
setInterval(tellTimes, 60_000);
addEventListener("hashchange", () => {
  openTarget();
  offerBack();
});
globalThis.Blazor?.addEventListener?.("enhancedload", () => {
  closeMenus(null);
  arrive();
  // Why a form was refused may stand above what is in view, since the page stays where it was scrolled to.
  document.querySelector("main [role=alert]")?.scrollIntoView({ block: "nearest" });
});
