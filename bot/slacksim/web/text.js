// Slack's ways of writing text, as elements: mrkdwn, markdown, rich text.

import { h } from "./dom.js";

const emoji = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", wave: "👋", pray: "🙏", clap: "👏", muscle: "💪", raised_hands: "🙌",
  ok_hand: "👌", point_right: "👉", point_down: "👇", point_up: "☝️", handshake: "🤝", eyes: "👀", ear: "👂", brain: "🧠", heart: "❤️",
  smile: "😄", slightly_smiling_face: "🙂", blush: "😊", thinking_face: "🤔", cry: "😢", sob: "😭", rage: "😡", angry: "😠", worried: "😟",
  disappointed: "😞", relieved: "😌", sweat_smile: "😅", neutral_face: "😐", face_with_symbols_on_mouth: "🤬", hugging_face: "🤗", lotus_position: "🧘",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", warning: "⚠️", no_entry: "⛔", no_entry_sign: "🚫",
  exclamation: "❗", question: "❓", grey_question: "❔", bangbang: "‼️", rotating_light: "🚨", fire: "🔥", boom: "💥", zap: "⚡", bell: "🔔", no_bell: "🔕",
  red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡", large_green_circle: "🟢", large_blue_circle: "🔵", white_circle: "⚪",
  bulb: "💡", mag: "🔍", speech_balloon: "💬", left_speech_bubble: "🗨️", thought_balloon: "💭", memo: "📝", pencil2: "✏️", clipboard: "📋", book: "📖",
  books: "📚", bookmark: "🔖", pushpin: "📌", round_pushpin: "📍", paperclip: "📎", link: "🔗", label: "🏷️", calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️",
  clock1: "🕐", alarm_clock: "⏰", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️", timer_clock: "⏲️", bar_chart: "📊",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", mortar_board: "🎓", dart: "🎯", trophy: "🏆", star: "⭐", sparkles: "✨", tada: "🎉",
  rocket: "🚀", gear: "⚙️", wrench: "🔧", hammer_and_wrench: "🛠️", lock: "🔒", shield: "🛡️", key: "🔑", moneybag: "💰", credit_card: "💳", package: "📦",
  truck: "🚚", phone: "☎️", telephone_receiver: "📞", email: "✉️", envelope: "✉️", inbox_tray: "📥", outbox_tray: "📤", scales: "⚖️", compass: "🧭",
  seedling: "🌱", herb: "🌿", coffee: "☕", robot_face: "🤖", busts_in_silhouette: "👥", bust_in_silhouette: "👤", raising_hand: "🙋", sos: "🆘", arrow_right: "➡️",
  arrow_up: "⬆️", arrow_down: "⬇️", arrows_counterclockwise: "🔄", repeat: "🔁", information_source: "ℹ️", new: "🆕", ok: "🆗", checkered_flag: "🏁", cn: "🇨🇳", gb: "🇬🇧", us: "🇺🇸",
};

const glyph = (name) => (emoji[name] ? h("span", { role: "img", "aria-label": name.replaceAll("_", " ") }, emoji[name]) : `:${name}:`);

