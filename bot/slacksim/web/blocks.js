// Block Kit as elements: what stands in messages, modals and the Home tab.
//
// ctx: {me, name(id), channel(id), users, channels, use(element, values)}

import { h } from "./dom.js";
import { say } from "./words.js";
import { markdown, mrkdwn, plain, richText, textObject } from "./text.js";

/** blocks turns a list of blocks into elements; fallback is shown when none of them is known. */
export function blocks(list, ctx, fallback = "") {
  const out = (list ?? []).filter((b) => seen(b, ctx)).map((b) => block(b, ctx)).filter(Boolean);
  return out.length ? out : mrkdwn(fallback, ctx);
}

const seen = (b, ctx) => !b.visible_to_user_ids || b.visible_to_user_ids.includes(ctx.me);

function block(b, ctx) {
  switch (b.type) {
    case "section": return section(b, ctx);
    case "header": return h("h4", { class: "b-header" }, plain(b.text));
    case "context": return h("div", { class: "b-context" }, b.elements.map((e) => (e.type === "image" ? picture(e) : h("span", {}, textObject(e, ctx)))));
    case "divider": return h("hr");
    case "actions":
    case "context_actions": return h("div", { class: "b-actions" }, b.elements.filter((e) => seen(e, ctx)).map((e) => control(e, ctx).node));
    case "image": return h("figure", {}, picture(b), b.title ? h("figcaption", {}, plain(b.title)) : null);
    case "markdown": return h("div", { class: "b-text" }, markdown(b.text ?? "", ctx));
    case "rich_text": return h("div", { class: "b-text" }, richText(b, ctx));
    case "data_visualization": return chart(b);
    case "input": return input(b, ctx);
    case "container": return h("div", { class: "b-box" }, blocks(b.child_blocks, ctx));
  }
  const text = b.text?.text ?? (typeof b.text === "string" ? b.text : b.title?.text);
  return text ? h("p", { class: "b-unknown" }, text) : null;
}

function section(b, ctx) {
  return h("div", { class: "b-section" },
    h("div", { class: "b-text" }, textObject(b.text, ctx), b.fields ? h("div", { class: "b-fields" }, b.fields.map((f) => h("div", {}, textObject(f, ctx)))) : null),
    b.accessory && seen(b.accessory, ctx) ? h("div", { class: "b-accessory" }, b.accessory.type === "image" ? picture(b.accessory) : control(b.accessory, ctx).node) : null);
}

// chart draws a chart's numbers as bars side by side, each with its number; for who does
// not see them there is the table behind it.
function chart(b) {
  const c = b.chart ?? {};
  const all = c.segments ? [{ name: "", data: c.segments }] : c.series ?? [];
  const most = Math.max(1, ...all.flatMap((s) => s.data.map((p) => p.value)));
  const labels = all[0]?.data.map((p) => p.label) ?? [];
  const bar = (s, n, i) => {
    const e = h("span", { class: `bar-${n % 6}` }, h("i", {}), h("b", {}, String(s.data[i].value)));
    e.style.setProperty("--part", s.data[i].value / most);
    return e;
  };
  return h("figure", { class: "b-chart" }, h("figcaption", {}, b.title),
    h("div", { class: "plot", "aria-hidden": "true" }, labels.map((label, i) => h("div", { class: "point" },
      h("div", { class: "bars" }, all.map((s, n) => bar(s, n, i))), h("small", {}, label)))),
    all.length > 1 ? h("p", { class: "key", "aria-hidden": "true" }, all.map((s, n) => h("span", { class: `bar-${n % 6}` }, h("i", {}), s.name))) : null,
    h("table", { class: "unseen" }, h("caption", {}, b.title),
      h("thead", {}, h("tr", {}, h("td", {}), all.map((s) => h("th", { scope: "col" }, s.name)))),
      h("tbody", {}, labels.map((label, i) => h("tr", {}, h("th", { scope: "row" }, label), all.map((s) => h("td", {}, String(s.data[i].value))))))));
}

// Pictures are named, not loaded: the page fetches nothing from elsewhere.
const picture = (e) => h("span", { class: "b-picture", role: "img", "aria-label": e.alt_text || say("image") }, "🖼 " + (e.alt_text || say("image")));

