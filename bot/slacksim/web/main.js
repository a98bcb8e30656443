// The demo's page: who one is, where one is, and what is seen there. The server
// holds all state; a server-sent event makes the page ask for it again.

import { blocks } from "./blocks.js";
import { h, keep, keepAtEnd } from "./dom.js";
import { language, say, setLanguage } from "./words.js";

const $ = (id) => document.getElementById(id);
const [hashMe, hashChannel] = location.hash.slice(1).split("/");

let me = hashMe || "";
let here = hashChannel || "";   // channel ID
let tab = "messages";           // of the direct message with the bot
let thread = "";                // ts of the open thread's parent, in here
let state = null;
let stream = null;
let editing = "";               // ts
let cameHome = "";              // who came to the direct message with the bot last
const waiting = new Set();      // "channel/ts" of own posts no answer has come to yet
const read = new Map();         // "person/channel" -> last ts seen

// ---- asking the server

async function ask(deed, body = {}) {
  let res, out;
  try {
    res = await fetch("web/" + deed, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ me, ...body }) });
    out = await res.json();
  } catch {
    toast(say("lost"));
    return null;
  }
  if (!res.ok) {
    const e = out.error ?? "";
    toast(e.startsWith("operation_timeout") ? say("timeout") : e.startsWith("dispatch_failed") ? say("nosocket") : e);
    return null;
  }
  refresh();
  return out;
}

let fetching = false, again = false;

async function refresh() {
  if (fetching) { again = true; return; }
  fetching = true;
  do {
    again = false;
    const whom = me;
    try {
      const res = await fetch("web/state?me=" + encodeURIComponent(whom));
      if (!res.ok) { me = ""; here = ""; again = whom !== ""; continue; }
      const s = await res.json();
      if (whom !== me) { again = true; continue; }
      state = s;
      me = s.me;
      show();
      if (!stream) listen();
    } catch (e) {
      console.error(e);
      setTimeout(refresh, 1500); // most likely not reachable
    }
  } while (again);
  fetching = false;
}

function listen() {
  stream?.close();
  stream = new EventSource("web/stream?me=" + encodeURIComponent(me));
  stream.onmessage = refresh;
  stream.onerror = () => { $("online").textContent = say("lost"); $("online").className = ""; };
}

let toastTimer;
function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 6000);
}

// ---- what is known

const user = (id) => state.users.find((u) => u.id === id);
const name = (id) => { const u = user(id); return u ? u.real_name || u.name : id; };
const channelOf = (id) => state.channels.find((c) => c.id === id);
const ctx = (use, more = {}) => ({ me, name, channel: (id) => channelOf(id)?.name ?? id, users: state.users, channels: state.channels, use, ...more });
const placeName = (c) => (c.kind === "im" ? name(c.with) : "#" + c.name);
const role = () => say(state.people.find((p) => p.id === me)?.role ?? "");
const isBot = (m) => m.user === state.bot;
const isReply = (m) => m.thread_ts && m.thread_ts !== m.ts;

function hue(id) {
  let n = 0;
  for (const ch of id) n = (n * 31 + ch.codePointAt(0)) % 360;
  return n;
}

function face(id, label) {
  const bot = id === state.bot;
  const letters = label.match(/[\u3400-\u9fff]/g)?.at(-1) ?? label.split(/\s+/).map((w) => [...w][0] ?? "").slice(0, 2).join("").toUpperCase();
  const e = h("span", { class: bot ? "face bot" : "face", "aria-hidden": "true" }, bot ? "✦" : letters);
  e.style.setProperty("--hue", hue(id || label));
  return e;
}

// ---- showing

function show() {
  const log = $("log"), atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  document.title = state.title;
  if (!channelOf(here)) { here = state.start || state.channels[0]?.id || ""; thread = ""; }
  history.replaceState(null, "", `#${me}/${here}`);
  openAnswered();
  showSide();
  showPlace();
  showThread();
  if (atEnd) log.scrollTop = log.scrollHeight; // an opened thread makes the lines break anew
  showModal();
}

