// Comforts of writing. Without them the form posts, previews and keeps drafts by its buttons.
// All listeners are on the document: Blazor patches pages, and what it patched is simply looked at anew.

import { convert } from "./paste.js";
import { suggest } from "./suggest.js";

const betweenSaves = 5000;
const marks = { bold: ["**", "**"], italic: ["*", "*"], quote: "> ", list: "- ", steps: "1. " };

const composerOf = element => element?.closest?.("[data-composer]");
const formOf = composer => composer.closest("form");
const areaOf = composer => composer.querySelector("textarea");
const field = (form, name) => form.querySelector(`[name="Input.${name}"]`);

// ---- Requests ----

const token = form => form.querySelector("[name=__RequestVerificationToken]")?.value ?? "";

export const ask = (form, path, body, more = {}) => fetch(path, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-Antiforgery": token(form) },
  body: JSON.stringify(body),
  ...more,
});

// ---- Text: everything goes through the browser's own editing, so that Ctrl+Z takes it back ----

export function replace(area, from, to, text, select) {
  area.focus();
  area.setSelectionRange(from, to);
  const done = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!done) area.setRangeText(text, from, to, "end");
  if (select) area.setSelectionRange(from + select[0], from + select[1]);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

const selected = area => area.value.slice(area.selectionStart, area.selectionEnd);

function wrap(area, [before, after]) {
  const { selectionStart: from, selectionEnd: to } = area;
  const text = selected(area);
  const outside = area.value.slice(from - before.length, from) === before && area.value.slice(to, to + after.length) === after;
  if (outside) replace(area, from - before.length, to + after.length, text, [0, text.length]);
  else replace(area, from, to, before + text + after, [before.length, before.length + text.length]);
}

function prefix(area, mark) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = area.value.indexOf("\n", area.selectionEnd);
  const to = end < 0 ? area.value.length : end;
  const lines = area.value.slice(from, to).split("\n");
  const has = lines.every(line => line.startsWith(mark) || (mark === "1. " && /^\d+\. /.test(line)));
  const changed = lines.map((line, i) => has ? line.replace(mark === "1. " ? /^\d+\. / : mark, "") : (mark === "1. " ? `${i + 1}. ` : mark) + line).join("\n");
  replace(area, from, to, changed, [0, changed.length]);
  if (lines.length === 1) area.setSelectionRange(from + changed.length, from + changed.length);
}

function code(area) {
  const text = selected(area);
  if (!text.includes("\n")) return wrap(area, ["`", "`"]);
  replace(area, area.selectionStart, area.selectionEnd, `\`\`\`\n${text.replace(/\n$/, "")}\n\`\`\`\n`, [3, 3]);
}

function link(area) {
  const { selectionStart: from, selectionEnd: to } = area;
  const text = selected(area);
  if (/^https?:\/\/\S+$/.test(text)) replace(area, from, to, `[](${text})`, [1, 1]);
  else replace(area, from, to, `[${text}](https://)`, [text.length + 3, text.length + 11]);
}

function pick(composer) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.addEventListener("change", () => upload(composer, input.files));
  input.click();
}

function doTool(composer, name) {
  const area = areaOf(composer);
  if (name === "link") link(area);
  else if (name === "code") code(area);
  else if (name === "image") pick(composer);
  else if (name === "mention") replace(area, area.selectionStart, area.selectionEnd, /(^|\s)$/.test(area.value.slice(0, area.selectionStart)) ? "@" : " @");
  else if (Array.isArray(marks[name])) wrap(area, marks[name]);
  else prefix(area, marks[name]);
}

const keys = { b: "bold", i: "italic", e: "code", k: "link" };

// ---- Drafts: on this device at every pause, on the server every few seconds ----

const keyOf = composer => `draft:${composer.dataset.member || 0}:${composer.dataset.place}`;
const states = new WeakMap();
const stateOf = composer => states.get(areaOf(composer)) ?? states.set(areaOf(composer), { last: 0 }).get(areaOf(composer));

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function write(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // Storage may be full or refused; the server has the draft.
  }
}

const textOf = form => ({
  title: field(form, "Title")?.value ?? "",
  board: field(form, "Board")?.value ?? "",
  tags: field(form, "Tags")?.value ?? "",
  markdown: field(form, "Markdown").value,
  answers: answersOf(form),
  replyTo: Number(field(form, "ReplyTo")?.value) || null,
});

function answersOf(form) {
  const fields = [...form.querySelectorAll('[name^="Input.Answers["]')];
  return fields.length ? JSON.stringify(fields.map(f => f.value)) : null;
}

