// Making and keeping elements. Text only ever enters as text nodes.

/** h makes an element: attributes, "on…" handlers, children (nodes, strings, arrays, null). */
export function h(tag, attrs = {}, ...children) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs)) {
    if (v === null || v === undefined || v === false) continue;
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (k === "value") e.value = v;
    else e.setAttribute(k, v === true ? "" : v);
  }
  e.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
  return e;
}

/**
 * keep brings a container's children in line with items of {key, sig, make},
 * leaving elements alone whose signature is the same, so that focus, selection
 * and scrolling survive.
 */
export function keep(box, items) {
  const old = new Map([...box.children].map((e) => [e.dataset.key, e]));
  let at = box.firstChild;
  for (const { key, sig, make } of items) {
    let e = old.get(key);
    old.delete(key);
    if (!e || e.sig !== sig) {
      const fresh = make();
      fresh.dataset.key = key;
      fresh.sig = sig;
      if (e) {
        const focused = e.contains(document.activeElement) ? document.activeElement.dataset.action : undefined;
        const had = e.contains(document.activeElement);
        if (at === e) at = e.nextSibling;
        e.replaceWith(fresh);
        if (had) (focused && fresh.querySelector(`[data-action="${CSS.escape(focused)}"]`) || fresh).focus();
      }
      e = fresh;
    }
    if (e === at) at = at.nextSibling;
    else if (e.nextSibling !== at || e.parentNode !== box) box.insertBefore(e, at);
  }
  for (const e of old.values()) e.remove();
}

/** keepAtEnd runs a change of a scrolled box and follows its end if the reader was there. */
export function keepAtEnd(box, change, force) {
  const end = force || box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  change();
  if (end) box.scrollTop = box.scrollHeight;
}