/** openAnswered opens the thread of an own post as soon as the bot has answered in it. */
function openAnswered() {
  const c = channelOf(here);
  const busy = thread && $("reply").elements[0].value.trim();
  for (const m of c?.messages ?? []) {
    const key = `${here}/${m.thread_ts}`;
    if (isReply(m) && isBot(m) && waiting.has(key)) {
      waiting.delete(key);
      if (!busy) thread = m.thread_ts;
    }
  }
}

function showSide() {
  const l = language();
  $("title").textContent = state.title;
  $("lang").textContent = say("other");
  $("lang").setAttribute("aria-label", say("otherLabel"));
  $("who").textContent = say("who");
  $("where").textContent = say("where");
  $("about").textContent = say("about");
  $("morning").textContent = say("morning");
  $("morning").title = say("morningAbout");
  $("morning").hidden = !state.morning;
  $("morning").onclick = () => ask("morning");
  keep($("people"), state.people.filter((p) => user(p.id)).map((p) => ({
    key: p.id, sig: `${l} ${p.id === me} ${name(p.id)}`,
    make: () => h("button", { type: "button", class: "pick", "aria-pressed": String(p.id === me), "data-action": p.id, onclick: () => become(p.id) },
      face(p.id, name(p.id)), h("span", { class: "what" }, h("b", {}, name(p.id)), h("small", {}, say(p.role))), p.id === me ? h("span", { class: "you" }, say("you")) : null),
  })));
  keep($("channels"), state.channels.map((c) => {
    const seen = `${me}/${c.id}`, last = c.messages.at(-1)?.ts ?? "";
    if (c.id === here || !read.has(seen)) read.set(seen, last);
    const fresh = last > read.get(seen);
    return {
      key: c.id, sig: `${l} ${c.id === here} ${fresh} ${placeName(c)}`,
      make: () => h("button", { type: "button", class: fresh ? "pick unread" : "pick", "aria-current": c.id === here ? "page" : null, "data-action": c.id, onclick: () => go(c.id) },
        h("span", { class: "sign", "aria-hidden": "true" }, c.kind === "im" ? "✦" : c.kind === "group" ? "🔒" : "#"),
        c.kind === "im" ? name(c.with) : c.name, fresh ? h("span", { class: "dot", role: "img", "aria-label": say("unread") }) : null),
    };
  }));
}

function showPlace() {
  const c = channelOf(here);
  if (!c) return;
  $("place").textContent = placeName(c);
  $("online").textContent = say(state.online ? "online" : "offline");
  $("online").className = state.online ? "on" : "";
  if (c.kind === "im" && !state.home && cameHome !== me) { // the page was opened at the direct message
    cameHome = me;
    ask("home");
  }
  if (c.kind !== "im" || !state.home) tab = "messages";
  const atHome = tab === "home";
  $("tabs").hidden = c.kind !== "im" || !state.home;
  $("tabs").replaceChildren(...["messages", "home"].map((t) => h("button", { type: "button", role: "tab", "aria-selected": String(t === tab), onclick: () => { tab = t; show(); } }, say(t))));
  $("log").hidden = $("foot").hidden = atHome;
  $("home").hidden = !atHome;
  $("log").setAttribute("aria-label", placeName(c));
  if (atHome) showHome();
  const list = c.messages.filter((m) => !isReply(m) || m.broadcast);
  keepAtEnd($("log"), () => keep($("log"), list.length ? list.map((m) => item(c, m, false)) : [{ key: "empty", sig: language(), make: () => h("p", { class: "empty" }, say("empty")) }]), $("log").dataset.of !== here + me);
  $("log").dataset.of = here + me;
  $("exhead").textContent = say("examples");
  $("examples").hidden = !state.examples?.length;
  const sorted = [...(state.examples ?? [])].sort((a, b) => (b.lang === language()) - (a.lang === language()));
  keep($("chips"), sorted.map((x) => ({ key: x.text, sig: x.label, make: () => h("button", { type: "button", lang: x.lang, title: x.text, onclick: () => sendExample(x) }, x.label) })));
  label($("compose"), say("composer", { place: placeName(c), name: name(me) + (role() ? say("inRole", { role: role() }) : "") }));
  $("keys").textContent = say("keys");
}

