// Names while one types: a list under the field, by arrow keys, Enter and Escape; the field keeps the focus.

let open = null;

const asks = { at: 0 };

async function fetchList(path, query) {
  const mine = ++asks.at;
  const answer = await fetch(`${path}?q=${encodeURIComponent(query)}`).catch(() => null);
  const list = answer?.ok ? await answer.json() : [];
  return mine === asks.at ? list : null;
}

function close() {
  if (!open) return;
  open.list.remove();
  open.field.removeAttribute("aria-activedescendant");
  open.field.removeAttribute("aria-controls");
  open = null;
}

function select(at) {
  const options = [...open.list.children];
  open.at = (at + options.length) % options.length;
  options.forEach((o, i) => o.setAttribute("aria-selected", String(i === open.at)));
  open.field.setAttribute("aria-activedescendant", options[open.at].id);
  options[open.at].scrollIntoView({ block: "nearest" });
}

function show(field, entries, take) {
  close();
  if (entries.length === 0) return;
  const list = document.createElement("ul");
  list.className = "suggestions card";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggests);
  for (const [index, [value, words]] of entries.entries()) {
    const option = document.createElement("li");
    option.id = `suggestion-${index}`;
    option.setAttribute("role", "option");
    option.append(Object.assign(document.createElement("b"), { textContent: value }));
    if (words) option.append(" ", Object.assign(document.createElement("bdi"), { textContent: words }));
    option.addEventListener("pointerdown", event => {
      event.preventDefault();
      take(value);
      close();
    });
    list.append(option);
  }
  field.insertAdjacentElement("afterend", list);
  field.setAttribute("aria-controls", "suggestions");
  open = { field, list, take, entries, at: 0 };
  select(0);
}

document.addEventListener("keydown", event => {
  if (!open || event.target !== open.field) return;
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (move) {
    event.preventDefault();
    select(open.at + move);
  } else if (event.key === "Enter" || event.key === "Tab") {
    event.preventDefault();
    event.stopImmediatePropagation();
    open.take(open.entries[open.at][0]);
    close();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    close();
  }
}, true);

document.addEventListener("focusout", event => { if (event.target === open?.field) close(); });

function put(field, from, text) {
  field.setSelectionRange(from, field.selectionEnd);
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, from, field.selectionEnd, "end");
}

export const suggest = {
  async mention(area) {
    const found = /(^|[\s(>*_])@([A-Za-z0-9][\w-]{0,19})$/.exec(area.value.slice(0, area.selectionEnd));
    if (!found) return close();
    const list = await fetchList("/x/mentions", found[2]);
    if (list === null || document.activeElement !== area) return;
    show(area, list.map(m => [m.handle, m.displayName]), handle => put(area, area.selectionEnd - found[2].length, `${handle} `));
  },

  async tag(field) {
    const word = /([^\s,]+)$/.exec(field.value.slice(0, field.selectionEnd))?.[1];
    if (!word) return close();
    const list = await fetchList("/x/tags", word);
    if (list === null || document.activeElement !== field) return;
    show(field, list.filter(t => t !== word).map(t => [t]), tag => put(field, field.selectionEnd - word.length, `${tag} `));
  },
};
