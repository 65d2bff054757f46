/** Elements without markup: texts only ever become text nodes. */

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [options] `class`, `text`, `on` (handlers by event), `data`;
 *   everything else becomes an attribute. False, null and undefined leave it out.
 * @param {...(Node | string | null)} children
 */
export function el(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') node.className = value;
    else if (name === 'text') node.textContent = value;
    else if (name === 'on') {
      for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    } else if (name === 'data') Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function byId(id) {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`the page has no element "${id}"`);
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A line drawing from path data. */
export function drawing(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'stroke');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