function label(form, text) {
  form.elements[0].placeholder = text;
  form.elements[0].setAttribute("aria-label", text);
  form.elements[1].textContent = say("send");
}

function showHome() {
  const sig = `${language()} ${me} ${state.home?.hash}`;
  keep($("home"), [{ key: "home", sig, make: () => h("div", { class: "blocks", tabindex: "-1" },
    blocks(state.home.blocks, ctx((e, values) => ask("use", { where: "home", action: e.action_id, values })))) }]);
}

function showThread() {
  const c = channelOf(here);
  const list = thread ? c.messages.filter((m) => m.ts === thread || m.thread_ts === thread) : [];
  if (!list.length) thread = "";
  $("thread").hidden = !thread;
  $("app").classList.toggle("threaded", Boolean(thread));
  if (!thread) { $("replies").replaceChildren(); $("replies").dataset.of = ""; return; }
  $("threadhead").textContent = say("thread");
  $("leave").textContent = say("close");
  $("replies").setAttribute("aria-label", say("thread"));
  label($("reply"), say("replyAs", { name: name(me) }));
  const fresh = $("replies").dataset.of !== thread;
  const change = () => keep($("replies"), list.map((m) => item(c, m, true)));
  if (fresh) { change(); $("replies").scrollTop = 0; } else keepAtEnd($("replies"), change);
  $("replies").dataset.of = thread;
}

// ---- messages

function item(c, m, inThread) {
  const replies = inThread ? [] : c.messages.filter((x) => isReply(x) && x.thread_ts === m.ts);
  const sig = JSON.stringify([m, replies.length, language(), me, editing === m.ts, thread === m.ts]);
  return { key: `${m.ts}${m.ephemeral_to ? "p" : ""}`, sig, make: () => message(c, m, replies, inThread) };
}

function message(c, m, replies, inThread) {
  const notice = /_(join|leave)$/.test(m.subtype ?? "") || m.deleted;
  const who = m.username || name(m.user) || "?";
  const list = m.bot_id && m.blocks || []; // what people type is read as the composer would format it
  const use = (e, values) => ask("use", { where: "message", channel: c.id, ts: m.ts, action: e.action_id, values });
  const kind = ["msg", notice && "notice", m.ephemeral_to && "private", Date.now() / 1000 - Number(m.ts) < 3 && "fresh"].filter(Boolean).join(" ");
  const body = editing === m.ts && !isBot(m) ? editor(c, m) : h("div", { class: "blocks b-text" }, m.deleted ? say("gone") : blocks(list, ctx(use), m.text));
  return h("article", { class: kind, tabindex: "-1", "aria-label": who },
    face(m.user ?? "", who),
    h("div", { class: "body" },
      m.ephemeral_to ? h("p", { class: "only" }, "◉ " + say("only")) : null,
      h("div", { class: "by" }, h("b", {}, who), isBot(m) || m.bot_id ? h("span", { class: "badge" }, say("app")) : null, time(m.ts), m.edited ? h("span", { class: "soft" }, `(${say("edited")})`) : null),
      body,
      m.files?.length ? h("div", { class: "b-context" }, m.files.map((f) => h("span", { class: "b-picture" }, "📎 " + f.name))) : null,
      m.reactions?.length ? h("div", { class: "reactions" }, m.reactions.map((r) => h("span", {}, blocks([{ type: "header", text: { text: `:${r.name}:` } }], ctx())[0].textContent + " " + r.users.length))) : null,
      replies.length ? h("button", { type: "button", class: "to-thread", "data-action": "page-thread", onclick: () => openThread(m.ts) }, say(replies.length === 1 ? "replies1" : "replies", { n: replies.length })) : null),
    notice || m.ephemeral_to ? null : tools(c, m, inThread));
}