const isEmpty = text => !text.title && !text.markdown && !text.tags && !(text.answers && JSON.parse(text.answers).some(a => a));

function tell(composer, words) {
  const output = composer.querySelector("[data-draft-state]");
  if (output) output.textContent = words;
}

function changed(composer) {
  const state = stateOf(composer);
  state.dirty = true;
  clearTimeout(state.local);
  state.local = setTimeout(() => keepHere(composer), 250);
  if (composer.dataset.member) state.timer ??= setTimeout(() => save(composer), Math.max(400, state.last + betweenSaves - Date.now()));
}

function keepHere(composer) {
  const text = textOf(formOf(composer));
  const state = stateOf(composer);
  write(keyOf(composer), isEmpty(text) ? null : { ...text, version: versionOf(composer), dirty: Boolean(state.dirty), at: Date.now() });
  if (!composer.dataset.member) tell(composer, composer.dataset.saysKept);
}

const versionOf = composer => Number(field(formOf(composer), "DraftVersion").value) || 0;

async function save(composer, leaving = false) {
  const state = stateOf(composer);
  clearTimeout(state.timer);
  state.timer = null;
  if (!state.dirty || state.posting || !composer.isConnected || !composer.dataset.member) return;
  const form = formOf(composer);
  const text = textOf(form);
  if (isEmpty(text) && versionOf(composer) === 0) return;
  state.dirty = false;
  state.last = Date.now();
  state.abort = new AbortController();
  try {
    const answer = await ask(form, "/x/draft", { place: composer.dataset.place, version: versionOf(composer), ...text }, leaving ? { keepalive: true } : { signal: state.abort.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const { version, other } = await answer.json();
    field(form, "DraftVersion").value = version;
    if (other) offer(composer, other);
    tell(composer, composer.dataset.saysSaved);
  } catch (error) {
    if (error.name === "AbortError") return;
    state.dirty = true;
    tell(composer, composer.dataset.saysKept);
    state.timer ??= setTimeout(() => save(composer), 2 * betweenSaves);
  }
  keepHere(composer);
}

function offer(composer, text) {
  const notice = composer.querySelector("[data-other]");
  notice.querySelector("code").textContent = text;
  notice.hidden = false;
}

function show(composer, text) {
  const form = formOf(composer);
  for (const [name, value] of [["Title", text.title], ["Tags", text.tags], ["Markdown", text.markdown]])
    if (field(form, name) && value) field(form, name).value = value;
  const board = field(form, "Board");
  if (board && [...board.options].some(o => o.value === text.board)) board.value = text.board;
  const answers = text.answers ? JSON.parse(text.answers) : [];
  form.querySelectorAll('[name^="Input.Answers["]').forEach((f, i) => { if (answers[i]) f.value = answers[i]; });
}

// What this device has and the server has not: a closed tab, a lost session, a restart in the wrong second.
function restore(composer) {
  const state = stateOf(composer);
  if (state.restored) return;
  state.restored = true;
  const here = read(keyOf(composer));
  if (!here) return;
  const now = textOf(formOf(composer));
  if (here.markdown === now.markdown && here.title === now.title) return;
  const savedAt = Date.parse(composer.dataset.saved || "") || 0;
  const isNewer = here.dirty && here.at > savedAt;
  if (isNewer && isTouched(formOf(composer))) return offer(composer, here.markdown);
  if (isEmpty(now) || isNewer) {
    show(composer, here);
    if (!composer.dataset.member) return tell(composer, composer.dataset.saysKept);
    changed(composer);
  }
}

// Somebody may write before this is there to listen.
const isTouched = form => ["Title", "Tags", "Markdown"].some(name => field(form, name) && field(form, name).value !== field(form, name).defaultValue);

function catchUp(composer) {
  changed(composer);
  const form = formOf(composer);
  similar(form);
  preview(form);
}

// A text that was posted is no draft any more.
function forgetPosted() {
  const posted = document.cookie.split("; ").find(c => c.startsWith("forum-posted="))?.slice("forum-posted=".length);
  if (!posted) return;
  document.cookie = "forum-posted=; Max-Age=0; Path=/; SameSite=Lax";
  try {
    Object.keys(localStorage).filter(k => k.startsWith("draft:") && k.endsWith(`:${decodeURIComponent(posted)}`)).forEach(k => localStorage.removeItem(k));
  } catch {
    // Nothing was kept where storage is refused.
  }
}

// Whoever signs out leaves nothing behind for the next person at this device.
function forgetAll() {
  try {
    Object.keys(localStorage).filter(k => k.startsWith("draft:")).forEach(k => localStorage.removeItem(k));
  } catch {
    // Nothing was kept where storage is refused.
  }
}

// ---- Live preview: the same words through the same renderer ----

async function preview(form) {
  const pane = form.querySelector("[data-preview]");
  if (!pane || pane.hidden) return;
  const asked = pane.asked = (pane.asked ?? 0) + 1;
  const { markdown, board, answers } = textOf(form);
  const answer = await ask(form, "/x/preview", { markdown, board, answers, place: form.querySelector("[data-composer]").dataset.place }).catch(() => null);
  if (!answer || asked !== pane.asked) return;
  const { html, message } = await answer.json();
  const body = pane.querySelector(".body");
  if (html === undefined) body.textContent = message;
  else body.innerHTML = html;
}

const soon = new WeakMap();

function later(element, what, wait) {
  const timers = soon.get(element) ?? soon.set(element, {}).get(element);
  clearTimeout(timers[what.name]);
  timers[what.name] = setTimeout(() => what(element), wait);
}

// ---- Similar questions ----

async function similar(form) {
  const place = form.querySelector("[data-similar]");
  const { title, markdown, answers } = textOf(form);
  if (!place || title.trim().length < 10) return;
  const answer = await ask(form, "/x/similar", { title, markdown: [...JSON.parse(answers ?? "[]"), markdown].join("\n").slice(0, 200) }).catch(() => null);
  if (answer?.ok) place.innerHTML = await answer.text();
}

// ---- Files ----

function upload(composer, files) {
  composer.querySelector("[data-refused]").hidden = true;
  for (const file of files) send(composer, file);
}

function send(composer, file) {
  const area = areaOf(composer);
  const name = file.name || "image.png";
  const waiting = part => `![${composer.dataset.saysUploading.replace("{0}", name.replace(/[[\]]/g, ""))}${part ? ` ${part} %` : " …"}]()`;
  let shown = waiting(0);
  replace(area, area.selectionEnd, area.selectionEnd, (area.value && !area.value.slice(0, area.selectionEnd).endsWith("\n") ? "\n" : "") + shown + "\n");
  const swap = text => {
    const at = area.value.indexOf(shown);
    if (at >= 0) area.setRangeText(text, at, at + shown.length, "preserve");
    shown = text;
  };
  const state = stateOf(composer);
  state.uploads = (state.uploads ?? 0) + 1;
  const request = new XMLHttpRequest();
  request.open("POST", "/x/upload");
  request.setRequestHeader("X-Antiforgery", token(formOf(composer)));
  request.responseType = "json";
  request.upload.addEventListener("progress", event => { if (event.lengthComputable) swap(waiting(Math.round(100 * event.loaded / event.total))); });
  request.addEventListener("loadend", () => {
    const answer = request.response;
    swap(request.status >= 200 && request.status < 300 && answer?.markdown ? answer.markdown : "");
    if (!shown) refuse(composer, `${name}: ${answer?.detail ?? composer.dataset.saysLost}`);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    if (--state.uploads === 0 && state.waiting) formOf(composer).requestSubmit(state.waiting);
  });
  const body = new FormData();
  body.append("file", file, name);
  request.send(body);
}

function refuse(composer, words) {
  const place = composer.querySelector("[data-refused]");
  place.append(Object.assign(document.createElement("p"), { textContent: words }));
  if (place.hidden) place.replaceChildren(place.lastChild);
  place.hidden = false;
}

// ---- Quoting what is selected in a post ----

function quotable() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !document.querySelector("#reply [data-composer]")) return null;
  const start = selection.getRangeAt(0).startContainer;
  const body = (start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement)?.closest(".post > .body, .post .body");
  return body && body.contains(selection.focusNode) ? { body, text: selection.toString().trim(), range: selection.getRangeAt(0) } : null;
}

