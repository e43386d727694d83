// What happens in a topic comes into the page that is open: each part that says its state is replaced by what the server shows now, where
// that is another. Nothing is touched in which the reader is about to do something, and never what they write.

// A topic in which much happens is not fetched more often than this by each of its readers.
const between = 5000;
const soon = 300;
let watcher, timer, missed, last = 0;

const here = () => document.querySelector("main[data-reading]");
const newsOf = main => main.querySelector(".news");

// An open menu, opened replies, a focused button: the next change finds it free.
const isInUse = part => part.contains(document.activeElement) || part.querySelector("details.menu[open], .inside");

const isWriting = () => document.activeElement?.matches(".composer *") || !getSelection().isCollapsed;

// Asks for nothing that another site may have put into the address: the answer is compressed, and its length would tell what it holds of that.
function address() {
  const asked = new URLSearchParams(location.search);
  return location.pathname + "?" + new URLSearchParams(["page", "sort"].filter(name => asked.has(name)).map(name => [name, asked.get(name)]));
}

async function fetchFresh() {
  const answer = await fetch(address(), { headers: { Accept: "text/html" } }).catch(() => null);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main[data-reading]") : null;
}

async function refresh(asked) {
  clearTimeout(timer);
  timer = undefined;
  const main = here();
  missed = document.hidden;
  if (!main || missed) return [];
  last = Date.now();
  const fresh = await fetchFresh();
  if (!fresh || main !== here() || fresh.dataset.reading !== main.dataset.reading) return [];
  if (replaceParts(main, fresh)) later();
  const came = asked || !isWriting() ? addReplies(main, fresh) : [];
  newsOf(main).hidden = isWhole(main, fresh);
  document.dispatchEvent(new Event("forum:changed"));
  return came;
}

// Gives whether something was left for later.
function replaceParts(main, fresh) {
  let left = false;
  if (!fresh.querySelector("#solution")) main.querySelector("#solution")?.remove();
  for (const part of fresh.querySelectorAll("[data-state][id]")) {
    const old = main.querySelector(`#${part.id}`);
    if (!old && part.id === "solution") main.querySelector(".replies-head").before(part.cloneNode(true));
    if (!old || old.dataset.state === part.dataset.state) continue;
    if (isInUse(old)) left = true;
    else old.replaceWith(part.cloneNode(true));
  }
  return left;
}

// New replies stand at the end of a page as long as it holds them; the way to those beyond is shown.
function addReplies(main, fresh) {
  const came = [...fresh.querySelectorAll(".replies > article")].filter(post => !main.querySelector(`#${post.id}`));
  if (came.length === 0) return came;
  if (!main.querySelector(".replies")) main.querySelector(".no-reply")?.replaceWith(Object.assign(document.createElement("div"), { className: "card replies" }));
  main.querySelector(".replies")?.append(...came);
  main.dataset.last = fresh.dataset.last;
  return came;
}

const isWhole = (main, fresh) => fresh.dataset.end === "" && [...fresh.querySelectorAll(".replies > article")].every(post => main.querySelector(`#${post.id}`));

function later() {
  timer ??= setTimeout(refresh, Math.max(between - (Date.now() - last), soon) + Math.random() * soon);
}

// A restarted server does not know the connection any more, and some networks let none through. The page asks now and then instead of being
// told, and loses nothing by it.
const pause = 30000, patience = 15000;
let connection, asking, expecting;

function askInstead() {
  if (asking) return;
  asking = setInterval(later, pause);
  later();
}

function lose() {
  if (!connection.classList.contains("components-reconnect-rejected")) return;
  connection.className = "";
  askInstead();
}

export function listen() {
  watcher?.disconnect();
  clearTimeout(expecting);
  if (!connection && (connection = document.getElementById("components-reconnect-modal"))) new MutationObserver(lose).observe(connection, { attributeFilter: ["class"] });
  const news = here() && newsOf(here());
  if (!news) return;
  expecting = setTimeout(() => { if (!news.querySelector("[data-changes]")) askInstead(); }, patience);
  watcher = new MutationObserver(() => { if (news.querySelector("a, [data-changes]:not([data-changes='0'])")) later(); });
  watcher.observe(news, { childList: true, subtree: true, characterData: true, attributeFilter: ["data-changes"] });
}

document.addEventListener("visibilitychange", () => { if (missed && !document.hidden) later(); });

// "N new replies · Show": they are shown where one is, if they stand on this page.
document.addEventListener("click", async event => {
  const link = event.target.closest?.("main[data-reading] .news a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const [came] = await refresh(true);
  // It may have come by itself in the same moment.
  const first = came ?? document.getElementById(`post-${link.pathname.split("/").pop()}`);
  if (!first) return location.assign(link.href);
  first.tabIndex = -1;
  first.focus();
}, true);
