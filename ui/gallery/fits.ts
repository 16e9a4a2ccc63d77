/** Whether every text on the page can be read whole: nothing cut off, nothing outside its box, nothing that
 *  only scrolling sideways would show. Runs inside the page, so it names nothing outside itself.
 *
 *  A box that scrolls sideways on purpose can be focused (`tabindex="0"`), as WCAG 2.1.1 wants; text in it
 *  is judged against the box's inside alone. */
export function whatDoesNotFit(): string[] {
  const slack = 1.5;
  const found = new Set<string>();
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + slack) {
    found.add(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const parent = text.parentElement;
    const words = text.textContent?.trim();
    if (!words || !parent || !parent.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) continue;
    if (parent.closest('.visually-hidden, script, style, svg, option, [data-sonner-toaster]')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) judge(box, parent, words);
  }
  return [...found];

  function judge(box: DOMRect, parent: HTMLElement, words: string): void {
    if (box.width < 1 || box.height < 1) return;
    for (let around: HTMLElement | null = parent; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      const edge = around.getBoundingClientRect();
      const cutsAcross = style.overflowX !== 'visible';
      const cutsDown = style.overflowY === 'hidden' || style.overflowY === 'clip';
      const past = box.right > edge.right + slack || box.left < edge.left - slack;
      const isBox = style.display !== 'inline' && style.display !== 'contents' && around !== root;
      const scrollsOnPurpose = /auto|scroll/.test(style.overflowX) && around.scrollWidth > around.clientWidth && around.tabIndex >= 0;
      if (scrollsOnPurpose) return;
      if (past && (cutsAcross || (isBox && around === parent))) {
        return void found.add(`${name(around)} ${Math.round(edge.left)}–${Math.round(edge.right)} is too narrow for “${words.slice(0, 60)}” ${Math.round(box.left)}–${Math.round(box.right)}`);
      }
      if (cutsDown && (box.bottom > edge.bottom + 4 || box.top < edge.top - 4)) {
        return void found.add(`${name(around)} is too low for “${words.slice(0, 60)}”`);
      }
      if (style.position === 'fixed') break;
    }
    if (box.right > root.clientWidth + slack || box.left < -slack) {
      found.add(`outside the window: “${words.slice(0, 60)}” in ${name(parent)}`);
    }
  }

  function name(element: HTMLElement): string {
    const classes = [...element.classList].filter((one) => !one.startsWith('svelte-')).map((one) => `.${one}`);
    return element.tagName.toLowerCase() + classes.join('');
  }
}