function input(b, ctx) {
  const id = `f-${b.block_id}-${b.element.action_id}`;
  const held = ctx.held?.[b.block_id]?.[b.element.action_id];
  const { node, read } = control(b.element, { ...ctx, id, held, use: b.dispatch_action ? ctx.use : () => {} });
  const wrong = ctx.errors?.[b.block_id];
  ctx.reads?.push([b.block_id, b.element.action_id, read]);
  const field = node.matches("input, textarea, select") ? node : null;
  if (wrong && field) { field.setAttribute("aria-invalid", "true"); field.setAttribute("aria-describedby", id + "-e"); }
  const many = !field;
  return h("div", { class: wrong ? "b-input wrong" : "b-input", role: many ? "group" : null, "aria-labelledby": many ? id + "-l" : null },
    h(many ? "span" : "label", many ? { class: "label", id: id + "-l" } : { for: id }, plain(b.label), b.optional ? h("span", { class: "soft" }, ` (${say("optional")})`) : null),
    node,
    wrong ? h("p", { class: "error", id: id + "-e" }, wrong) : null,
    b.hint ? h("p", { class: "hint" }, plain(b.hint)) : null);
}

const held = (e, ctx, key) => ctx.held?.[key] ?? e["initial_" + key.replace("selected_", "")];
const options = (e) => e.options ?? (e.option_groups ?? []).flatMap((g) => g.options);

/** control makes an interactive element: its node, and read() for what it holds in a form. */
function control(e, ctx) {
  const base = { id: ctx.id, "data-action": e.action_id };
  switch (e.type) {
    case "button":
    case "workflow_button":
    case "icon_button": return button(e, ctx, base);
    case "feedback_buttons": {
      const one = (b) => h("button", { type: "button", class: "b-button", onclick: () => ctx.use(e, [b.value]) }, plain(b.text));
      return { node: h("span", { class: "b-actions" }, one(e.positive_button), one(e.negative_button)), read: () => undefined };
    }
    case "overflow": {
      const node = h("select", { ...base, class: "b-overflow", "aria-label": say("more"), onchange: () => { const v = node.value; node.value = ""; if (v) ctx.use(e, [v]); } },
        h("option", { value: "" }, "⋯"), options(e).map((o) => h("option", { value: o.value }, o.text.text)));
      return { node, read: () => undefined };
    }
    case "radio_buttons":
    case "checkboxes": return boxes(e, ctx);
    case "plain_text_input":
    case "rich_text_input":
    case "number_input":
    case "email_text_input":
    case "url_text_input": return typed(e, ctx, base);
    case "datepicker": return dated(e, ctx, { ...base, type: "date" }, "selected_date");
    case "timepicker": return dated(e, ctx, { ...base, type: "time" }, "selected_time");
    case "datetimepicker": return moment(e, ctx, base);
  }
  if (e.type?.includes("select")) return select(e, ctx, base);
  return { node: h("span", { class: "soft" }, e.text?.text ?? e.type), read: () => undefined };
}

function button(e, ctx, base) {
  const press = () => {
    const c = e.confirm;
    if (c && !window.confirm([c.title?.text, c.text?.text].filter(Boolean).join("\n\n") || say("sure"))) return;
    node.disabled = true;
    ctx.use(e, null).finally(() => { node.disabled = false; });
    if (e.url && /^https?:/i.test(e.url)) window.open(e.url, "_blank", "noopener");
  };
  const node = h("button", { ...base, type: "button", class: `b-button ${e.style ?? ""}`, "aria-label": e.accessibility_label, onclick: press }, plain(e.text ?? { text: e.icon ?? "" }));
  return { node, read: () => undefined };
}

function typed(e, ctx, base) {
  const kinds = { number_input: "number", email_text_input: "email", url_text_input: "url" };
  const value = (typeof ctx.held?.value === "string" ? ctx.held.value : undefined) ?? e.initial_value ?? "";
  const attrs = { ...base, placeholder: e.placeholder?.text, maxlength: e.max_length, value: typeof value === "string" ? value : "" };
  const node = e.multiline || e.type === "rich_text_input" ? h("textarea", { ...attrs, rows: 4 }) : h("input", { ...attrs, type: kinds[e.type] ?? "text", step: e.is_decimal_allowed ? "any" : null });
  return { node, read: () => node.value };
}

