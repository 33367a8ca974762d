// Elements from values, and a tree made to look like another one, so that a view
// is a function of what is known and focus, scroll and open parts stay.
// Text is set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

const build = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    // The policy of this page forbids style attributes, not what scripts set.
    if (name === "style")
      for (const [property, said] of Object.entries(value)) node.style.setProperty(property, said);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(9).filter((one) => one !== null && one !== undefined
    && one !== false));
  return node;
};

/** An element; null, false and nested arrays among its children are fine. */
export const h = (name, attributes, ...children) =>
  build(document.createElement(name), attributes, children);

export const svg = (name, attributes, ...children) =>
  build(document.createElementNS(SVG, name), attributes, children);

export const byId = (id) => document.getElementById(id);

/** Makes the children of `place` look like `children`. */
export const show = (place, ...children) => {
  const fresh = place.cloneNode(false);
  fresh.append(...children.flat(9).filter(Boolean));
  patchChildren(place, fresh);
};

const keyOf = (node) => node?.dataset?.key;

const patch = (old, fresh) => {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes])
    // What a person opened stays open.
    if (!fresh.hasAttribute(name) && name !== "open" && name !== "style") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (name !== "open" && name !== "style" && old.getAttribute(name) !== value)
      old.setAttribute(name, value);
  if (old.style.cssText !== fresh.style.cssText) old.style.cssText = fresh.style.cssText;
  patchChildren(old, fresh);
};

const patchChildren = (old, fresh) => {
  const keyed = new Map();
  for (const child of old.children) if (keyOf(child)) keyed.set(keyOf(child), child);
  let next = old.firstChild;
  for (const want of [...fresh.childNodes]) {
    const key = keyOf(want);
    const alike = next && !keyOf(next) && next.nodeName === want.nodeName ? next : null;
    const have = key ? keyed.get(key) : alike;
    if (!have || have.nodeName !== want.nodeName) {
      old.insertBefore(want, next);
      continue;
    }
    if (have === next) next = next.nextSibling;
    else old.insertBefore(have, next);
    patch(have, want);
  }
  while (next) {
    const after = next.nextSibling;
    next.remove();
    next = after;
  }
};
