/** Elements by role and name, as a screen reader tells them: what cannot be named so cannot be walked. */
import type { WebDriver, WebElement } from 'selenium-webdriver';

export type Role =
  | 'button' | 'link' | 'textbox' | 'checkbox' | 'radio' | 'switch' | 'combobox' | 'tab' | 'heading' | 'img'
  | 'dialog' | 'option' | 'menuitem' | 'listitem' | 'searchbox';

/** The first visible one. A text matches the whole name, or else a part of one. */
export async function find(driver: WebDriver, role: Role, name: string | RegExp): Promise<WebElement | null> {
  const asText = typeof name === 'string' ? { text: name } : { source: name.source, flags: name.flags };
  return driver.executeScript<WebElement | null>(`${IN_PAGE}; return chopFind(arguments[0], arguments[1])`, role, asText);
}

export async function namesOf(driver: WebDriver, role: Role): Promise<string[]> {
  return driver.executeScript(`${IN_PAGE}; return chopAll(arguments[0]).map(chopName)`, role);
}

export async function focused(driver: WebDriver): Promise<{ role: string; name: string; group: string | null }> {
  return driver.executeScript(`${IN_PAGE}; const here = document.activeElement;
    return { role: chopRole(here), name: chopName(here), group: here.getAttribute('name') }`);
}

export async function textOf(driver: WebDriver): Promise<string> {
  return driver.executeScript('return document.body.innerText');
}

const IN_PAGE = String.raw`
function chopRole(element) {
  const said = element.getAttribute('role');
  if (said) return said;
  const tag = element.tagName.toLowerCase();
  if (tag === 'input') {
    const type = element.type;
    if (type === 'checkbox' || type === 'radio') return type;
    if (type === 'button' || type === 'submit') return 'button';
    return type === 'search' ? 'searchbox' : 'textbox';
  }
  const roles = { button: 'button', a: 'link', textarea: 'textbox', select: 'combobox', img: 'img', dialog: 'dialog',
    option: 'option', li: 'listitem', summary: 'button' };
  return /^h[1-6]$/.test(tag) ? 'heading' : (roles[tag] ?? tag);
}
function chopName(element) {
  const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const label = tidy(element.getAttribute('aria-label'));
  if (label) return label;
  const by = element.getAttribute('aria-labelledby');
  if (by) return tidy(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' '));
  if (element.labels?.length) return tidy([...element.labels].map((one) => one.textContent).join(' '));
  return tidy(element.alt || element.innerText || element.textContent || element.placeholder || element.title);
}
function chopAll(role) {
  const roles = role === 'textbox' ? ['textbox', 'searchbox'] : [role];
  // What lies behind a dialog that is open cannot be reached.
  const dialogs = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')];
  const within = dialogs.filter((one) => one.checkVisibility()).at(-1) ?? document;
  return [...within.querySelectorAll('*')].filter((one) => roles.includes(chopRole(one)) && !one.disabled
    && one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest('[inert], [aria-hidden="true"]'));
}
function chopFind(role, wanted) {
  const all = chopAll(role);
  if (wanted.source !== undefined) {
    const pattern = new RegExp(wanted.source, wanted.flags);
    return all.find((one) => pattern.test(chopName(one))) ?? null;
  }
  return all.find((one) => chopName(one) === wanted.text) ?? all.find((one) => chopName(one).includes(wanted.text)) ?? null;
}`;
