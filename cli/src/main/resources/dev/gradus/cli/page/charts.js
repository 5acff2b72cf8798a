'use strict';
// Tells the values of a chart beside the pointer, or at the place that the arrow keys lead to.
for (const plot of document.querySelectorAll('.plot')) {
  const drawing = plot.querySelector('svg');
  const lines = [...plot.querySelectorAll('g[data-points]')].map((group) => ({
    group,
    name: group.dataset.name,
    points: group.dataset.points.split(';').filter(Boolean).map((point) => {
      const [x, y, where, words] = point.split('|');
      return { x: Number(x), y: Number(y), where, words };
    }),
  }));
  if (lines.every((line) => line.points.length === 0)) continue;

  const tip = document.createElement('div');
  tip.className = 'tip small';
  tip.setAttribute('role', 'status');
  tip.hidden = true;
  plot.append(tip);
  const rule = document.createElementNS('http://www.w3.org/2000/svg', 'line');
  rule.setAttribute('class', 'rule');
  rule.setAttribute('y1', 16);
  rule.setAttribute('y2', 248);
  rule.style.display = 'none';
  drawing.append(rule);
  plot.tabIndex = 0;
  plot.setAttribute('role', 'group');
  plot.setAttribute('aria-label', 'Values of the chart; the arrow keys lead from point to point');

  const visible = () =>
    lines.filter((line) => line.points.length && getComputedStyle(line.group).display !== 'none');
  const nearest = (line, x) =>
    line.points.reduce((a, b) => (Math.abs(b.x - x) < Math.abs(a.x - x) ? b : a));
  let place = NaN;

  function show(x) {
    const shown = visible();
    if (!shown.length) return hide();
    place = shown
      .map((line) => nearest(line, x).x)
      .reduce((a, b) => (Math.abs(b - x) < Math.abs(a - x) ? b : a));
    rule.setAttribute('x1', place);
    rule.setAttribute('x2', place);
    rule.style.display = '';
    const head = document.createElement('div');
    head.className = 'soft';
    head.textContent = nearest(shown[0], place).where;
    tip.replaceChildren(
      head,
      ...shown
        .map((line) => ({ line, point: nearest(line, place) }))
        .sort((a, b) => a.point.y - b.point.y)
        .map(({ line, point }) => {
          const row = document.createElement('div');
          const name = document.createElement('strong');
          name.textContent = line.name;
          row.append(name, ' ' + point.words);
          return row;
        }),
    );
    tip.hidden = false;
  }

  function hide() {
    tip.hidden = true;
    rule.style.display = 'none';
    place = NaN;
  }

  function step(direction) {
    const places = [...new Set(visible().flatMap((line) => line.points.map((point) => point.x)))];
    places.sort((a, b) => a - b);
    const next = Number.isNaN(place)
      ? places[direction > 0 ? 0 : places.length - 1]
      : direction > 0
        ? places.find((x) => x > place)
        : places.findLast((x) => x < place);
    if (next !== undefined) show(next);
  }

  drawing.addEventListener('pointermove', (event) => {
    const box = drawing.getBoundingClientRect();
    show(((event.clientX - box.left) / box.width) * drawing.viewBox.baseVal.width);
  });
  plot.addEventListener('pointerleave', hide);
  plot.addEventListener('blur', hide);
  plot.addEventListener('keydown', (event) => {
    const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (direction) {
      event.preventDefault();
      step(direction);
    } else if (event.key === 'Escape') {
      hide();
    }
  });
}
