// Rich text from elsewhere as Markdown. Null where the plain text says it all.

const block = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "UL", "OL", "LI", "BLOCKQUOTE", "PRE", "TABLE", "H1", "H2", "H3", "H4", "H5", "H6", "HR", "DL", "DT", "DD", "FIGURE", "FIGCAPTION"]);
const silent = new Set(["SCRIPT", "STYLE", "HEAD", "META", "TITLE", "TEMPLATE", "NOSCRIPT", "IFRAME", "SVG", "OBJECT"]);
const telling = "a[href], b, strong, i, em, ul, ol, blockquote, pre, code, table, h1, h2, h3, h4, h5, h6, del, s, img[src^=http], hr";

export function convert(html, plain) {
  // A document made by the parser runs nothing and loads nothing.
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const told = [...body.querySelectorAll(telling)].filter(e => !/^(b|strong|i|em)$/i.test(e.tagName) || !/normal/.test(e.style.fontWeight + e.style.fontStyle));
  if (told.length === 0) return null;
  const markdown = tidy(blocks(body));
  return markdown && markdown !== plain.trim() ? markdown : null;
}

const tidy = text => text.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
const escape = text => text.replace(/([\\`*_[\]<>])/g, "\\$1").replace(/^(\s*)([#>+-]|\d+\.)(?=\s)/, "$1\\$2");
const address = value => {
  try {
    const url = new URL(value);
    return /^(https?|mailto):$/.test(url.protocol) ? url.href.replace(/[()\s]/g, encodeURIComponent) : "";
  } catch {
    return "";
  }
};

function blocks(parent, depth = 0) {
  const out = [];
  let line = "";
  const flush = () => {
    if (line.trim()) out.push(line.trim());
    line = "";
  };
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && block.has(node.tagName)) {
      flush();
      const text = blockOf(node, depth);
      if (text.trim()) out.push(text);
    } else {
      line += inline(node, depth);
    }
  }
  flush();
  return out.join("\n\n");
}

function blockOf(node, depth) {
  if (depth > 20) return escape(node.textContent);
  switch (node.tagName) {
    case "H1": case "H2": case "H3": case "H4": case "H5": case "H6": return `${"#".repeat(Number(node.tagName[1]))} ${line(node, depth)}`;
    case "HR": return "---";
    case "PRE": return fence(node.textContent.replace(/\n$/, ""));
    case "BLOCKQUOTE": return tidy(blocks(node, depth + 1)).split("\n").map(l => `> ${l}`.trimEnd()).join("\n");
    case "UL": case "OL": return items(node, depth);
    case "TABLE": return table(node, depth);
    default: return blocks(node, depth + 1);
  }
}

const line = (node, depth) => [...node.childNodes].map(n => inline(n, depth + 1)).join("").replace(/\s+/g, " ").trim();

function fence(text) {
  const ticks = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(m => m[0].length + 1)));
  return `${ticks}\n${text}\n${ticks}`;
}

function items(list, depth) {
  let number = Number(list.getAttribute("start")) || 1;
  return [...list.children].filter(c => c.tagName === "LI").map(item => {
    const mark = list.tagName === "OL" ? `${number++}. ` : "- ";
    const text = tidy(blocks(item, depth + 1)).replace(/\n\n(?=(- |\d+\. ))/g, "\n");
    return mark + text.split("\n").join(`\n${" ".repeat(mark.length)}`);
  }).join("\n");
}

function table(node, depth) {
  const rows = [...node.rows].map(row => [...row.cells].map(cell => line(cell, depth).replace(/\|/g, "\\|")));
  const width = Math.max(0, ...rows.map(r => r.length));
  if (width === 0) return "";
  const row = cells => `| ${Array.from({ length: width }, (_, i) => cells[i] ?? "").join(" | ")} |`;
  return [row(rows[0]), row(Array(width).fill("---")), ...rows.slice(1).map(row)].join("\n");
}

function inline(node, depth) {
  if (node.nodeType === Node.TEXT_NODE) return escape(node.data.replace(/\s+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE || silent.has(node.tagName.toUpperCase()) || depth > 40) return "";
  const inner = () => [...node.childNodes].map(n => inline(n, depth + 1)).join("");
  const around = (mark, text) => text.trim() ? text.replace(/^(\s*)([\s\S]*?)(\s*)$/, `$1${mark}$2${mark}$3`) : text;
  switch (node.tagName) {
    case "BR": return "\\\n";
    case "B": case "STRONG": return node.style.fontWeight === "normal" ? inner() : around("**", inner());
    case "I": case "EM": return node.style.fontStyle === "normal" ? inner() : around("*", inner());
    case "DEL": case "S": return around("~~", inner());
    case "CODE": case "TT": case "SAMP": return codeSpan(node.textContent);
    case "KBD": case "SUB": case "SUP": return `<${node.tagName.toLowerCase()}>${inner()}</${node.tagName.toLowerCase()}>`;
    case "A": {
      const to = address(node.getAttribute("href") ?? "");
      const text = inner();
      return !to ? text : text.trim() ? `[${text.trim()}](${to})` : "";
    }
    case "IMG": {
      const from = address(node.getAttribute("src") ?? "");
      return from ? `![${escape(node.alt)}](${from})` : escape(node.alt);
    }
    default: return block.has(node.tagName) ? `\n\n${blockOf(node, depth + 1)}\n\n` : inner();
  }
}

function codeSpan(text) {
  if (!text.trim()) return "";
  const ticks = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(m => m[0].length)));
  const gap = /^`|`$/.test(text) ? " " : "";
  return ticks + gap + text.replace(/\s+/g, " ") + gap + ticks;
}