function time(ts) {
  const d = new Date(Number(ts) * 1000), lang = document.documentElement.lang;
  const day = d.toDateString() === new Date().toDateString() ? "" : d.toLocaleDateString(lang, { month: "short", day: "numeric" }) + " ";
  return h("time", { datetime: d.toISOString() }, day + d.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" }));
}

function tools(c, m, inThread) {
  const admin = user(me)?.admin, own = m.user === me;
  const entries = () => [
    inThread ? null : [say("reply"), () => openThread(m.ts, true)],
    ...(state.shortcuts ?? ["coach_message", "check_message"]).map((id) => [say(id), () => ask("shortcut", { callback: id, channel: c.id, ts: m.ts })]),
    own ? [say("edit"), () => { editing = m.ts; show(); }] : null,
    own || admin ? [say("remove"), () => ask("delete", { channel: c.id, ts: m.ts }), "bad"] : null,
  ].filter(Boolean);
  const box = h("div", { class: "tools" },
    inThread ? null : h("button", { type: "button", class: "say", onclick: () => openThread(m.ts, true) }, say("reply")),
    h("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": say("more"), "data-action": "page-menu", onclick: (e) => menu(box, e.currentTarget, entries()) }, "⋯"));
  return box;
}

let closeMenu = () => {};

function menu(box, opener, entries) {
  const was = opener.getAttribute("aria-expanded") === "true";
  closeMenu();
  if (was) return;
  const list = h("div", { class: "menu", role: "menu" }, entries.map(([text, act, kind]) =>
    h("button", { type: "button", role: "menuitem", class: kind, onclick: () => { closeMenu(); act(); } }, text)));
  list.addEventListener("keydown", (e) => {
    const all = [...list.children], at = all.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) { e.preventDefault(); all[(at + step + all.length) % all.length].focus(); }
    if (e.key === "Escape") { e.stopPropagation(); closeMenu(); opener.focus(); }
  });
  opener.setAttribute("aria-expanded", "true");
  box.classList.add("open");
  box.append(list);
  const away = (e) => { if (!box.contains(e.target)) closeMenu(); };
  document.addEventListener("pointerdown", away);
  closeMenu = () => {
    list.remove();
    box.classList.remove("open");
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", away);
    closeMenu = () => {};
  };
  list.firstChild?.focus();
  list.scrollIntoView({ block: "nearest" });
}

function editor(c, m) {
  const text = m.text.replace(/<@(\w+)>/g, (_, id) => "@" + (user(id)?.name ?? id)).replace(/<([^<>|]+)>/g, "$1").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const done = () => { editing = ""; show(); };
  const form = h("form", { class: "composer" }, h("textarea", { rows: 1, value: text, "aria-label": say("edit") }), h("button", { type: "submit" }, say("save")), h("button", { type: "button", class: "quiet", onclick: done }, say("cancel")));
  composer(form, async (t) => { const ok = await ask("edit", { channel: c.id, ts: m.ts, text: t }); if (ok) done(); return ok; });
  form.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.stopPropagation(); done(); } });
  requestAnimationFrame(() => { form.elements[0].focus(); grow(form.elements[0]); });
  return form;
}

// ---- modals

