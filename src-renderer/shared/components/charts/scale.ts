/** 1, 2, 2.5 or 5 times a power of ten: steps that people count in. */
const steps = [1, 2, 2.5, 5, 10];

/** Marks of an axis from nothing to at least `max`, evenly apart, about as many as wanted. */
export function ticks(max: number, wanted = 4): number[] {
  if (max <= 0) return [0, 1];
  const rough = max / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = steps.map((times) => times * power).find((size) => size >= rough) ?? rough;
  return Array.from({ length: Math.ceil(max / step - 1e-9) + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/** Which of so many labels are shown when there is room for some: evenly apart, and the last one always. */
export function thinned(count: number, room: number): Set<number> {
  const every = Math.max(1, Math.ceil(count / Math.max(room, 1)));
  const shown = new Set<number>();
  for (let at = count - 1; at >= 0; at -= every) shown.add(at);
  return shown;
}
