/*
 * The icon: a slip on petrol, "ii" for iiPortal, and below the perforation the payment form on straw. It is drawn here,
 * in units of the whole, because a vector needs a renderer and the small sizes need a drawing of their own.
 */
const petrol = [13, 92, 99];
const deep = [9, 68, 74];
const paper = [255, 254, 251];
const straw = [254, 240, 178];
const ink = [13, 92, 99];

const inBox = (x, y, [left, top, right, bottom], radius = 0) => {
  const dx = Math.max(left + radius - x, x - (right - radius), 0);
  const dy = Math.max(top + radius - y, y - (bottom - radius), 0);
  return x >= left && x <= right && y >= top && y <= bottom && dx * dx + dy * dy <= radius * radius + 1e-12;
};
const inDot = (x, y, [cx, cy, radius]) => (x - cx) ** 2 + (y - cy) ** 2 <= radius * radius;

/** What lies on top at a point of the drawing: later shapes cover earlier ones. */
function paint(shapes, x, y) {
  for (let i = shapes.length - 1; i >= 0; i -= 1) if (shapes[i].covers(x, y)) return shapes[i].colour;
  return undefined;
}

const box = (colour, edges, radius) => ({ colour, covers: (x, y) => inBox(x, y, edges, radius) });
const dot = (colour, ...circle) => ({ colour, covers: (x, y) => inDot(x, y, circle) });

/** Two letters i: stems from `top` to `bottom`, each with its dot. */
const letters = ({ centres, half, top, bottom, dots, radius }) =>
  centres.flatMap((centre) => [
    box(ink, [centre - half, top, centre + half, bottom], half * 0.55),
    dot(ink, centre, dots, radius),
  ]);

/** `margin`: how much around it stays free, as macOS wants it. */
function shapesFor(size, margin) {
  const ground = [margin, margin, 1 - margin, 1 - margin];
  const radius = (1 - 2 * margin) * 0.225;
  if (size <= 32) {
    return [
      box(petrol, ground, radius),
      box(paper, [0.2, 0.12, 0.8, 0.88], 0.06),
      box(straw, [0.2, 0.69, 0.8, 0.88], 0.06),
      ...letters({ centres: [0.375, 0.625], half: 0.0625, top: 0.4, bottom: 0.63, dots: 0.27, radius: 0.078 }),
    ];
  }
  const sheet = { left: 0.255, right: 0.745, top: 0.165, tear: 0.625, bottom: 0.835 };
  const holes = Array.from({ length: 9 }, (_, at) => sheet.left + ((at + 0.5) * (sheet.right - sheet.left)) / 9);
  return [
    box(petrol, ground, radius),
    box(deep, [sheet.left + 0.018, sheet.top + 0.03, sheet.right + 0.018, sheet.bottom + 0.03], 0.045),
    box(paper, [sheet.left, sheet.top, sheet.right, sheet.bottom], 0.04),
    box(straw, [sheet.left, sheet.tear, sheet.right, sheet.bottom], 0.04),
    box(straw, [sheet.left, sheet.tear, sheet.right, sheet.tear + 0.06]),
    ...letters({ centres: [0.415, 0.585], half: 0.043, top: 0.352, bottom: 0.558, dots: 0.27, radius: 0.0535 }),
    ...holes.map((centre) => dot(petrol, centre, sheet.tear, 0.0125)),
    box(ink, [0.31, 0.695, 0.5, 0.718], 0.011),
    box(ink, [0.31, 0.755, 0.45, 0.778], 0.011),
    ...[0, 1, 2].flatMap((row) =>
      [0, 1, 2]
        .filter((column) => (row + column) % 2 === 0)
        .map((column) => {
          const [x, y] = [0.591 + column * 0.034, 0.687 + row * 0.034];
          return box(ink, [x, y, x + 0.034, y + 0.034]);
        }),
    ),
  ];
}

/** The icon's pixels at a size, as RGBA. Edges are smoothed by looking at many points of each pixel. */
export function drawIcon(size, margin = 0.03) {
  const shapes = shapesFor(size, margin);
  const points = size >= 512 ? 4 : 8;
  const data = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0];
      let covered = 0;
      for (let i = 0; i < points * points; i += 1) {
        const x = (column + ((i % points) + 0.5) / points) / size;
        const y = (row + (Math.floor(i / points) + 0.5) / points) / size;
        const colour = paint(shapes, x, y);
        if (!colour) continue;
        covered += 1;
        for (let part = 0; part < 3; part += 1) sum[part] += colour[part];
      }
      if (!covered) continue;
      const at = (row * size + column) * 4;
      for (let part = 0; part < 3; part += 1) data[at + part] = Math.round(sum[part] / covered);
      data[at + 3] = Math.round((255 * covered) / (points * points));
    }
  }
  return data;
}