function showModal() {
  const v = state.view, dialog = $("modal");
  if (!v) {
    if (dialog.open) dialog.close();
    dialog.dataset.sig = "";
    return;
  }
  const sig = `${v.id} ${v.hash} ${JSON.stringify(v.errors ?? {})} ${language()}`;
  if (dialog.dataset.sig === sig) return;
  const typed = dialog.dataset.view === v.id ? dialog.reads : [];
  const held = structuredClone(v.state?.values ?? {});
  for (const [b, a, get] of typed ?? []) {
    const now = get();
    if (typeof now === "string" && held[b]?.[a] && "value" in held[b][a]) held[b][a].value = now;
  }
  const reads = [];
  const use = (e, values) => ask("use", { where: "view", action: e.action_id, values });
  const submit = (e) => {
    e.preventDefault();
    const fields = {};
    for (const [b, a, get] of reads) { const value = get(); if (value !== undefined) (fields[b] ??= {})[a] = value; }
    const button = e.currentTarget.querySelector(".primary");
    button.disabled = true;
    ask("submit", { fields }).finally(() => { button.disabled = false; });
  };
  const can = v.submit || v.blocks.some((b) => b.type === "input");
  const form = h("form", { novalidate: true, onsubmit: submit },
    h("header", {}, h("h2", { id: "modalhead" }, v.title)),
    h("div", { class: "blocks" }, blocks(v.blocks, ctx(use, { held, errors: v.errors, reads }))),
    h("footer", {}, h("button", { type: "button", class: "act", onclick: () => ask("close") }, v.close || say("close")), can ? h("button", { type: "submit", class: "act primary" }, v.submit || say("submit")) : null));
  dialog.replaceChildren(form);
  Object.assign(dialog.dataset, { sig, view: v.id });
  dialog.reads = reads;
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector("[aria-invalid]") ?? dialog.querySelector(".blocks input, .blocks textarea, .blocks select, .act"))?.focus();
}

$("modal").addEventListener("cancel", (e) => { e.preventDefault(); ask("close"); });

// ---- doing

function become(id) {
  if (id === me) return;
  const c = channelOf(here);
  me = id;
  if (c?.kind === "im") here = "";
  thread = editing = "";
  stream?.close();
  stream = null;
  refresh();
}

function go(id) {
  here = id;
  thread = editing = "";
  show();
  if (channelOf(id).kind === "im") { cameHome = me; ask("home"); } // bots fill their Home tab when somebody comes
  $("compose").elements[0].focus({ preventScroll: true });
}

function openThread(ts, write) {
  thread = ts;
  show();
  if (write) $("reply").elements[0].focus();
  else $("replies").focus();
}

function leave() {
  const ts = thread;
  thread = "";
  show();
  ($("log").querySelector(`[data-key="${CSS.escape(ts)}"] .to-thread`) ?? $("compose").elements[0]).focus();
}

/** send posts a text, or types it as a command, and waits for the bot's answer to open it. */
async function send(text, inThread) {
  const channel = here;
  if (/^\/[a-z]/i.test(text)) return ask("slash", { channel, text });
  const out = await ask("post", { channel, text, thread: inThread });
  if (out && !inThread) { waiting.add(`${channel}/${out.result}`); show(); }
  $("log").scrollTop = $("log").scrollHeight;
  return out;
}

function sendExample(x) {
  const c = channelOf(here);
  if (c.kind !== "im" && state.start && here !== state.start && channelOf(state.start)) here = state.start;
  thread = "";
  show();
  send(x.text, "");
}

const grow = (area) => { area.style.height = "auto"; area.style.height = area.scrollHeight + "px"; };

/** composer makes a form send its text with Enter; an input method's Enter only ends the input. */
function composer(form, submit) {
  const area = form.elements[0];
  area.addEventListener("input", () => grow(area));
  area.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.shiftKey || e.isComposing || e.keyCode === 229) return;
    e.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const text = area.value;
    if (!text.trim()) return;
    area.value = "";
    grow(area);
    if (!(await submit(text)) && !area.value) { area.value = text; grow(area); }
  });
}

composer($("compose"), (text) => send(text.trim(), ""));
composer($("reply"), (text) => send(text.trim(), thread));
$("leave").addEventListener("click", leave);
$("lang").addEventListener("click", () => { setLanguage(language() === "zh" ? "en" : "zh"); show(); });
document.addEventListener("keydown", (e) => { if (e.key === "Escape" && thread && !$("modal").open && !e.isComposing) leave(); });
refresh();
