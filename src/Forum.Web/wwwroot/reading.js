// How far a member reads: which posts stood in sight is told to the server every few seconds, and once more when the page is left.

import { listen } from "./live.js";

const between = 4000;
let place, token, posts = [], seen = 0, told = 0, timer, watcher;

function tell() {
  clearTimeout(timer);
  timer = undefined;
  if (!place || seen <= told) return;
  told = seen;
  fetch(place.dataset.reading, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Antiforgery": token },
    body: JSON.stringify({ number: seen }),
    keepalive: true,
  }).catch(() => { told = 0; });
}

function look(entries) {
  if (document.hidden) return;
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    // The last post of the page stands for those after it that nobody sees any more.
    const post = target.closest("article");
    seen = Math.max(seen, post === posts.at(-1) ? Number(place.dataset.last) : Number(post.id.slice("post-".length)));
  }
  if (seen > told) timer ??= setTimeout(tell, between);
}

function watch() {
  watcher?.disconnect();
  watcher = new IntersectionObserver(look);
  posts = [...place.querySelectorAll("article[id^=post-]")];
  // A post is read where it ends.
  for (const post of posts) watcher.observe(post.lastElementChild);
}

export function arrive() {
  const here = document.querySelector("[data-reading]");
  if (here?.dataset.reading !== place?.dataset.reading) {
    tell();
    seen = told = 0;
  }
  place = here;
  listen();
  token = document.querySelector("[name=__RequestVerificationToken]")?.value;
  if (place && token) watch();
  else watcher?.disconnect();
}

// Whoever puts a topic back among the unread ones has not read it.
document.addEventListener("submit", event => {
  if (!event.target.action.endsWith("/mark-unread")) return;
  clearTimeout(timer);
  timer = place = undefined;
  watcher?.disconnect();
}, true);

document.addEventListener("forum:changed", () => place && watch());
addEventListener("pagehide", tell);
document.addEventListener("visibilitychange", () => document.hidden ? tell() : place && watch());