function boxes(e, ctx) {
  const one = e.type === "radio_buttons", name = `${ctx.id ?? e.action_id}-${Math.random()}`;
  const now = one ? [held(e, ctx, "selected_option")] : held(e, ctx, "selected_options") ?? [];
  const inputs = options(e).map((o) => h("input", { type: one ? "radio" : "checkbox", name, value: o.value, checked: now.some((x) => x?.value === o.value), onchange: () => ctx.use(e, chosen()) }));
  const chosen = () => inputs.filter((i) => i.checked).map((i) => i.value);
  const node = h("div", { class: "b-boxes", "data-action": e.action_id }, options(e).map((o, i) =>
    h("label", {}, inputs[i], h("span", {}, textObject(o.text, ctx), o.description ? h("span", { class: "soft" }, textObject(o.description, ctx)) : null))));
  return { node, read: () => (one ? chosen()[0] ?? null : chosen()) };
}

/** choices of a select: its own options, or people or channels. */
function choices(e, ctx) {
  if (e.type.includes("users")) return ctx.users.map((u) => [u.id, u.real_name || u.name]);
  if (e.type.includes("conversations") || e.type.includes("channels")) return ctx.channels.filter((c) => c.kind !== "im").map((c) => [c.id, "#" + c.name]);
  return options(e).map((o) => [o.value, o.text.text]);
}

/** several is a multi-select: a list in which a click turns one choice on or off and leaves the others, as Slack's does. */
function several(e, ctx, now) {
  const inputs = choices(e, ctx).map(([v]) => h("input", { type: "checkbox", value: v, checked: now.includes(v), onchange: (ev) => {
    if (e.max_selected_items && chosen().length > e.max_selected_items) ev.target.checked = false;
    else ctx.use(e, chosen());
  } }));
  const chosen = () => inputs.filter((i) => i.checked).map((i) => i.value);
  const node = h("div", { class: "b-boxes b-several", "data-action": e.action_id, role: ctx.id ? null : "group", "aria-label": ctx.id ? null : e.placeholder?.text ?? say("choose") },
    choices(e, ctx).map(([, t], i) => h("label", {}, inputs[i], h("span", {}, t))));
  return { node, read: chosen };
}

function select(e, ctx, base) {
  const many = e.type.startsWith("multi_");
  const kind = e.type.replace("multi_", "").replace("_select", "");
  const noun = { users: "user", conversations: "conversation", channels: "channel" }[kind] ?? "option";
  const now = [held(e, ctx, `selected_${noun}${many ? "s" : ""}`) ?? []].flat().map((x) => x?.value ?? x);
  if (many) return several(e, ctx, now);
  const chosen = () => (node.value ? [node.value] : []);
  const label = e.placeholder?.text ?? say("choose");
  const node = h("select", { ...base, "aria-label": ctx.id ? null : label, onchange: () => ctx.use(e, chosen()) },
    h("option", { value: "" }, label), choices(e, ctx).map(([v, t]) => h("option", { value: v, selected: now.includes(v) }, t)));
  return { node, read: () => chosen()[0] ?? null };
}

function dated(e, ctx, attrs, key) {
  const node = h("input", { ...attrs, "aria-label": ctx.id ? null : e.placeholder?.text ?? attrs.type, value: held(e, ctx, key) ?? "", onchange: () => node.value && ctx.use(e, [node.value]) });
  return { node, read: () => node.value || null };
}

/** wall is what a clock in a zone shows at an instant (seconds), as an input wants it. */
const wall = (at, timeZone) => new Date(at * 1000).toLocaleString("sv-SE", { timeZone }).slice(0, 16).replace(" ", "T");

/** instant is when a clock in a zone shows that: guessed as UTC and put right by what the clock would show, twice for changes of daylight saving. */
function instant(shown, timeZone) {
  const utc = (s) => Date.parse(s + "Z") / 1000;
  let at = utc(shown);
  for (let i = 0; i < 2; i++) at += utc(shown) - utc(wall(at, timeZone));
  return at;
}

/** moment is a date with a time, in the zone of the person, as Slack shows it. */
function moment(e, ctx, base) {
  const zone = ctx.users?.find((u) => u.id === ctx.me)?.tz || "UTC";
  const at = held(e, ctx, "selected_date_time");
  const node = h("input", { ...base, type: "datetime-local", value: at ? wall(at, zone) : "" });
  return { node, read: () => (node.value ? instant(node.value, zone) : null) };
}
