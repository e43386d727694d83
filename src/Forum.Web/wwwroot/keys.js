// What keys of one letter do: j and k go through what there is to read, o opens it, / searches, ? tells of them all.

const readable = "main :is(.topics, .results, .board-list, .drafts, .reviews) > li :is(h2, h3) > a:first-of-type, main :is(article[id^=post-], #solution), main .pager:not(.above) a[rel=next]";

const isPost = item => !item.matches("a");

// A row is where its link is.
const whole = item => item.closest("li") ?? item;

function step(by) {
  const items = [...document.querySelectorAll(readable)].filter(item => item.checkVisibility());
  const at = items.findLastIndex(item => whole(item).contains(document.activeElement));
  // Nothing is chosen yet: reading begins with what is in view.
  const first = items.findIndex(item => whole(item).getBoundingClientRect().top >= 0);
  const next = at >= 0 ? at + by : by > 0 ? first : first - 1;
  go(items[at < 0 && first < 0 ? items.length - 1 : next]);
}

function go(item) {
  if (!item) return;
  if (isPost(item)) {
    item.tabIndex = -1;
    item.addEventListener("blur", () => item.removeAttribute("tabindex"), { once: true });
  }
  item.focus({ preventScroll: true, focusVisible: true });
  const fits = whole(item).offsetHeight < innerHeight * .8;
  whole(item).scrollIntoView({ block: fits ? "nearest" : "start" });
}

function open(item) {
  if (!item?.matches(readable)) return;
  if (isPost(item)) item.querySelector(":scope > details > summary, .flagline a, .rank a:has(time)")?.click();
  else item.click();
}

function search() {
  const field = [...document.querySelectorAll("form[role=search] input[type=search]")].find(input => input.checkVisibility());
  if (field) field.select();
  else document.querySelector("a.to-search")?.click();
}

// The words come from the page that tells of the keys to whoever has no script.
async function explain(link) {
  const answer = await fetch(link.href).catch(() => null);
  const help = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-keys-help]");
  if (!help) return location.assign(link.href);
  if (document.querySelector("dialog[open]")) return;
  const dialog = document.body.appendChild(document.createElement("dialog"));
  dialog.ariaLabel = help.querySelector("h2").textContent;
  dialog.append(...help.children);
  dialog.querySelector("form").hidden = false;
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

document.addEventListener("keydown", event => {
  if (event.key === "Enter" && event.target.matches?.("article, #solution")) open(event.target);
});

// Where a row has deeds of its own, each has a letter.
function decide(key) {
  const deed = document.activeElement?.closest("main li:has([data-key])")?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`main [data-key-page="${key}"]`);
  if (deed?.matches("input")) deed.focus();
  else deed?.click();
}

export function press(key, link) {
  switch (key) {
    case "j": return step(1);
    case "k": return step(-1);
    case "o": return open(document.activeElement);
    case "/": return search();
    case "?": return explain(link);
    default: return decide(key);
  }
}