function offerQuote() {
  const button = document.querySelector("[data-quote]");
  if (!button) return;
  const found = quotable();
  button.hidden = !found?.text;
  if (button.hidden) return;
  const box = found.range.getBoundingClientRect();
  button.style.insetBlockStart = `${scrollY + box.bottom + 6}px`;
  button.style.insetInlineStart = `${Math.max(8, scrollX + box.left)}px`;
}

function quote() {
  const found = quotable();
  const composer = document.querySelector("#reply [data-composer]");
  if (!found || !composer) return;
  const post = found.body.closest("[id^=post-], .solution");
  const name = post.querySelector(".who bdi")?.textContent ?? "";
  const address = post.querySelector(".rank a:has(> time)")?.getAttribute("href") ?? "";
  const area = areaOf(composer);
  const lines = found.text.split("\n").map(line => `> ${line}`.trimEnd()).join("\n");
  const said = `> ${composer.dataset.saysWrote.replace("{0}", () => `[${name.replace(/[[\]\\]/g, "")}](${address})`)}:\n>\n${lines}\n\n`;
  const before = area.value && !area.value.endsWith("\n\n") ? (area.value.endsWith("\n") ? "\n" : "\n\n") : "";
  replace(area, area.value.length, area.value.length, before + said);
  document.querySelector("[data-quote]").hidden = true;
  area.scrollIntoView({ block: "center" });
}

