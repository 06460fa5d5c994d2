// The two icons of the Teams app, drawn here so that the package needs no binary files: the face of a clock.
import { PNG } from "pngjs";

type Paint = readonly [red: number, green: number, blue: number, alpha: number];

const SLATE: Paint = [0x1f, 0x29, 0x37, 255];
const WHITE: Paint = [255, 255, 255, 255];
const NOTHING: Paint = [255, 255, 255, 0];

/** The colour icon: 192 by 192, opaque, with its symbol inside the middle 96 by 96. */
export const colorIcon = (): Buffer => drawn({ size: 192, radius: 46, line: 9, paper: SLATE });

/** The outline icon: 32 by 32, pure white on nothing. */
export const outlineIcon = (): Buffer => drawn({ size: 32, radius: 15, line: 3, paper: NOTHING });

type Face = { readonly size: number; readonly radius: number; readonly line: number; readonly paper: Paint };

function drawn(face: Face): Buffer {
  const { size, paper } = face;
  const png = new PNG({ width: size, height: size });
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const paint = isInk(face, x + 0.5 - size / 2, y + 0.5 - size / 2) ? WHITE : paper;
      png.data.set(paint, (y * size + x) * 4);
    }
  }
  return PNG.sync.write(png, { deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
}

/** A ring, a long hand up and a short hand to the right. */
function isInk({ radius, line }: Face, x: number, y: number): boolean {
  const distance = Math.hypot(x, y);
  if (distance <= radius && distance >= radius - line) return true;
  const half = line / 2;
  const isLongHand = Math.abs(x) <= half && y <= half && y >= -radius * 0.65;
  const isShortHand = Math.abs(y) <= half && x >= -half && x <= radius * 0.45;
  return isLongHand || isShortHand;
}