const unescape = (s) => s.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** link makes a link of what is safe to follow and plain text of the rest. */
function link(url, label) {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return label;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

const mention = (ctx, id) => h("span", { class: id === ctx.me ? "mention me" : "mention" }, "@" + ctx.name(id));

function reference(body, ctx) {
  const [target, ...rest] = body.split("|");
  const label = unescape(rest.join("|"));
  if (target[0] === "@") return mention(ctx, target.slice(1));
  if (target[0] === "#") return h("span", { class: "mention" }, "#" + (label || ctx.channel(target.slice(1))));
  if (target.startsWith("!date^")) return date(target, label);
  if (target[0] === "!") return h("span", { class: "mention" }, label || "@" + target.slice(1).split("^")[0]);
  const url = unescape(target);
  if (!/^\w+:/.test(url)) return `<${unescape(body)}>`;
  return link(url, label || url.replace(/^mailto:/, ""));
}

function date(target, fallback) {
  const [, seconds, format = ""] = target.split("^");
  const d = new Date(Number(seconds) * 1000);
  if (Number.isNaN(d.getTime())) return fallback;
  const lang = document.documentElement.lang;
  return format.replace(/\{(\w+)\}/g, (_, k) =>
    k.startsWith("time") ? d.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" }) : d.toLocaleDateString(lang, { dateStyle: "medium" }));
}

const marks = { "*": "strong", _: "em", "~": "s" };
const edge = /[\p{Script=Latin}\p{N}]/u;

/** inline reads one line of mrkdwn. */
function inline(s, ctx) {
  const out = [];
  let plain = "";
  const flush = () => { if (plain) out.push(unescape(plain)); plain = ""; };
  for (let i = 0; i < s.length;) {
    const rest = s.slice(i);
    let m;
    if ((m = /^`([^`]+)`/.exec(rest))) {
      flush(); out.push(h("code", {}, unescape(m[1]))); i += m[0].length;
    } else if ((m = /^<([^<>]+)>/.exec(rest))) {
      flush(); out.push(reference(m[1], ctx)); i += m[0].length;
    } else if ((m = /^:([a-z0-9_+-]+):(?::skin-tone-\d:)?/.exec(rest)) && emoji[m[1]]) {
      flush(); out.push(glyph(m[1])); i += m[0].length;
    } else if (marks[s[i]] && !edge.test(s[i - 1] ?? " ") && (m = span(rest))) {
      flush(); out.push(h(marks[s[i]], {}, inline(m, ctx))); i += m.length + 2;
    } else {
      plain += s[i++];
    }
  }
  flush();
  return out;
}

/** span is what stands between the mark a text starts with and its closing one. */
function span(s) {
  for (let end = s.indexOf(s[0], 1); end > 0; end = s.indexOf(s[0], end + 1)) {
    const body = s.slice(1, end);
    if (body.trim() === body && /[^*_~]/.test(body) && !edge.test(s[end + 1] ?? " ")) return body;
  }
  return "";
}

const bullet = /^(\s*)([•◦▪‣-]|\d+[.)、])\s+(.*)$/;

/** mrkdwn is a text in Slack's own markup as elements. */
export function mrkdwn(text, ctx) {
  return text.split(/```\n?/).map((part, i) => (i % 2 ? h("pre", {}, unescape(part.replace(/\n$/, ""))) : lines(part, ctx, inline)));
}

/** lines turns quotes and list-like lines into blocks of their own, the rest into paragraphs. */
function lines(text, ctx, read) {
  const out = [];
  let quote = null, para = null;
  for (const line of text.split("\n")) {
    const q = /^(?:&gt;|>)\s?(.*)$/.exec(line), b = bullet.exec(line), head = read === marked && /^#{1,6}\s+(.*)$/.exec(line);
    if (!q) quote = null;
    if (q || b || head || !line.trim()) para = null;
    if (q) {
      if (!quote) out.push(quote = h("blockquote"));
      else quote.append(h("br"));
      quote.append(...read(q[1], ctx));
    } else if (head) out.push(h("p", { class: "head" }, read(head[1], ctx)));
    else if (b) out.push(h("p", { class: b[1].length > 1 ? "item deep" : "item" }, h("span", { class: "tick" }, b[2] === "-" ? "•" : b[2]), h("span", {}, read(b[3], ctx))));
    else if (line.trim()) {
      if (!para) out.push(para = h("p"));
      else para.append(h("br"));
      para.append(...read(line, ctx));
    } else if (out.length) out.push(h("p", { class: "gap" }));
  }
  return out;
}

/** marked reads one line of standard markdown. */
function marked(s, ctx) {
  const out = [];
  const token = /`([^`]+)`|\*\*(.+?)\*\*|~~(.+?)~~|(?<![*\w])\*([^*]+)\*|(?<!\w)_([^_]+)_(?!\w)|\[([^\]]+)\]\(([^)\s]+)\)|<([^<>]+)>|:([a-z0-9_+-]+):/g;
  let last = 0;
  for (const m of s.matchAll(token)) {
    out.push(s.slice(last, m.index));
    last = m.index + m[0].length;
    if (m[1]) out.push(h("code", {}, m[1]));
    else if (m[2]) out.push(h("strong", {}, marked(m[2], ctx)));
    else if (m[3]) out.push(h("s", {}, marked(m[3], ctx)));
    else if (m[4] || m[5]) out.push(h("em", {}, marked(m[4] || m[5], ctx)));
    else if (m[6]) out.push(link(m[7], m[6]));
    else if (m[8]) out.push(reference(m[8], ctx));
    else out.push(glyph(m[9]));
  }
  out.push(s.slice(last));
  return out.filter((x) => x !== "");
}

/** markdown is the text of a markdown block as elements. */
export function markdown(text, ctx) {
  return text.split(/```\w*\n?/).map((part, i) => (i % 2 ? h("pre", {}, part.replace(/\n$/, "")) : lines(part, ctx, marked)));
}

/** textObject is a plain_text or mrkdwn object as elements. */
export function textObject(t, ctx) {
  if (!t) return [];
  if (t.type === "mrkdwn") return mrkdwn(t.text ?? "", ctx);
  return [h("span", { class: "plain" }, plain(t))];
}

/** plain is a plain_text object as strings and emoji. */
export function plain(t) {
  return (t?.text ?? "").split(/:([a-z0-9_+-]+):/).map((s, i) => (i % 2 ? glyph(s) : s));
}

/** richText is a rich_text block as elements. */
export function richText(block, ctx) {
  return (block.elements ?? []).map((e) => {
    const body = (list) => (list ?? []).map((x) => richElement(x, ctx));
    switch (e.type) {
      case "rich_text_list": return h(e.style === "ordered" ? "ol" : "ul", {}, e.elements.map((i) => h("li", {}, body(i.elements))));
      case "rich_text_quote": return h("blockquote", { class: "plain" }, body(e.elements));
      case "rich_text_preformatted": return h("pre", {}, body(e.elements));
      default: return h("p", { class: "plain" }, body(e.elements));
    }
  });
}

function richElement(x, ctx) {
  let out;
  switch (x.type) {
    case "user": out = mention(ctx, x.user_id); break;
    case "channel": out = h("span", { class: "mention" }, "#" + ctx.channel(x.channel_id)); break;
    case "broadcast": out = h("span", { class: "mention" }, "@" + x.range); break;
    case "link": out = link(x.url, x.text || x.url); break;
    case "emoji": out = glyph(x.name); break;
    default: out = x.text ?? "";
  }
  for (const [k, tag] of Object.entries({ bold: "strong", italic: "em", strike: "s", code: "code" })) if (x.style?.[k]) out = h(tag, {}, out);
  return out;
}
