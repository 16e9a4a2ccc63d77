import { describe, expect, it } from 'vitest';
import { dayStrip, monthBars } from '../features/record/charts';
import { drawn, inkOf, styled } from './plot';

const ink = inkOf(document.documentElement);

describe('a plot', () => {
  it('comes without a style attribute or a style sheet that the policy would refuse', () => {
    const svg = styled('<svg xmlns="http://www.w3.org/2000/svg"><style>a{}</style><text style="font-size:12px">x</text></svg>');
    expect(svg.querySelector('style')).toBeNull();
    expect(svg.querySelector('[data-style]')).toBeNull();
    expect(svg.querySelector('text')?.textContent).toBe('x');
  });

  it('draws a dot for each day with uses', () => {
    const days = new Map([['2026-11-20', 1], ['2026-11-21', 3], ['2019-01-01', 9]]);
    const svg = drawn(dayStrip(days, '2026-11-21')(ink), 480, 180);
    expect(svg.tagName).toBe('svg');
    expect(svg.querySelectorAll('style')).toHaveLength(0);
    expect(svg.querySelectorAll('path').length).toBeGreaterThan(2);
  });

  it('goes by patterns as well as colours', () => {
    const months = { months: ['2026-10', '2026-11'], series: [{ name: 'A', values: [1, 2] }, { name: '', values: [0, 1] }] };
    const svg = drawn(monthBars(months, 'Others')(ink), 480, 260);
    expect(svg.querySelectorAll('pattern').length).toBeGreaterThan(0);
    expect(svg.textContent).toContain('Others');
  });
});