// ---- Events ----

document.addEventListener("input", event => {
  const form = event.target.closest?.("form");
  const composer = form?.querySelector("[data-composer]");
  if (!composer || event.target.type === "hidden") return;
  changed(composer);
  if (event.target.name === "Input.Title") later(form, similar, 500);
  if (event.target.matches("textarea")) later(form, preview, 300);
  if (event.target === areaOf(composer)) suggest.mention(event.target, form);
  if ("tags" in event.target.dataset) suggest.tag(event.target);
});

document.addEventListener("change", event => {
  if ("board" in event.target.dataset) event.target.form.requestSubmit(event.target.form.querySelector("[data-choose-board]"));
});

document.addEventListener("click", event => {
  const tool = event.target.closest?.("[data-md]");
  if (tool) return doTool(composerOf(tool), tool.dataset.md);
  if (event.target.closest?.("[data-quote]")) return quote();
  const button = event.target.closest?.("button[value=preview]");
  const form = button?.form;
  const pane = form?.querySelector("[data-preview]");
  if (!pane) return;
  event.preventDefault();
  pane.hidden = !pane.hidden;
  button.setAttribute("aria-pressed", String(!pane.hidden));
  preview(form);
});

document.addEventListener("keydown", event => {
  const composer = composerOf(event.target);
  if (!composer) return;
  if (event.target === areaOf(composer)) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && keys[event.key]) {
      event.preventDefault();
      doTool(composer, keys[event.key]);
    }
    return;
  }
  // One stop for the Tab key, arrows within: the pattern of toolbars.
  const bar = event.target.closest("[role=toolbar]");
  if (!bar) return;
  const tools = [...bar.querySelectorAll("button")];
  const forward = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
  const at = tools.indexOf(event.target);
  const next = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: tools.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const target = tools[(next + tools.length) % tools.length];
  tools.forEach(t => { t.tabIndex = t === target ? 0 : -1; });
  target.focus();
});

document.addEventListener("paste", event => {
  const composer = composerOf(event.target);
  if (!composer || event.target !== areaOf(composer)) return;
  const files = [...event.clipboardData.files];
  const rich = event.clipboardData.getData("text/html");
  const plain = event.clipboardData.getData("text/plain");
  if (files.length && !plain) {
    event.preventDefault();
    upload(composer, files);
    return;
  }
  const area = event.target;
  if (/^https?:\/\/\S+$/.test(plain) && selected(area) && !selected(area).includes("\n")) {
    event.preventDefault();
    replace(area, area.selectionStart, area.selectionEnd, `[${selected(area)}](${plain})`);
    return;
  }
  const markdown = rich && convert(rich, plain);
  if (!markdown) return;
  event.preventDefault();
  replace(area, area.selectionStart, area.selectionEnd, markdown);
});

for (const kind of ["dragover", "drop"])
  document.addEventListener(kind, event => {
    const composer = composerOf(event.target);
    if (!composer || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (kind === "drop") upload(composer, event.dataTransfer.files);
  });

document.addEventListener("selectionchange", () => later(document, offerQuote, 150));

document.addEventListener("submit", event => {
  if (event.target.getAttribute("action") === "/account/sign-out") return forgetAll();
  const composer = event.target.querySelector?.("[data-composer]");
  if (!composer) return;
  const state = stateOf(composer);
  // A post that is sent before its files are there would be without them.
  state.waiting = state.uploads ? event.submitter : null;
  if (state.waiting) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  clearTimeout(state.timer);
  state.timer = null;
  state.abort?.abort();
  state.posting = true;
  keepHere(composer);
}, true);

const leave = () => document.querySelectorAll("[data-composer]").forEach(composer => {
  keepHere(composer);
  save(composer, true);
});
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });

export function arrive() {
  forgetPosted();
  document.querySelectorAll("[data-composer]").forEach(composer => {
    stateOf(composer).posting = false;
    restore(composer);
    if (isTouched(formOf(composer))) catchUp(composer);
    composer.dataset.ready = "";
  });
}
