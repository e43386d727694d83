// Suggestions in a search field: a list under it, by the arrow keys, Enter and Escape. The field keeps the focus, and Enter without a choice searches.

const pause = 120;
const svg = "http://www.w3.org/2000/svg";

let field = null, list = null, status = null, at = -1, timer, asked = null;

/** Makes a combobox of the field that was entered. */
export function offer(input) {
  if (field !== input) {
    close();
    field = input;
  }
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  if (status?.parentNode === field.parentNode) return;
  status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.after(status);
}

function close() {
  clearTimeout(timer);
  asked?.abort();
  list?.remove();
  list = null;
  at = -1;
  if (!field) return;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-controls");
  field.removeAttribute("aria-activedescendant");
  if (status) status.textContent = "";
}

function iconOf(name) {
  const icon = document.createElementNS(svg, "svg");
  icon.setAttribute("class", name === "check" ? "icon solved" : "icon");
  icon.setAttribute("aria-hidden", "true");
  icon.append(document.createElementNS(svg, "use"));
  icon.firstChild.setAttribute("href", `${field.dataset.icons}#${name}`);
  return icon;
}

function optionOf({ text, note, icon, url }, index) {
  const option = document.createElement("li");
  option.id = `suggested-${index}`;
  option.dataset.url = url;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.append(iconOf(icon), Object.assign(document.createElement("span"), { textContent: text, dir: "auto" }));
  if (note) option.append(Object.assign(document.createElement("small"), { textContent: note }));
  return option;
}

function show({ items, says }) {
  close();
  if (items.length === 0) return;
  list = document.createElement("ul");
  list.className = "suggestions card";
  list.id = "suggested";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggests);
  list.append(...items.map(optionOf));
  // The field is not left by a press on what belongs to it.
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("click", event => go(event.target.closest("[role=option]")));
  status.after(list);
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-controls", list.id);
  status.textContent = says;
}

function select(next) {
  const options = [...list.children];
  // One step beyond the last, and before the first, is what was typed.
  at = next < -1 ? options.length - 1 : next >= options.length ? -1 : next;
  options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
  if (at < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", options[at].id);
  options[at].scrollIntoView({ block: "nearest" });
}

function go(option) {
  if (!option) return;
  close();
  location.assign(option.dataset.url);
}

async function suggest() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked, mine = field;
  const answer = await fetch(`/x/suggest?q=${encodeURIComponent(field.value)}`, { signal }).catch(() => null);
  const found = answer?.ok ? await answer.json().catch(() => null) : null;
  if (signal.aborted || mine !== field || document.activeElement !== field) return;
  if (found) show(found);
  else close();
}

document.addEventListener("input", event => {
  if (event.target !== field) return;
  clearTimeout(timer);
  if (!field.value.trim()) return close();
  timer = setTimeout(suggest, pause);
});

document.addEventListener("keydown", event => {
  if (event.target !== field || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter") {
    const chosen = list?.children[at];
    if (!chosen) return close();
    event.preventDefault();
    go(chosen);
  } else if (!list) {
    return;
  } else if (step) {
    event.preventDefault();
    select(at + step);
  } else if (event.key === "Escape") {
    // The list goes first; what was typed stays.
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}, true);

document.addEventListener("focusout", event => { if (event.target === field) close(); });
