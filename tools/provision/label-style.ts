interface Size {
  readonly what: string;
  readonly perSheet: number;
  /** Millimetres. */
  readonly page: readonly [width: number, height: number];
  readonly label: readonly [width: number, height: number];
  readonly columns: number;
  /** Space above the first row, millimetres. */
  readonly top: number;
}

/** Sizes that labels are sold in. */
export const LABEL_SIZES = {
  a4: {
    what: 'A4 sheets of 24, 70 x 37 mm',
    perSheet: 24,
    page: [210, 297],
    label: [70, 37],
    columns: 3,
    top: 0.5,
  },
  letter: {
    what: 'US Letter sheets of 10, 4 x 2 in',
    perSheet: 10,
    page: [215.9, 279.4],
    label: [101.6, 50.8],
    columns: 2,
    top: 12.7,
  },
  roll: { what: 'a roll of 62 x 29 mm', perSheet: 1, page: [62, 29], label: [62, 29], columns: 1, top: 0 },
} as const satisfies Record<string, Size>;

export type LabelSize = keyof typeof LABEL_SIZES;

/** The style sheet of a page of labels. */
export function labelStyle(size: LabelSize): string {
  const { page, label, columns, top } = LABEL_SIZES[size];
  const side = (page[0] - columns * label[0]) / 2;
  const small = label[1] < 30;
  return `
@page { size: ${page[0]}mm ${page[1]}mm; margin: 0 }
* { box-sizing: border-box; margin: 0 }
body { font: ${small ? 5.5 : 6.5}pt/1.25 system-ui, sans-serif; color: #000; background: #fff }
.sheet {
  display: grid; grid-template-columns: repeat(${columns}, ${label[0]}mm); grid-auto-rows: ${label[1]}mm;
  align-content: start; width: ${page[0]}mm; height: ${page[1]}mm; padding: ${top}mm ${side}mm 0; overflow: hidden;
  break-after: page;
}
.sheet:last-child { break-after: auto }
article { display: flex; align-items: center; gap: 1mm; padding: ${small ? 1 : 2.5}mm; overflow: hidden }
svg { flex: none; width: ${small ? 23 : 27}mm; height: ${small ? 23 : 27}mm }
.words { min-width: 0 }
h1 { font-size: ${small ? 9 : 11}pt; line-height: 1.1; margin-bottom: .5mm; overflow-wrap: anywhere }
h1.long { font-size: ${small ? 7 : 8}pt }
p { overflow-wrap: anywhere }
@media screen { body { background: #ccc } .sheet { background: #fff; margin: 8px auto } article { outline: 1px dashed #bbb } }
`;
}
